/// The text of a duration in microseconds, as the language reads it: `1d2h3min4s`.
///
/// Units are d, h, min and s; a fraction of a second has 3 or 6 digits, `1.500s`; 0 is `0s`.
package func formatDuration(micros: Int64) -> String {
  String(unsafeUninitializedCapacity: 64) { bytes in
    bytes.baseAddress.map { writeDuration(micros: micros, to: $0) } ?? 0
  }
}

/// Appends a duration's text, as `formatDuration` gives it.
package func appendDuration(micros: Int64, to bytes: inout [UInt8]) {
  bytes.append(contentsOf: formatDuration(micros: micros).utf8)
}

private func writeDuration(micros: Int64, to out: UnsafeMutablePointer<UInt8>) -> Int {
  var writer = ByteWriter(out)
  if micros < 0 { writer.byte(0x2D) }
  var rest = UInt(micros.magnitude)
  let signs = writer.count
  for (size, unit) in durationUnits {
    let amount = rest / UInt(size)
    rest %= UInt(size)
    guard amount > 0 else { continue }
    writer.number(amount)
    unit.utf8.forEach { writer.byte($0) }
  }
  if rest > 0 || writer.count == signs {
    writer.number(rest / UInt(microsPerSecond))
    writer.fraction(micros: Int(rest % UInt(microsPerSecond)))
    writer.byte(0x73)
  }
  return writer.count
}

/// Largest first; seconds are what is left.
private let durationUnits = [(microsPerDay, "d"), (microsPerHour, "h"), (microsPerMinute, "min")]

/// Reads a duration, `1d2h3min4s`, `12h`, `1.5h`, `2w`, `-3d`, in microseconds.
///
/// Units are w, d, h, min, s, ms and us, each after a number; spaces may stand between the parts. Nil
/// for other text and beyond ±292,000 years. Fractions are cut to microseconds.
package func parseDuration(_ text: String) -> Int64? {
  var rest = text.utf8[...]
  let negative = rest.first == 0x2D
  if negative { rest.removeFirst() }
  guard !rest.isEmpty else { return nil }
  var total: Int64 = 0
  while !rest.isEmpty {
    guard let part = durationPart(&rest) else { return nil }
    let (sum, overflow) = total.addingReportingOverflow(part)
    guard !overflow else { return nil }
    total = sum
    while rest.first == 0x20, rest.count > 1 { rest.removeFirst() }
  }
  return negative ? -total : total
}

private func durationPart(_ rest: inout Substring.UTF8View) -> Int64? {
  let whole = takeDigits(&rest)
  var fraction = ""
  if rest.first == 0x2E {
    rest.removeFirst()
    fraction = takeDigits(&rest)
    guard !fraction.isEmpty else { return nil }
  }
  let letters = rest.prefix { isLetter($0) }
  rest = rest.dropFirst(letters.count)
  guard let amount = Int64(whole), let size = unitMicros(Substring(letters)) else { return nil }
  let (product, overflow) = amount.multipliedReportingOverflow(by: size)
  var part: Int64 = 0
  var place = size
  for digit in fraction.utf8 {
    place /= 10
    part += Int64(digit - 0x30) * place
  }
  let (sum, tooLarge) = product.addingReportingOverflow(part)
  return overflow || tooLarge ? nil : sum
}

private func takeDigits(_ rest: inout Substring.UTF8View) -> String {
  let digits = rest.prefix { isDigit($0) }
  rest = rest.dropFirst(digits.count)
  return String(decoding: digits, as: UTF8.self)
}

private func unitMicros(_ name: Substring) -> Int64? {
  switch name {
  case "w": Int64(7 * microsPerDay)
  case "d": Int64(microsPerDay)
  case "h": Int64(microsPerHour)
  case "min": Int64(microsPerMinute)
  case "s": Int64(microsPerSecond)
  case "ms": 1000
  case "us": 1
  default: nil
  }
}
