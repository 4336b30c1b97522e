import Calendars

/// A value without a type of Decoy's in words: a time of day, an interval; O(1).
func arrowText(_ array: ArrowArray, _ row: Int) -> String {
  switch array.type {
  case .timeOfDay(let unit, _): timeOfDay(array.integer(row), unit)
  case .interval(let interval): intervalText(array, row, interval)
  default: ""
  }
}

/// `12:30:05`, with as many decimals as are not 0.
private func timeOfDay(_ value: Int64, _ unit: ArrowType.Unit) -> String {
  let (seconds, rest) = value.quotientAndRemainder(dividingBy: unit.rawValue)
  func two(_ number: Int64) -> String { (0..<10).contains(number) ? "0\(number)" : "\(number)" }
  var text = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  if rest != 0 {
    var digits = String(String(unit.rawValue + abs(rest % unit.rawValue)).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    text += "." + digits
  }
  return text
}

/// As ISO 8601 has it: `P1M2DT3.5S`.
private func intervalText(_ array: ArrowArray, _ row: Int, _ interval: ArrowType.Interval) -> String
{
  var (months, days, nanos): (Int64, Int64, Int64) = (0, 0, 0)
  switch interval {
  case .months: months = Int64(array.load(row, Int32.self))
  case .daysAndMillis:
    days = Int64(array.load(2 * row, Int32.self))
    nanos = Int64(array.load(2 * row + 1, Int32.self)) * 1_000_000
  case .monthsDaysNanos:
    months = Int64(array.load(4 * row, Int32.self))
    days = Int64(array.load(4 * row + 1, Int32.self))
    nanos = array.load(2 * row + 1, Int64.self)
  }
  var text = "P"
  if months != 0 { text += "\(months)M" }
  if days != 0 { text += "\(days)D" }
  if nanos != 0 { text += "T\(Double(nanos) / 1e9)S" }
  return text == "P" ? "PT0S" : text
}

/// Two digits a byte, as SQLite's `hex` has them.
func appendHexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
  let digits = Array("0123456789ABCDEF".utf8)
  for byte in bytes {
    out.append(digits[Int(byte >> 4)])
    out.append(digits[Int(byte & 15)])
  }
}
