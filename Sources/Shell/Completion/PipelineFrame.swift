import Parsing

/// One level of brackets around the cursor, and how far its pipeline has come.
struct PipelineFrame {
  enum Opener: Hashable {
    case statement
    /// `f(`, with the name of the function.
    case call(String)
    /// `in (`.
    case membership
    case bracket
  }

  let opener: Opener
  /// The first piece of the pipeline.
  var start: Int
  /// The last `|` of this level.
  var lastPipe: Int?
  /// The verb behind it.
  var verb: String?
  /// The clauses of its stage so far, the last one being open.
  var clauses: [Clause.Word] = []
  /// The piece behind which the item at the cursor begins.
  var separator: Int

  init(_ opener: Opener, start: Int) {
    self.opener = opener
    self.start = start
    separator = start - 1
  }
}

extension PipelineFrame {
  /// The levels around the cursor, outermost first; linear time.
  static func frames(_ lexemes: [Lexeme], pipelineStart: Int) -> [PipelineFrame] {
    var frames = [PipelineFrame(.statement, start: pipelineStart)]
    for index in lexemes.indices where index >= pipelineStart {
      let last = frames.count - 1
      switch lexemes[index].kind {
      case .symbol where lexemes[index].text == "(":
        frames.append(PipelineFrame(opener(lexemes, index, frames[last]), start: index + 1))
      case .symbol where lexemes[index].text == ")":
        if frames.count > 1 { frames.removeLast() }
      case .symbol where lexemes[index].text == "|":
        frames[last].lastPipe = index
        frames[last].verb = nil
        frames[last].clauses = []
        frames[last].separator = index
      case .symbol where lexemes[index].text == ",":
        frames[last].separator = index
      case .word(let word):
        guard let clause = word.clause, frames[last].verb != nil else { continue }
        frames[last].clauses.append(clause)
        frames[last].separator = index
      case .name, .quotedName:
        frames[last].noteName(lexemes[index].text, at: index)
      default: continue
      }
    }
    return frames
  }

  /// The first name behind `|` is the verb; so is one that begins a pipeline itself.
  private mutating func noteName(_ name: String, at index: Int) {
    let isOpening = index == start && lastPipe == nil && OpeningVerb(rawValue: name) != nil
    guard lastPipe == index - 1 && lastPipe != nil || isOpening else { return }
    verb = name
    separator = index
  }

  private static func opener(
    _ lexemes: [Lexeme], _ index: Int, _ frame: PipelineFrame
  ) -> Opener {
    guard index > frame.start else { return .bracket }
    let before = lexemes[index - 1]
    switch before.kind {
    case .word(.in): return .membership
    case .word(.if), .word(.case): return .call(before.text)
    case .name where frame.verb == nil || frame.separator != index - 1: return .call(before.text)
    case .name where frame.lastPipe == nil && frame.verb != nil: return .call(before.text)
    default: return .bracket
    }
  }
}
