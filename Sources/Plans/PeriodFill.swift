package import Calendars
import Columns
package import Diagnostics

/// Rows for the periods that grouped rows leave out (`group … with fill = true`).
package struct PeriodFill: Sendable {
  /// From one period to the next.
  package enum Step: Sendable, Hashable {
    /// Of a column of dates.
    case calendar(PeriodUnit)
    /// Of a column of ints, dates (days) or times (microseconds; whole days are days of the zone).
    case width(Int64)
  }

  /// The column that holds the start of each row's period.
  package let period: String
  package let step: Step
  /// The other keys: each combination that occurs gets all periods.
  package let keys: [String]

  package init(period: String, step: Step, keys: [String]) {
    self.period = period
    self.step = step
    self.keys = keys
  }
}

extension Plan {
  /// For each combination of the other keys, in order of first appearance, a row for every period
  /// from the first to the last of all rows, ascending, then those of no period.
  ///
  /// What is added is null in all columns but the period and the keys.
  package func filled(_ fill: PeriodFill, range: SourceRange? = nil) -> Plan {
    Plan(.fill(self, fill), schema: schema, properties: properties, range: range)
  }
}

extension PeriodFill {
  var title: String {
    "fill \(quotedName(period))"
      + (keys.isEmpty ? "" : " per \(keys.map(quotedName).joined(separator: ", "))")
  }
}
