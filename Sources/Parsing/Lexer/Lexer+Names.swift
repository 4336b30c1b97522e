extension Lexer {
  /// Whether a name may begin with the character at an offset: a letter of any script, or `_`.
  func beginsWord(_ offset: Int) -> Bool {
    let first = byte(offset)
    if first < 0x80 { return first.isLetter || first == UInt8(ascii: "_") }
    return scalar(offset).0.properties.isXIDStart
  }

  /// The end of the run of letters, digits and `_` at an offset.
  func wordEnd(_ start: Int) -> Int {
    var offset = start
    while offset < bytes.count {
      if bytes[offset].isWord {
        offset += 1
        continue
      }
      guard bytes[offset] >= 0x80 else { break }
      let (scalar, length) = scalar(offset)
      guard scalar.properties.isXIDContinue else { break }
      offset += length
    }
    return offset
  }

  /// A reserved word, a name, a name in backquotes, or a path of names joined by points.
  func scanName(_ start: Int) -> Token {
    let first = segment(at: start)
    var last = first
    while last.opening == nil, beginsSegment(last.end) { last = segment(at: last.end + 1) }
    if last.start == first.start { return first }
    return Token(kind: .path, start: start, end: last.end, opening: last.opening)
  }

  /// Whether a point and another name follow.
  private func beginsSegment(_ offset: Int) -> Bool {
    byte(offset) == UInt8(ascii: ".")
      && (byte(offset + 1) == UInt8(ascii: "`") || beginsWord(offset + 1))
  }

  /// One name of a path, quoted or not.
  func segment(at start: Int) -> Token {
    if byte(start) == UInt8(ascii: "`") { return scanQuotedName(start) }
    let end = wordEnd(start)
    let word = end - start <= 8 ? Self.words[packed(start, end)] : nil
    return Token(kind: word.map { .word($0) } ?? .name, start: start, end: end)
  }

  func scanQuotedName(_ start: Int) -> Token {
    var offset = start + 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
      if bytes[offset] == UInt8(ascii: "`") {
        return Token(kind: .quotedName, start: start, end: offset + 1)
      }
      let isEscape = bytes[offset] == UInt8(ascii: "\\") && byte(offset + 1) != UInt8(ascii: "\n")
      offset += isEscape ? 2 : 1
    }
    return Token(
      kind: .quotedName, start: start, end: min(offset, bytes.count), opening: .onLine)
  }

  /// `@name`, with what handles of the platforms hold: letters, digits, `_`, and `.`, `-`, `@`
  /// inside; or `` @`anything` ``.
  func scanHandle(_ start: Int) -> Token {
    if byte(start + 1) == UInt8(ascii: "`") {
      let name = scanQuotedName(start + 1)
      return Token(kind: .handle, start: start, end: name.end, opening: name.opening)
    }
    var end = wordEnd(start + 1)
    while end > start + 1, byte(end).joinsHandle {
      let next = wordEnd(end + 1)
      if next == end + 1 { break }
      end = next
    }
    return Token(kind: .handle, start: start, end: end)
  }

  /// `$name`, or `` $`odd name` ``.
  func scanParameter(_ start: Int) -> Token {
    if byte(start + 1) == UInt8(ascii: "`") {
      let name = scanQuotedName(start + 1)
      return Token(kind: .parameter, start: start, end: name.end, opening: name.opening)
    }
    let end = beginsWord(start + 1) ? wordEnd(start + 1) : start + 1
    return Token(kind: .parameter, start: start, end: end)
  }

  private static let words = Dictionary(
    uniqueKeysWithValues: ReservedWord.allCases.map { (packed($0.rawValue), $0) })
}

extension UInt8 {
  /// Whether it may stand inside a handle, between letters or digits.
  fileprivate var joinsHandle: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "@")
  }
}
