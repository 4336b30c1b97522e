import Calendars
import Columns
import Statistics

/// The rows that `spike` gives, in the order of its contract.
struct SpikeTable {
  static let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "start", type: .date),
    Field(name: "end", type: .date), Field(name: "kind", type: .string),
    Field(name: "measure", type: .string), Field(name: "observed", type: .int),
    Field(name: "expected", type: .float), Field(name: "excess", type: .float),
    Field(name: "excess_lo", type: .float), Field(name: "excess_hi", type: .float),
    Field(name: "ratio", type: .float), Field(name: "q", type: .float),
    Field(name: "cohort", type: .int), Field(name: "low_quality", type: .float),
    Field(name: "usual_low_quality", type: .float), Field(name: "lq_excess", type: .float),
    Field(name: "lq_excess_lo", type: .float), Field(name: "lq_excess_hi", type: .float),
    Field(name: "creation_lift", type: .float), Field(name: "created_from", type: .date),
    Field(name: "created_to", type: .date), Field(name: "bought_score", type: .float),
    Field(name: "bought_est", type: .float), Field(name: "bought_lo", type: .float),
    Field(name: "bought_hi", type: .float), Field(name: "verdict", type: .string),
    Field(name: "why", type: .string),
  ]

  /// The columns that say how a cohort was judged; the others are known of every event.
  static let judged: Set<String> = [
    "low_quality", "usual_low_quality", "lq_excess", "lq_excess_lo", "lq_excess_hi",
    "creation_lift", "created_from", "created_to", "bought_score", "bought_est", "bought_lo",
    "bought_hi", "verdict", "why",
  ]

  private(set) var rows: [[Scalar]] = []

  /// Adds an event; `finding` is nil for what has no cohort (gaps, drops, series of counts).
  mutating func add(
    _ event: SpikeEvent, account: String, days: ClosedRange<Int>, measure: CountMeasure,
    finding: CohortFinding?, cohort: Int?, why: String
  ) {
    let low = finding?.lowQuality
    let creation = finding?.creation
    let isStrong = creation?.isStrong ?? false
    let share = low.flatMap { low in
      cohort.map { Double(low.flagged) / Double(max(1, $0)) }
    }
    rows.append([
      .string(account), .date(Int64(days.lowerBound)), .date(Int64(days.upperBound)),
      .string(event.kind.rawValue), .string(measure.rawValue), .int(Int64(event.observed)),
      .float(event.expected), .float(event.excess), .float(event.excessInterval.low),
      .float(event.excessInterval.high), Self.float(event.expected > 0 ? event.ratio : nil),
      Self.float(event.q), cohort.map { .int(Int64($0)) } ?? .null, Self.float(share),
      Self.float(low?.usual), Self.float(low?.difference), Self.float(low?.interval.low),
      Self.float(low?.interval.high), Self.float(creation?.lift),
      isStrong ? Self.day(creation?.from) : .null, isStrong ? Self.day(creation?.to) : .null,
      Self.float(finding?.score), Self.float(finding?.bought),
      Self.float(finding?.boughtInterval.low), Self.float(finding?.boughtInterval.high),
      finding.map { .string($0.verdict.rawValue) }
        ?? (event.kind == .spike || event.kind == .catchUp ? .string("no-profiles") : .null),
      .string(why),
    ])
  }

  private static func float(_ value: Double?) -> Scalar {
    value.map { $0.isNaN ? .null : .float($0) } ?? .null
  }

  private static func day(_ value: Double?) -> Scalar {
    value.map { .date(Int64($0.rounded(.down))) } ?? .null
  }
}

extension SeriesPeriod {
  /// The days of a run of periods, both inclusive.
  func days(_ start: Int, _ end: Int) -> ClosedRange<Int> {
    switch self {
    case .day: start...end
    case .hour: floorDivide(start, 24)...floorDivide(end, 24)
    // Week 0 began on Monday, 1969-12-29.
    case .week: (start * 7 - 3)...(end * 7 + 3)
    case .month: Self.firstDay(ofMonth: start)...(Self.firstDay(ofMonth: end + 1) - 1)
    }
  }

  /// Which hours an event of hours takes, which its days do not tell; nil of longer periods.
  func clock(_ event: SpikeEvent) -> String? {
    guard self == .hour else { return nil }
    func hour(_ number: Int) -> String {
      let hour = number - floorDivide(number, 24) * 24
      return hour < 10 ? "0\(hour)" : "\(hour)"
    }
    let days = days(event.start, event.end)
    let last = days.count > 1 ? "\(formatDate(days: days.upperBound)) " : ""
    return "from \(formatDate(days: days.lowerBound)) \(hour(event.start)):00 "
      + "to \(last)\(hour(event.end)):59"
  }

  /// The period that holds a day (in hours: its first).
  func number(ofDay day: Int) -> Int {
    switch self {
    case .day: return day
    case .hour: return day * 24
    case .week: return floorDivide(day + 3, 7)
    case .month:
      let date = civilDate(fromDays: day)
      return (date.year - 1970) * 12 + date.month - 1
    }
  }

  private static func firstDay(ofMonth month: Int) -> Int {
    let year = floorDivide(month, 12)
    return daysFromCivil(year: 1970 + year, month: month - year * 12 + 1, day: 1)
  }
}

private func floorDivide(_ a: Int, _ b: Int) -> Int {
  let quotient = a / b
  return a % b < 0 ? quotient - 1 : quotient
}
