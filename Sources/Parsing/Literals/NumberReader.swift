/// Reads a number with its units from left to right.
struct NumberReader {
  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  private func byte(_ offset: Int) -> UInt8 { offset < bytes.endIndex ? bytes[offset] : 0 }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private var whole: String { text(bytes.startIndex, bytes.endIndex) }

  mutating func read() -> NumberLiteral {
    if let integer = plainDigits { return .integer(integer) }
    guard let number = readDecimal() else { return .fault(.malformed(whole)) }
    if let fault = leadingZero() { return .fault(fault) }
    let unit = readUnit()
    if unit.isEmpty { return offset == bytes.endIndex ? plain(number) : .fault(.malformed(whole)) }
    if let factor = NumberLiteral.multipliers[unit], offset == bytes.endIndex {
      return scaled(number, factor)
    }
    return readDuration(number, unit)
  }

  /// Nothing but digits, as thousands of ids in a list are; nil for all that needs a closer look.
  private var plainDigits: UInt64? {
    // So many digits always fit 64 bits.
    guard !bytes.isEmpty, bytes.count < 20, leadingZero() == nil else { return nil }
    var value: UInt64 = 0
    for byte in bytes {
      if !byte.isDigit { return nil }
      value = value &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
    }
    return value <= NumberLiteral.largest ? value : nil
  }

  private func leadingZero() -> LiteralFault? {
    let start = bytes.startIndex
    guard byte(start) == UInt8(ascii: "0"), byte(start + 1).isDigit else { return nil }
    return .leadingZero(whole)
  }

  private func plain(_ number: Decimal) -> NumberLiteral {
    if number.isWhole {
      guard let value = number.times(1) else { return .fault(.tooLarge(number.text)) }
      return .integer(value)
    }
    return float(number, 1)
  }

  private func scaled(_ number: Decimal, _ factor: UInt64) -> NumberLiteral {
    if number.hasExponent { return .fault(.malformed(whole)) }
    if let value = number.times(factor) { return .integer(value) }
    return number.isWhole ? .fault(.tooLarge(nil)) : float(number, Double(factor))
  }

  private func float(_ number: Decimal, _ factor: Double) -> NumberLiteral {
    guard let value = Double(number.text).map({ $0 * factor }), value.isFinite else {
      return .fault(LiteralFault(message: "this number is too large"))
    }
    return .float(value)
  }

  private mutating func readDuration(_ first: Decimal, _ unit: String) -> NumberLiteral {
    var (number, unit) = (first, unit)
    var total: UInt64 = 0
    while true {
      if unit.isEmpty || unit.hasPrefix("_") { return .fault(.malformed(whole)) }
      guard let factor = NumberLiteral.units.first(where: { $0.name == unit })?.microseconds else {
        return .fault(.unknownUnit(unit, number: number.text, literal: whole))
      }
      guard let part = number.times(factor), total <= NumberLiteral.largest - part else {
        return .fault(.unfitDuration)
      }
      total += part
      if offset == bytes.endIndex { return .duration(total) }
      guard let next = readDecimal() else { return .fault(.malformed(whole)) }
      number = next
      unit = readUnit()
    }
  }

  private mutating func readUnit() -> String {
    let start = offset
    while byte(offset) >= 0x80 || byte(offset).isWord && !byte(offset).isDigit { offset += 1 }
    return text(start, offset)
  }

  /// Digits, point, exponent; nil when a `_` does not stand between digits.
  private mutating func readDecimal() -> Decimal? {
    let start = offset
    var mantissa: UInt64? = 0
    guard readDigits(into: &mantissa) || byte(offset) == UInt8(ascii: ".") else { return nil }
    var scale = 0
    if byte(offset) == UInt8(ascii: ".") {
      offset += 1
      let fraction = offset
      guard readDigits(into: &mantissa) else { return nil }
      scale = bytes[fraction..<offset].count { $0 != UInt8(ascii: "_") }
    }
    let hasExponent = readExponent()
    let digits = bytes[start..<offset].filter { $0 != UInt8(ascii: "_") }
    return Decimal(
      text: String(decoding: digits, as: UTF8.self), mantissa: mantissa, scale: scale,
      hasExponent: hasExponent)
  }

  private mutating func readDigits(into mantissa: inout UInt64?) -> Bool {
    let start = offset
    while byte(offset).isDigit || byte(offset) == UInt8(ascii: "_") && byte(offset + 1).isDigit {
      if byte(offset) == UInt8(ascii: "_") && offset == start { return false }
      if byte(offset).isDigit { Self.append(byte(offset) - UInt8(ascii: "0"), to: &mantissa) }
      offset += 1
    }
    return offset > start
  }

  private static func append(_ digit: UInt8, to mantissa: inout UInt64?) {
    guard let value = mantissa else { return }
    let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflows) = tens.addingReportingOverflow(UInt64(digit))
    mantissa = isTooLarge || overflows ? nil : sum
  }

  private mutating func readExponent() -> Bool {
    guard byte(offset) | 0x20 == UInt8(ascii: "e") else { return false }
    let isSigned = byte(offset + 1) == UInt8(ascii: "+") || byte(offset + 1) == UInt8(ascii: "-")
    let digits = offset + (isSigned ? 2 : 1)
    guard byte(digits).isDigit else { return false }
    offset = digits
    while byte(offset).isDigit { offset += 1 }
    return true
  }
}

extension LiteralFault {
  fileprivate static func malformed(_ text: String) -> LiteralFault {
    LiteralFault(
      message: "'\(text)' is not a number",
      hint: text.utf8.contains { $0.isLetter }
        ? "a name that begins with a digit stands in backquotes: `\(text)`" : nil)
  }

  fileprivate static func leadingZero(_ text: String) -> LiteralFault {
    LiteralFault(
      message: "a number does not begin with 0", hint: "an id stands in quotes: \"\(text)\"")
  }

  fileprivate static func tooLarge(_ text: String?) -> LiteralFault {
    guard let text else {
      return LiteralFault(message: "this number exceeds 64 bits", hint: "write it as a float, 1e20")
    }
    return LiteralFault(
      message: "this number exceeds 64 bits",
      hint: "write an id in quotes, \"\(text)\", or a float, 1e20")
  }

  fileprivate static var unfitDuration: LiteralFault {
    LiteralFault(
      message: "this duration cannot be counted in microseconds",
      hint: "it is too long, or a part of it too short")
  }

  fileprivate static func unknownUnit(
    _ unit: String, number: String, literal: String
  ) -> LiteralFault {
    let message = "no unit '\(unit)'"
    if NumberLiteral.multipliers[unit] != nil {
      return LiteralFault(message: "'\(unit)' ends a number: '\(literal)'")
    }
    switch unit {
    case "m": return LiteralFault(message: message, hint: "write \(number)min or \(number)M")
    case "mo", "month", "months", "y", "yr", "year", "years":
      return LiteralFault(message: message, hint: "months vary: write days, as in 30d or 365d")
    default: break
    }
    if let meant = spellings.first(where: { $0.value.contains(unit) })?.key {
      return LiteralFault(message: message, hint: "write \(number)\(meant)")
    }
    return LiteralFault(
      message: message,
      hint: "units are k M B and w d h min s ms us; a name like this stands in backquotes")
  }

  /// How units are spelt elsewhere.
  private static let spellings: [String: [String]] = [
    "w": ["week", "weeks", "wk", "wks", "W"],
    "d": ["day", "days", "D"],
    "h": ["hour", "hours", "hr", "hrs", "H"],
    "min": ["minute", "minutes", "mins"],
    "s": ["second", "seconds", "sec", "secs", "S"],
    "ms": ["millisecond", "milliseconds", "msec", "millis"],
    "us": ["microsecond", "microseconds", "usec", "micros", "µs", "μs"],
    "k": ["K", "thousand"],
    "M": ["million", "millions", "mn", "mio", "mm"],
    "B": ["billion", "billions", "bn", "b", "G"],
  ]
}
