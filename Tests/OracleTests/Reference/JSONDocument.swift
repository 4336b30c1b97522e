/// A JSON text by RFC 8259, read scalar by scalar: no halves of surrogate pairs.
struct JSONDocument {
  private indirect enum Value {
    case null
    case text(String)
    case plain
    case array([JSONDocument])
    case object([(key: String, value: JSONDocument)])
  }

  /// As it is written.
  private let source: String
  private let value: Value

  /// Nil where the text is no JSON.
  init?(_ text: [Unicode.Scalar]) {
    var reader = Reader(text: text)
    guard let document = reader.document(), reader.isAtEnd else { return nil }
    self = document
  }

  private init(_ source: ArraySlice<Unicode.Scalar>, _ value: Value) {
    self.source = made(source)
    self.value = value
  }

  /// A string as it is, all else as it is written; nil for null and where a step leads nowhere.
  func text(at steps: some Collection<PathStep>) -> String? {
    guard let step = steps.first else {
      switch value {
      case .null: return nil
      case .text(let text): return text
      default: return source
      }
    }
    switch (step, value) {
    case (.index(let index), .array(let elements)) where elements.indices.contains(index):
      return elements[index].text(at: steps.dropFirst())
    case (.key(let key), .object(let members)):
      // Keys by their scalars: é in two scalars is another key.
      let member = members.first { $0.key.unicodeScalars.elementsEqual(key.unicodeScalars) }
      return member?.value.text(at: steps.dropFirst())
    default: return nil
    }
  }

  /// The texts of an array's elements, null for null; nil for what is no array.
  var elements: [String?]? {
    guard case .array(let elements) = value else { return nil }
    return elements.map { $0.text(at: []) }
  }

  // MARK: Reading

  private struct Reader {
    let text: [Unicode.Scalar]
    private var place = 0

    init(text: [Unicode.Scalar]) { self.text = text }

    private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

    /// Whether nothing but white space is left.
    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return next == nil
      }
    }

    private mutating func skipSpace() {
      while let scalar = next, " \t\n\r".unicodeScalars.contains(scalar) { place += 1 }
    }

    private mutating func take(_ word: String) -> Bool {
      let scalars = Array(word.unicodeScalars)
      guard text[place...].starts(with: scalars) else { return false }
      place += scalars.count
      return true
    }

    mutating func document() -> JSONDocument? {
      skipSpace()
      let start = place
      return value().map { JSONDocument(text[start..<place], $0) }
    }

    private mutating func value() -> Value? {
      switch next {
      case "\"": return string().map { .text($0) }
      case "[": return array()
      case "{": return object()
      default: break
      }
      if take("null") { return .null }
      return take("true") || take("false") || number() ? .plain : nil
    }

    /// Behind an element: another comes, or it is the last.
    private mutating func ends(_ bracket: String) -> Bool? {
      skipSpace()
      return take(",") ? false : take(bracket) ? true : nil
    }

    private mutating func array() -> Value? {
      var elements: [JSONDocument] = []
      place += 1
      skipSpace()
      if take("]") { return .array([]) }
      while let element = document() {
        elements.append(element)
        guard let isLast = ends("]") else { return nil }
        if isLast { return .array(elements) }
      }
      return nil
    }

    private mutating func object() -> Value? {
      var members: [(key: String, value: JSONDocument)] = []
      place += 1
      skipSpace()
      if take("}") { return .object([]) }
      while true {
        skipSpace()
        guard next == "\"", let key = string() else { return nil }
        skipSpace()
        guard take(":"), let value = document() else { return nil }
        members.append((key, value))
        guard let isLast = ends("}") else { return nil }
        if isLast { return .object(members) }
      }
    }

    private mutating func digits() -> Int {
      let start = place
      while let scalar = next, ("0"..."9").contains(scalar) { place += 1 }
      return place - start
    }

    private mutating func number() -> Bool {
      _ = take("-")
      if !take("0"), digits() == 0 { return false }
      if take("."), digits() == 0 { return false }
      if take("e") || take("E") {
        if !take("+") { _ = take("-") }
        if digits() == 0 { return false }
      }
      return true
    }

    private mutating func string() -> String? {
      var scalars = String.UnicodeScalarView()
      place += 1
      while let scalar = next, scalar.value >= 0x20 {
        place += 1
        if scalar == "\"" { return String(scalars) }
        if scalar != "\\" {
          scalars.append(scalar)
        } else if let escaped = escape() {
          scalars.append(escaped)
        } else {
          return nil
        }
      }
      return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
      let plain: KeyValuePairs<String, Unicode.Scalar> = [
        "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
        "t": "\t",
      ]
      for (word, scalar) in plain where take(word) { return scalar }
      guard let high = codeUnit() else { return nil }
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
      guard take("\\"), let low = codeUnit(), (0xDC00..<0xE000).contains(low) else { return nil }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    /// `u00e9`.
    private mutating func codeUnit() -> UInt32? {
      guard take("u"), place + 4 <= text.count else { return nil }
      let digits = made(text[place..<(place + 4)])
      place += 4
      return digits.utf8.contains(UInt8(ascii: "+")) || digits.utf8.contains(UInt8(ascii: "-"))
        ? nil : UInt32(digits, radix: 16)
    }
  }
}

/// A text as a JSON string.
func jsonText(_ text: String) -> String {
  let body = text.unicodeScalars.map { scalar -> String in
    switch scalar {
    case "\"", "\\": return "\\\(scalar)"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\u{8}": return "\\b"
    case "\u{C}": return "\\f"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
  return "\"\(body.joined())\""
}
