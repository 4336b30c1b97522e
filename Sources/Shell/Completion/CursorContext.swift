import Diagnostics
import Parsing

/// The text before the cursor, cut into the pieces of its last statement.
struct CursorContext {
  let source: Source
  /// The pieces of the statement, without the one being typed.
  let lexemes: [Lexeme]
  /// The word, string or name that ends at the cursor.
  let partial: Lexeme?
  /// Whether the cursor stands in a comment.
  let isInComment: Bool

  init(_ text: String, cursor: Int) {
    let bytes = Array(text.utf8)
    let end = min(max(0, cursor), bytes.count)
    source = Source(name: "prompt", text: String(decoding: bytes[..<end], as: UTF8.self))
    var all = Parsing.lexemes(of: source)
    let tail = source.bytes[(all.last?.range.end ?? 0)...]
    let lastLine = tail.lastIndex(of: UInt8(ascii: "\n")).map { tail[($0 + 1)...] } ?? tail
    isInComment = lastLine.contains(UInt8(ascii: "#"))
    if let last = all.last, last.range.end == source.bytes.count, Self.isTyped(last) {
      partial = last
      all.removeLast()
    } else {
      partial = nil
    }
    let start = all.lastIndex { $0.kind == .statementEnd }.map { $0 + 1 } ?? 0
    lexemes = Array(all[start...])
  }

  /// Whether a piece at the cursor is still being typed.
  private static func isTyped(_ lexeme: Lexeme) -> Bool {
    switch lexeme.kind {
    case .name, .path, .word, .handle, .parameter: true
    case .string, .quotedName: !lexeme.isClosed
    case .number, .date, .pattern: true
    case .other: lexeme.text == "@" || lexeme.text == "$"
    default: false
    }
  }

  /// The text from a piece up to another, without it.
  func text(from start: Int, to end: Int) -> String {
    guard start < end else { return "" }
    return source.text(in: lexemes[start].range.start..<lexemes[end - 1].range.end)
  }
}
