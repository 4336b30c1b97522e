extension Lexer {
  /// A string in `"` or `'`; a backslash takes the next character with it.
  ///
  /// It may hold line ends. But where the closing quote of a string that crosses a line end is
  /// followed by more than a blank or punctuation, that quote rather opens another string: a
  /// quote was forgotten, and the string ends on its line, with an error at its start.
  mutating func scanString(_ start: Int) -> Token {
    let quote = bytes[start]
    var firstBreak: Int?
    var offset = start + 1
    while offset < bytes.count {
      switch bytes[offset] {
      case quote:
        if firstBreak == nil || endsCleanly(offset + 1) {
          return Token(kind: .string, start: start, end: offset + 1)
        }
        return broken(start, firstBreak, at: offset + 1, .onLine)
      case UInt8(ascii: "\n"):
        if start < brokenUntil { return broken(start, offset, at: offset, .onLine) }
        firstBreak = firstBreak ?? offset
        offset += 1
      case UInt8(ascii: "\\") where byte(offset + 1) != UInt8(ascii: "\n"):
        offset += 2
      default:
        offset += 1
      }
    }
    return broken(start, firstBreak, at: bytes.count, .atEnd)
  }

  private mutating func broken(
    _ start: Int, _ lineBreak: Int?, at stop: Int, _ opening: Token.Opening
  ) -> Token {
    brokenUntil = max(brokenUntil, stop)
    var end = lineBreak ?? bytes.count
    if end > start + 1, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return Token(kind: .string, start: start, end: end, opening: opening)
  }

  private func endsCleanly(_ offset: Int) -> Bool {
    switch byte(offset) {
    case 0, UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
      UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: "|"),
      UInt8(ascii: "#"):
      true
    default: false
    }
  }

  /// Reads a pattern at a `/`: up to the next `/` without a backslash on the line, and its flags.
  mutating func rescanRegex(_ slash: Token) -> Token {
    var token = scanRegex(slash.start)
    token.isAfterLineBreak = slash.isAfterLineBreak
    position = token.end
    return token
  }

  private func scanRegex(_ start: Int) -> Token {
    var offset = start + 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
      if bytes[offset] == UInt8(ascii: "/") {
        return Token(kind: .regex, start: start, end: wordEnd(offset + 1))
      }
      let isEscape = bytes[offset] == UInt8(ascii: "\\") && byte(offset + 1) != UInt8(ascii: "\n")
      offset += isEscape ? 2 : 1
    }
    return Token(kind: .regex, start: start, end: min(offset, bytes.count), opening: .onLine)
  }
}
