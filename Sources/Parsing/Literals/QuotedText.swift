import Diagnostics

/// The text between quotes with its escapes resolved.
struct QuotedText {
  private(set) var text: String
  /// Escapes that mean nothing; they stay in the text as written, as do backslashes before digits.
  private(set) var faults: [SourceRange] = []

  /// Reads what stands in a range, without its quotes: `\n \r \t \\ \" \' \`` and `\u{1F986}`.
  init(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    let content = bytes[start..<max(start, end)]
    guard content.contains(UInt8(ascii: "\\")) else {
      text = String(decoding: content, as: UTF8.self)
      return
    }
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var offset = content.startIndex
    while offset < content.endIndex {
      guard content[offset] == UInt8(ascii: "\\") else {
        result.append(content[offset])
        offset += 1
        continue
      }
      let (scalar, length) = Self.escape(content[offset...])
      if let scalar {
        result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      } else {
        result.append(contentsOf: content[offset..<(offset + length)])
        // `\1` is a group in a replacement.
        let isGroup = offset + 1 < content.endIndex && content[offset + 1].isDigit
        if !isGroup { faults.append(SourceRange(offset, offset + length)) }
      }
      offset += length
    }
    text = String(decoding: result, as: UTF8.self)
  }

  /// What an escape stands for (nil: nothing) and how many bytes it takes.
  private static func escape(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar?, length: Int) {
    guard bytes.count > 1 else { return (nil, 1) }
    switch bytes[bytes.startIndex + 1] {
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "u"): return unicodeEscape(bytes)
    case let byte where "\\\"'`".utf8.contains(byte): return (Unicode.Scalar(byte), 2)
    case let byte:
      // The whole character, so that no range ends inside of one.
      let trailing = byte < 0xC0 ? 0 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
      return (nil, min(2 + trailing, bytes.count))
    }
  }

  /// `\u{…}` with one to six hexadecimal digits.
  private static func unicodeEscape(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar?, length: Int) {
    let start = bytes.startIndex + 3
    guard bytes.count > 3, bytes[start - 1] == UInt8(ascii: "{"),
      let close = bytes[start...].prefix(7).firstIndex(of: UInt8(ascii: "}"))
    else { return (nil, 2) }
    let digits = String(decoding: bytes[start..<close], as: UTF8.self)
    let isPlain = digits.utf8.allSatisfy { $0.isDigit || $0.isLetter }
    let value = isPlain ? UInt32(digits, radix: 16) : nil
    return (value.flatMap(Unicode.Scalar.init), close + 1 - bytes.startIndex)
  }
}

/// A pattern between slashes, and its flags.
struct RegexText {
  let pattern: String
  let flags: String

  /// Reads `/…/flags`; `\/` stands for a slash, other escapes are the pattern's own.
  init(_ bytes: ArraySlice<UInt8>) {
    var pattern: [UInt8] = []
    var offset = bytes.startIndex + 1
    while offset < bytes.endIndex, bytes[offset] != UInt8(ascii: "/") {
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.endIndex {
        if bytes[offset + 1] != UInt8(ascii: "/") { pattern.append(bytes[offset]) }
        offset += 1
      }
      pattern.append(bytes[offset])
      offset += 1
    }
    self.pattern = String(decoding: pattern, as: UTF8.self)
    flags = String(decoding: bytes[min(offset + 1, bytes.endIndex)...], as: UTF8.self)
  }
}
