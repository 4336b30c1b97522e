/// The step of a count series.
///
/// Periods are numbered from 1970-01-01 in the zone of the series: days since then, hours since its
/// midnight, weeks since the Monday before it, months since January 1970.
package enum SeriesPeriod: Hashable, Sendable {
  case hour, day, week, month

  /// How many periods a cycle of seasonal factors has; 1 where there are none.
  package var cycle: Int {
    switch self {
    case .hour: 168
    case .day: 7
    case .week, .month: 1
    }
  }

  /// The place of a period in its cycle; 0 is Monday, or Monday's first hour.
  package func phase(of index: Int) -> Int {
    // 1970-01-01 was a Thursday, three days after a Monday.
    let sinceMonday = self == .hour ? index + 72 : index + 3
    let rest = sinceMonday % cycle
    return rest < 0 ? rest + cycle : rest
  }

  /// How many periods a year has.
  package var perYear: Int { Int(rules.perYear.rounded()) }

  var rules: PeriodRules {
    switch self {
    case .hour: .hours
    case .day: .days
    case .week: .weeks
    case .month: .months
    }
  }
}

/// How far the statistics look in periods of one length.
struct PeriodRules: Sendable {
  /// The reach of a local level on each side.
  var reach: Int
  /// The nearest periods of each side that a level leaves out, so that an event does not hide itself.
  var spared: Int
  /// The reach of a level that sees the past only.
  var pastReach: Int
  /// The reach of the medians below the seasonal factors, on each side.
  var seasonReach: Int
  /// The lengths of the windows that are tested.
  var widths: [Int]
  /// Below this many usable periods there is no test.
  var leastUsable: Int
  /// Below this many usable periods all seasonal factors are 1.
  var leastForSeason: Int
  /// The least and greatest seasonal factor before they are scaled to a mean of 1.
  var factors: ClosedRange<Double> = 0.3...3
  /// How many periods a year has.
  var perYear: Double

  static let hours = PeriodRules(
    reach: 336, spared: 24, pastReach: 672, seasonReach: 84, widths: [1, 2, 3, 6, 12, 24],
    leastUsable: 672, leastForSeason: 672, factors: 0.05...6, perYear: 8766)
  static let days = PeriodRules(
    reach: 21, spared: 3, pastReach: 42, seasonReach: 14, widths: [1, 2, 3, 5, 7],
    leastUsable: 28, leastForSeason: 56, perYear: 365.25)
  static let weeks = PeriodRules(
    reach: 13, spared: 1, pastReach: 26, seasonReach: 4, widths: [1, 2, 3], leastUsable: 20,
    leastForSeason: .max, perYear: 52.2)
  static let months = PeriodRules(
    reach: 12, spared: 1, pastReach: 24, seasonReach: 4, widths: [1, 2], leastUsable: 18,
    leastForSeason: .max, perYear: 12)
}
