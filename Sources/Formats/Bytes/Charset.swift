import Glibc

/// A way of writing text as bytes, by a name that the system's `iconv` knows.
package struct Charset: Sendable, Hashable {
  package let name: String

  /// What spreadsheets write as CSV in Western Europe and America.
  package static let windows1252 = Charset(name: "windows-1252")

  /// Nil where the system knows no charset of this name.
  package init?(_ name: String) {
    // Behind a slash stands how to convert, which is not the user's to say.
    guard !name.isEmpty, !name.contains("/"), let converter = Self.converter(name) else {
      return nil
    }
    iconv_close(converter)
    self.name = name
  }

  private init(name: String) { self.name = name }

  /// Whether this is UTF-8 itself.
  package var isUTF8: Bool { ["utf-8", "utf8"].contains(name.lowercased()) }

  /// What turns text of this charset into UTF-8; nil where there is no memory for it.
  var converter: iconv_t? { Self.converter(name) }

  private static func converter(_ name: String) -> iconv_t? {
    let converter = iconv_open("UTF-8", name)
    return converter == iconv_t(bitPattern: -1) ? nil : converter
  }
}

extension Charset {
  /// Whether bytes that are no UTF-8 are text as spreadsheets write it in Western Europe.
  ///
  /// No character is one of UTF-8, all are letters and signs of Windows-1252, and most stand between others of
  /// ASCII: in other alphabets they follow on one another.
  package static func isWindows1252(_ bytes: [UInt8]) -> Bool {
    var (high, pairs, place) = (0, 0, 0)
    while place < bytes.count {
      defer { place += 1 }
      let byte = bytes[place]
      if byte == 0 { return false }
      if byte < 0x80 { continue }
      guard isWestern(byte), !isUTF8Character(bytes, at: place) else { return false }
      high += 1
      pairs += place + 1 < bytes.count && bytes[place + 1] >= 0x80 ? 1 : 0
    }
    return high > 0 && pairs * 2 <= high
  }

  /// The euro, points, quotes and dashes, and what ISO 8859-1 has but for ÿ, the most usual of bytes that are no text.
  private static func isWestern(_ byte: UInt8) -> Bool {
    byte == 0x80 || byte == 0x85 || (0x91...0x97).contains(byte) || (0xA0...0xFE).contains(byte)
  }

  private static func isUTF8Character(_ bytes: [UInt8], at place: Int) -> Bool {
    let first = bytes[place]
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, place + length <= bytes.count else { return false }
    return String(validating: bytes[place..<place + length], as: UTF8.self) != nil
  }
}
