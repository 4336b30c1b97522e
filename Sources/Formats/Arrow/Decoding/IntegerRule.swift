import Calendars
import Columns

/// What an integer of a file becomes.
struct IntegerRule: Sendable {
  let type: DataType
  /// The value is multiplied, then divided, rounded down.
  var factor: Int64 = 1
  var divisor: Int64 = 1
  /// The zone of times that name none.
  var zone: TimeZoneRules?

  /// nil where the value does not fit.
  func value(_ stored: Int64) -> Int64? {
    if factor == 1, divisor == 1, zone == nil { return stored }
    let (product, overflow) = stored.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    var value = divisor == 1 ? product : (product - positiveRemainder(product, divisor)) / divisor
    // Beyond some 30,000 years no zone has rules.
    if let zone, abs(value / 1_000_000) < 1_000_000_000_000 {
      let second = (value - positiveRemainder(value, 1_000_000)) / 1_000_000
      value += (Int64(zone.utcSeconds(fromLocal: Int(second))) - second) * 1_000_000
    }
    return value
  }
}

private func positiveRemainder(_ value: Int64, _ divisor: Int64) -> Int64 {
  let rest = value % divisor
  // What would fall below the least number keeps its rest.
  return rest < 0 && value - rest > Int64.min + divisor ? rest + divisor : max(rest, 0)
}
