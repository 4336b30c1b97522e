extension Name {
  /// The text as it must be written to be read as this name: in backquotes where need be.
  package var written: String {
    if isQuoted { return Self.quoted(text) }
    let segments = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard segments.count == 2 else { return Self.written(text) }
    // A path: behind its first point come plain names, or one name in backquotes.
    let rest = segments[1].split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = rest.allSatisfy { Self.isWord($0) }
    let head = Self.isWord(segments[0]) ? String(segments[0]) : Self.quoted(String(segments[0]))
    return head + "." + (isPlain ? String(segments[1]) : Self.quoted(String(segments[1])))
  }

  /// How a column or table of that name is written: plain when it is a word and not reserved, in
  /// backquotes otherwise (also where a point is part of the name).
  package static func written(_ text: String) -> String {
    isWord(text) && ReservedWord(rawValue: text) == nil ? text : quoted(text)
  }

  /// The text in backquotes.
  static func quoted(_ text: String) -> String {
    LiteralText.quoted(text, "`")
  }

  /// Whether it is letters, digits and `_`, and begins with no digit.
  static func isWord(_ text: some StringProtocol) -> Bool {
    let lexer = Lexer(bytes: Array(text.utf8))
    return lexer.beginsWord(0) && lexer.wordEnd(0) == lexer.bytes.count
  }

  /// `@handle`.
  var writtenAsHandle: String {
    let lexer = Lexer(bytes: [UInt8(ascii: "@")] + Array(text.utf8))
    let isPlain = !isQuoted && lexer.bytes.count > 1 && lexer.scanHandle(0).end == lexer.bytes.count
    return "@" + (isPlain && !text.hasPrefix("`") ? text : Self.quoted(text))
  }

  /// `$name`.
  var writtenAsParameter: String {
    "$" + (!isQuoted && Self.isWord(text) ? text : Self.quoted(text))
  }
}
