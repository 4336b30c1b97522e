import Calendars
import Columns
import Plans

/// The change of a count of followers from period to period.
///
/// Reads `#account #day #n`: the count of a day, in any order; of several on one day the last row
/// counts. The first period has no change, since what stood before is unknown. O(n log n).
struct NetGrowth: Analysis {
  let unit: PeriodUnit
  let keepsRows = false
  let fields = GrowthTable.fields

  var title: String { "growth by \(unit.name)" }

  func columnNames(ofInput index: Int) -> Set<String> { ["#account", "#day", "#n"] }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    var series: [ExactText: [Int: Int]] = [:]
    var accounts: [ExactText] = []
    for row in 0..<inputs[0].rowCount {
      let cells = inputs[0].namedRow(row)
      guard case .string(let name)? = cells["#account"], let n = cells["#n"]?.integer,
        let day = cells["#day"]?.integer
      else { continue }
      let account = ExactText(name)
      if series[account] == nil { accounts.append(account) }
      series[account, default: [:]][Int(day)] = Int(n)
    }
    var table = GrowthTable()
    for account in accounts {
      try context.check()
      add(account.text, series[account] ?? [:], to: &table)
    }
    return AnalysisResult(
      columns: columns(of: table.rows, fields, wanted),
      notes: ["net is the change of the last count of each period; the first has none before it"])
  }

  private func add(_ account: String, _ counts: [Int: Int], to table: inout GrowthTable) {
    var lastOfPeriod: [Int: (day: Int, count: Int)] = [:]
    for (day, count) in counts {
      let period = floorDays(day, to: unit)
      if let known = lastOfPeriod[period], known.day > day { continue }
      lastOfPeriod[period] = (day, count)
    }
    guard var period = lastOfPeriod.keys.min(), let last = lastOfPeriod.keys.max() else { return }
    var before: Int?
    while period <= last {
      let count = lastOfPeriod[period]?.count
      let net = before.flatMap { old in count.flatMap { checkedDifference($0, old) } }
      table.add(account, period, measure: "net", gained: nil, net: net, bought: nil)
      before = count
      period = nextPeriodStart(period, unit: unit)
    }
  }
}

/// nil where it does not fit: no count is that large.
private func checkedDifference(_ now: Int, _ before: Int) -> Int? {
  let (difference, overflows) = now.subtractingReportingOverflow(before)
  return overflows ? nil : difference
}
