/// Cuts a text into tokens, one a call.
///
/// The next token depends on the position only (and on `brokenUntil`, which only saves work), so
/// the parser may look ahead, and may have a `/` read again as a pattern where an operand stands.
struct Lexer {
  let bytes: [UInt8]
  /// Where the next token is looked for.
  var position = 0
  /// Strings that begin before this offset end on their line.
  ///
  /// A search for a closing quote has come this far and failed; to search again for each stray
  /// quote would cost quadratic time.
  var brokenUntil = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The byte at an offset; 0 behind the end.
  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// The text of a range of offsets.
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  mutating func next() -> Token {
    let isAfterLineBreak = skipBlanks()
    guard position < bytes.count else {
      return Token(kind: .end, start: bytes.count, end: bytes.count)
    }
    var token = scan(position)
    token.isAfterLineBreak = isAfterLineBreak
    position = token.end
    return token
  }

  private mutating func scan(_ start: Int) -> Token {
    switch bytes[start] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(start)
    case UInt8(ascii: "`"): scanName(start)
    case UInt8(ascii: "@"): scanHandle(start)
    case UInt8(ascii: "$"): scanParameter(start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber(start)
    case UInt8(ascii: ".") where byte(start + 1).isDigit: scanNumber(start)
    default: beginsWord(start) ? scanName(start) : scanSymbol(start)
    }
  }

  private func scanSymbol(_ start: Int) -> Token {
    if let symbol = Self.lone[Int(bytes[start])] {
      return Token(kind: .symbol(symbol), start: start, end: start + 1)
    }
    for length in [3, 2, 1] where start + length <= bytes.count {
      let key = packed(start, start + length)
      if Self.foreign.contains(key) {
        return Token(kind: .foreign, start: start, end: start + length)
      }
      if let symbol = Self.symbols[key] {
        return Token(kind: .symbol(symbol), start: start, end: start + length)
      }
    }
    return scanUnknown(start)
  }

  /// Up to eight bytes as one number, for the tables of words and symbols.
  func packed(_ start: Int, _ end: Int) -> UInt64 {
    var key: UInt64 = 0
    for offset in start..<end { key = key << 8 | UInt64(bytes[offset]) }
    return key
  }

  static func packed(_ text: String) -> UInt64 {
    text.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static let symbols = Dictionary(
    uniqueKeysWithValues: Symbol.allCases.map { (packed($0.rawValue), $0) })
  private static let foreign = Set(ForeignSymbol.hints.keys.map { packed($0) })
  /// By byte: the symbol that it is, where no longer one begins with it, as the commas of long lists.
  private static let lone: [Symbol?] = {
    var begun = [Int](repeating: 0, count: 256)
    for text in Symbol.allCases.map(\.rawValue) + ForeignSymbol.hints.keys {
      if let first = text.utf8.first { begun[Int(first)] += 1 }
    }
    return begun.enumerated().map { byte, count in
      count == 1 ? Symbol(rawValue: String(UnicodeScalar(UInt8(byte)))) : nil
    }
  }()
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isLetter: Bool {
    let lower = self | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }

  /// Letters, digits and `_`.
  var isWord: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
