import Calendars
import Columns
import Plans

/// Periods one after the other, as the integers that their column stores.
struct PeriodSequence {
  private let step: PeriodFill.Step
  private let type: DataType
  private let zone: TimeZoneRules

  init(_ step: PeriodFill.Step, _ type: DataType, _ zone: TimeZoneRules) {
    self.step = step
    self.type = type
    self.zone = zone
  }

  /// These periods and all between the first and the last, ascending; cut at `most`.
  func all(holding present: [Int64], most: Int) -> [Int64] {
    guard let first = present.min(), let last = present.max() else { return [] }
    // A period that no step reaches (a zone that changed its clock) is there all the same.
    let known = Set(present)
    var all = Array(known)
    var period = first
    while period <= last, all.count <= most {
      if !known.contains(period) { all.append(period) }
      guard let next = next(period), next > period else { break }
      period = next
    }
    return all.sorted()
  }

  /// The start of the next period; nil beyond what can be stored.
  private func next(_ period: Int64) -> Int64? {
    switch step {
    case .calendar(let unit):
      guard period.magnitude < 1 << 31 else { return nil }
      return Int64(nextPeriodStart(Int(period), unit: unit))
    case .width(let width):
      if type == .time, width % microsPerDay == 0 { return nextDay(period, width / microsPerDay) }
      let (next, overflows) = period.addingReportingOverflow(width)
      return overflows ? nil : next
    }
  }

  /// The start of the day that is some days later on the clock of the zone.
  private func nextDay(_ micros: Int64, _ days: Int64) -> Int64? {
    guard micros.magnitude < 1 << 61, days < 1 << 24 else { return nil }
    let seconds = Int(micros / 1_000_000)
    // The start of a day that the clock skips is later than midnight.
    let local = seconds + zone.offsetSeconds(atUTC: seconds)
    let day = Int((Double(local) / 86_400).rounded(.down))
    return Int64(zone.utcSeconds(fromLocal: (day + Int(days)) * 86_400)) * 1_000_000
  }
}
