import Formats

/// The plain reader of JSON lines: a few rules, byte by byte, to compare the loader with.
///
/// Each value is the text that a load with `types = false` keeps: nil for null.
struct JSONTwin {
  private let bytes: [UInt8]
  private var place = 0
  private var values: [(name: String, value: String?)] = []

  /// The rows of a text by name; lines that are no object of JSON are left out.
  static func rows(_ text: [UInt8]) -> (names: [String], rows: [[String: String]], faults: Int) {
    var names: [String] = []
    var rows: [[String: String]] = []
    var faults = 0
    for line in text.split(separator: 0x0A) {
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      var twin = JSONTwin(bytes: Array(line))
      guard let values = twin.record() else {
        faults += 1
        continue
      }
      var row: [String: String] = [:]
      for (path, value) in values {
        let name = path.isEmpty ? "column" : path
        if !names.contains(name) { names.append(name) }
        row[name] = value
      }
      rows.append(row)
    }
    let all = names
    names.removeAll { name in
      all.contains { $0.hasPrefix(name + ".") } && rows.allSatisfy { $0[name] == nil }
    }
    return (names, rows, faults)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func record() -> [(name: String, value: String?)]? {
    skipSpaces()
    guard byte == UInt8(ascii: "{"), object(prefix: nil, depth: 1) else { return nil }
    skipSpaces()
    return place == bytes.count ? values : nil
  }

  private mutating func skipSpaces() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  private mutating func takes(_ wanted: Character) -> Bool {
    skipSpaces()
    if byte != wanted.asciiValue { return false }
    place += 1
    return true
  }

  /// `prefix` is the name of the object; nil for the record.
  private mutating func object(prefix: String?, depth: Int) -> Bool {
    if depth > 1024 { return false }
    place += 1
    if takes("}") { return true }
    repeat {
      skipSpaces()
      guard let key = string(), takes(":") else { return false }
      let name = prefix.map { "\($0).\(key)" } ?? key
      if !member(name, depth: depth) { return false }
    } while takes(",")
    return takes("}")
  }

  private mutating func member(_ name: String, depth: Int) -> Bool {
    skipSpaces()
    switch byte {
    case UInt8(ascii: "{"): return object(prefix: name, depth: depth + 1)
    case UInt8(ascii: "["):
      guard let text = array(depth: depth + 1) else { return false }
      values.append((name, text))
    case UInt8(ascii: "\""):
      guard let text = string() else { return false }
      values.append((name, text))
    default:
      guard let token = scalar() else { return false }
      values.append((name, token == "null" ? nil : token))
    }
    return true
  }

  /// The array as text without spaces.
  private mutating func array(depth: Int) -> String? {
    if depth > 1024 { return nil }
    place += 1
    if takes("]") { return "[]" }
    var parts: [String] = []
    repeat {
      guard let part = element(depth: depth) else { return nil }
      parts.append(part)
    } while takes(",")
    return takes("]") ? "[" + parts.joined(separator: ",") + "]" : nil
  }

  private mutating func element(depth: Int) -> String? {
    skipSpaces()
    if byte == UInt8(ascii: "[") { return array(depth: depth + 1) }
    if byte == UInt8(ascii: "\"") { return written() }
    if byte != UInt8(ascii: "{") { return scalar() }
    if depth + 1 > 1024 { return nil }
    place += 1
    if takes("}") { return "{}" }
    var parts: [String] = []
    repeat {
      skipSpaces()
      guard let key = written(), takes(":"), let value = element(depth: depth + 1) else {
        return nil
      }
      parts.append("\(key):\(value)")
    } while takes(",")
    return takes("}") ? "{" + parts.joined(separator: ",") + "}" : nil
  }

  /// A string as it is written, with its quotes.
  private mutating func written() -> String? {
    let start = place
    if string() == nil { return nil }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func scalar() -> String? {
    let start = place
    let ends: [UInt8] = Array(",]}:{[\" \t\r\n".utf8)
    while place < bytes.count, !ends.contains(byte) { place += 1 }
    let token = String(decoding: bytes[start..<place], as: UTF8.self)
    if ["true", "false", "null"].contains(token) { return token }
    let number = #/-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/#
    return token.wholeMatch(of: number) == nil ? nil : token
  }

  private mutating func string() -> String? {
    guard byte == UInt8(ascii: "\"") else { return nil }
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let next = byte
      place += 1
      if next == UInt8(ascii: "\"") {
        return String(decoding: repairedBytes(text), as: UTF8.self)
      }
      if next < 0x20 { return nil }
      if next != UInt8(ascii: "\\") {
        text.append(next)
        continue
      }
      guard let escaped = escape() else { return nil }
      text += escaped
    }
    return nil
  }

  /// Each byte that is no UTF-8 becomes U+FFFD.
  private func repairedBytes(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { repaired($0).text }
  }

  private mutating func escape() -> [UInt8]? {
    let letter = byte
    place += 1
    let simple: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
      0x74: 0x09,
    ]
    if let plain = simple[letter] { return [plain] }
    guard letter == UInt8(ascii: "u"), let first = unit() else { return nil }
    if (0xD800..<0xDC00).contains(first), byte == 0x5C, place + 1 < bytes.count,
      bytes[place + 1] == UInt8(ascii: "u")
    {
      let before = place
      place += 2
      if let second = unit(), (0xDC00...0xDFFF).contains(second) {
        let scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) }
      }
      place = before
    }
    let scalar = Unicode.Scalar(first) ?? "\u{FFFD}"
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func unit() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    let digits = bytes[place..<(place + 4)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else {
      return nil
    }
    place += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
