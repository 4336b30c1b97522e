package import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// What could be typed at a byte offset of a text: names, words, values and files that fit there.
///
/// Never fails and never evaluates. Bounded: the text before the cursor is read once, its pipeline
/// checked at most twice; values come from dictionaries or the first rows of a column. Texts above
/// 64 KB get none.
package func completions(
  of text: String, cursor: Int, scope: Scope, surroundings: Surroundings = Surroundings()
) -> Completion {
  guard text.utf8.count <= longestText else {
    return Completion(range: SourceRange(cursor, cursor), candidates: [])
  }
  if let completion = commandCompletion(of: text, cursor: cursor, scope, surroundings) {
    return completion
  }
  let context = CursorContext(text, cursor: cursor)
  let end = context.source.bytes.count
  if context.isInComment { return Completion(range: SourceRange(end, end), candidates: []) }
  var scope = scope
  scope.compute = nil
  let completer = Completer(context: context, scope: scope, surroundings: surroundings)
  guard let partial = context.partial else {
    return Completion(range: SourceRange(end, end), candidates: completer.candidates())
  }
  let rest = text.utf8.dropFirst(end).first
  let closesQuote = partial.kind == .string && rest == partial.text.utf8.first
  return Completion(
    range: SourceRange(partial.range.start, end + (closesQuote ? 1 : 0)),
    candidates: completer.candidates())
}

private let longestText = 1 << 16
