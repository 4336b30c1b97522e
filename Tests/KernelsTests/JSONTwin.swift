@testable import Kernels

/// JSON read by the book, value by value: what the reader in C must agree with.
struct JSONTwin {
  indirect enum Value {
    case object([(key: [UInt8], value: Value, raw: Range<Int>)])
    case array([(value: Value, raw: Range<Int>)])
    case string([UInt8])
    case null
    case plain
  }

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  /// The value of a text and where it stands; nil when the text is no JSON.
  static func read(_ bytes: [UInt8]) -> (value: Value, raw: Range<Int>)? {
    var twin = JSONTwin(bytes)
    guard let value = twin.value() else { return nil }
    twin.space()
    return twin.place == bytes.count ? value : nil
  }

  /// What `json(text, path)` gives: nil for null.
  static func find(_ bytes: [UInt8], _ path: [JSONFinder.Step]) -> [UInt8]? {
    guard var (value, raw) = read(bytes) else { return nil }
    for step in path {
      switch (step, value) {
      case (.key(let key), .object(let members)):
        guard let member = members.first(where: { $0.key == Array(key.utf8) }) else { return nil }
        (value, raw) = (member.value, member.raw)
      case (.index(let index), .array(let elements)) where index < elements.count:
        (value, raw) = elements[index]
      default: return nil
      }
    }
    return text(value, Array(bytes[raw]))
  }

  static func text(_ value: Value, _ raw: [UInt8]) -> [UInt8]? {
    switch value {
    case .null: nil
    case .string(let text): text
    default: raw
    }
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character.asciiValue else { return false }
    place += 1
    return true
  }

  private mutating func space() {
    while let byte = next, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { place += 1 }
  }

  private mutating func value() -> (value: Value, raw: Range<Int>)? {
    space()
    let start = place
    let read: Value?
    switch next.map({ Character(Unicode.Scalar($0)) }) {
    case "{": read = object()
    case "[": read = array()
    case "\"": read = string().map { .string($0) }
    case "t": read = word("true") ? .plain : nil
    case "f": read = word("false") ? .plain : nil
    case "n": read = word("null") ? .null : nil
    default: read = number() ? .plain : nil
    }
    return read.map { ($0, start..<place) }
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func digits() -> Bool {
    let start = place
    while let byte = next, byte >= 0x30, byte <= 0x39 { place += 1 }
    return place > start
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0"), !digits() { return false }
    if take("."), !digits() { return false }
    guard take("e") || take("E") else { return true }
    if !take("+") { _ = take("-") }
    return digits()
  }

  private mutating func object() -> Value? {
    depth += 1
    defer { depth -= 1 }
    place += 1
    if depth > 1024 { return nil }
    space()
    var members: [(key: [UInt8], value: Value, raw: Range<Int>)] = []
    if take("}") { return .object(members) }
    while true {
      space()
      guard next == 0x22, let key = string() else { return nil }
      space()
      guard take(":"), let (value, raw) = value() else { return nil }
      members.append((key, value, raw))
      space()
      if take("}") { return .object(members) }
      if !take(",") { return nil }
    }
  }

  private mutating func array() -> Value? {
    depth += 1
    defer { depth -= 1 }
    place += 1
    if depth > 1024 { return nil }
    space()
    var elements: [(value: Value, raw: Range<Int>)] = []
    if take("]") { return .array(elements) }
    while true {
      guard let element = value() else { return nil }
      elements.append(element)
      space()
      if take("]") { return .array(elements) }
      if !take(",") { return nil }
    }
  }

  private mutating func string() -> [UInt8]? {
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      if byte == 0x22 { return text }
      if byte < 0x20 { return nil }
      if byte != 0x5C {
        text.append(byte)
        continue
      }
      guard let scalar = escape() else { return nil }
      text += Array(String(Character(scalar)).utf8)
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    place += 1
    let plain: [Character: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
      "t": "\t",
    ]
    if byte != UInt8(ascii: "u") { return plain[Character(Unicode.Scalar(byte))] }
    guard let unit = unit() else { return nil }
    guard unit >= 0xD800, unit < 0xDC00 else { return Unicode.Scalar(unit) }
    guard take("\\"), take("u"), let low = self.unit(), low >= 0xDC00, low < 0xE000 else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
  }

  private mutating func unit() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    let digits = bytes[place..<place + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else {
      return nil
    }
    place += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
