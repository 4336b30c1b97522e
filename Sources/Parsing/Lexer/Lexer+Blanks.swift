extension Lexer {
  /// Goes over blanks, line ends and comments; true when a line end was among them.
  mutating func skipBlanks() -> Bool {
    var hasLineBreak = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        hasLineBreak = true
        position += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "#"):
        position = lineEnd(position)
      case 0x80...:
        let (scalar, length) = scalar(position)
        guard scalar.isBlank else { return hasLineBreak }
        position += length
      default:
        return hasLineBreak
      }
    }
    return hasLineBreak
  }

  /// The offset of the next line feed, or the end of the text.
  func lineEnd(_ start: Int) -> Int {
    var offset = start
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    return offset
  }

  /// The character at an offset and its length in bytes; a broken one counts as one byte.
  func scalar(_ offset: Int) -> (Unicode.Scalar, length: Int) {
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let mask: UInt32 = first >= 0xF0 ? 0x07 : first >= 0xE0 ? 0x0F : 0x1F
    guard first >= 0xC2, offset + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & mask
    for next in bytes[(offset + 1)..<(offset + length)] {
      guard next & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) } ?? ("\u{FFFD}", 1)
  }

  /// A character that begins nothing; a pair of typographic quotes is taken with its content, so
  /// that pasted text gives one error.
  func scanUnknown(_ start: Int) -> Token {
    let (opening, length) = scalar(start)
    var end = start + length
    if let closing = opening.closingQuote {
      var offset = end
      // Not far, so that many quotes without a partner do not cost quadratic time.
      while offset < min(bytes.count, start + 200), bytes[offset] != UInt8(ascii: "\n") {
        let (next, length) = scalar(offset)
        offset += length
        if closing.contains(next) {
          end = offset
          break
        }
      }
    }
    return Token(kind: .unknown, start: start, end: end)
  }
}

extension Unicode.Scalar {
  /// Blanks that come with pasted text: no-break and typographic spaces, the byte order mark.
  fileprivate var isBlank: Bool {
    switch value {
    case 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// What closes a typographic quote; nil for other characters.
  var closingQuote: [Unicode.Scalar]? {
    switch self {
    case "\u{201C}", "\u{201D}", "\u{201E}": ["\u{201D}", "\u{201C}"]
    case "\u{2018}", "\u{2019}", "\u{201A}": ["\u{2019}", "\u{2018}"]
    case "\u{AB}": ["\u{BB}"]
    default: nil
    }
  }
}
