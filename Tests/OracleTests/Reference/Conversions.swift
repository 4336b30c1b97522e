import Columns

/// `int(x)`, `float(x)`, `string(x)`, `date(x)`, `time(x)`; null for what does not convert.
func converted(_ function: Function, _ value: Scalar) -> Scalar {
  switch (function, value) {
  case (.toInt, .float(let x)):
    return Int64(exactly: x.rounded(.towardZero)).map { .int($0) } ?? .null
  case (.toInt, .bool(let x)): return .int(x ? 1 : 0)
  case (.toInt, .string(let text)): return wholeNumber(text).map { .int($0) } ?? .null
  case (.toFloat, .int(let x)): return .float(Double(x))
  case (.toFloat, .bool(let x)): return .float(x ? 1 : 0)
  case (.toFloat, .string(let text)): return decimal(text).map { .float($0) } ?? .null
  case (.toText, _): return .string(printed(value))
  case (.toDate, .time(let micros)): return .date(floored(micros, dayMicros))
  case (.toDate, .string(let text)):
    return writtenTime(text).map { .date(floored($0, dayMicros)) } ?? .null
  case (.toTime, .date(let day)): return .time(day * dayMicros)
  case (.toTime, .string(let text)): return writtenTime(text).map { .time($0) } ?? .null
  default: return value
  }
}

private func bare(_ text: String) -> String { made(trimmed(Array(text.unicodeScalars))) }

/// Digits with a sign or without, within 64 bits; blanks around them do not count.
func wholeNumber(_ text: String) -> Int64? {
  let text = bare(text)
  let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
  guard text.utf8.count - digits.count <= 1, !digits.isEmpty,
    digits.allSatisfy({ (0x30...0x39).contains($0) })
  else { return nil }
  return Int64(text)
}

/// A decimal number, with fraction and exponent or without, or the name of one that is not finite;
/// what is too large or too small for a float is none.
private func decimal(_ text: String) -> Double? {
  let text = bare(text)
  switch text.lowercased() {
  case "nan", "-nan", "+nan": return .nan
  case "inf", "+inf", "infinity", "+infinity": return .infinity
  case "-inf", "-infinity": return -.infinity
  default: break
  }
  guard text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }) else { return nil }
  let hasDigits = text.prefix { $0 != "e" && $0 != "E" }.contains { "123456789".contains($0) }
  return Double(text).flatMap { $0.isFinite && ($0 != 0 || !hasDigits) ? $0 : nil }
}

/// `2024-03-01`, `2024-03-01T12:00:00Z`, with a fraction of up to 6 digits: the forms of which the texts of cases have some.
private func writtenTime(_ text: String) -> Int64? {
  // Letters may be small ones: t and z.
  var bytes = Array(bare(text).uppercased().utf8)
  func number(_ from: Int, _ count: Int) -> Int64? {
    guard from + count <= bytes.count else { return nil }
    return bytes[from..<(from + count)].allSatisfy { (0x30...0x39).contains($0) }
      ? Int64(String(decoding: bytes[from..<(from + count)], as: UTF8.self)) : nil
  }
  guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = number(0, 4),
    let month = number(5, 2), let day = number(8, 2), (1...12).contains(month), day >= 1,
    day <= Civil.length(year, month)
  else { return nil }
  let start = Civil(year: year, month: month, day: day).number * dayMicros
  if bytes.count == 10 { return start }
  var fraction: Int64 = 0
  if bytes.count > 21, bytes[19] == UInt8(ascii: "."), let digits = number(20, bytes.count - 21) {
    fraction = (bytes.count - 21..<6).reduce(digits) { value, _ in value * 10 }
    bytes.removeSubrange(19..<(bytes.count - 1))
  }
  guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
    bytes[13] == 0x3A, bytes[16] == 0x3A, let hour = number(11, 2), let minute = number(14, 2),
    let second = number(17, 2), hour < 24, minute < 60, second < 60
  else { return nil }
  return start + (hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
}

/// A value as text, as `string(x)` gives it.
func printed(_ value: Scalar) -> String {
  switch value {
  case .null: "null"
  case .bool(let value): value ? "true" : "false"
  case .int(let value): String(value)
  case .float(let value): value.description
  case .string(let text): text
  case .date(let day): Civil(day: day).text
  case .time(let micros): timeText(micros)
  case .duration(let micros): durationText(micros)
  }
}
