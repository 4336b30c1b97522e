import Calendars
import Columns
import Plans

/// New followers of each period, and those of them that spikes brought and are likely bought.
///
/// Reads `#account #day #n` (followers of a day, one row each) and `account start end bought_est` of
/// spikes; of a period with a spike that could not be judged it is not known how many were bought. Followers
/// without a day are left out and counted in a note. O(days + events).
struct SurvivingGrowth: Analysis {
  let unit: PeriodUnit
  let keepsRows = false
  let fields = GrowthTable.fields

  var title: String { "growth by \(unit.name)" }

  func columnNames(ofInput index: Int) -> Set<String> {
    index == 0 ? ["#account", "#day", "#n"] : ["account", "start", "end", "kind", "bought_est"]
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    var counts: [ExactText: [Int: Int]] = [:]
    var accounts: [ExactText] = []
    var undated = 0
    for row in 0..<inputs[0].rowCount {
      let cells = inputs[0].namedRow(row)
      guard case .string(let name)? = cells["#account"], let n = cells["#n"]?.integer else {
        continue
      }
      guard let day = cells["#day"]?.integer else {
        undated += Int(n)
        continue
      }
      let account = ExactText(name)
      if counts[account] == nil { accounts.append(account) }
      counts[account, default: [:]][floorDays(Int(day), to: unit), default: 0] += Int(n)
    }
    let bought = boughtByPeriod(inputs[1])
    var table = GrowthTable()
    for account in accounts {
      let own = counts[account] ?? [:]
      guard var period = own.keys.min(), let last = own.keys.max() else { continue }
      while period <= last {
        if table.rows.count % 4096 == 0 { try context.check() }
        table.add(
          account.text, period, measure: "surviving", gained: own[period] ?? 0, net: nil,
          bought: bought[account, default: [:]][period] ?? 0)
        period = nextPeriodStart(period, unit: unit)
      }
    }
    let notes = undated == 0 ? [] : ["\(undated) followers have no day and are in no period"]
    return AnalysisResult(columns: columns(of: table.rows, fields, wanted), notes: notes)
  }

  /// What spikes estimate as bought, spread evenly over their days; nil where one could not be judged.
  private func boughtByPeriod(_ events: Table) -> [ExactText: [Int: Double?]] {
    var bought: [ExactText: [Int: Double?]] = [:]
    for row in 0..<events.rowCount {
      let cells = events.namedRow(row)
      guard case .string(let account)? = cells["account"], let start = cells["start"]?.integer,
        let end = cells["end"]?.integer, start <= end, Self.isRise(cells["kind"])
      else { continue }
      let part = cells["bought_est"]?.number.map { $0 / Double(end - start + 1) }
      for day in start...end {
        let period = floorDays(Int(day), to: unit)
        let known: Double? = bought[ExactText(account), default: [:]][period] ?? 0
        bought[ExactText(account), default: [:]][period] = .some(
          known.flatMap { known in part.map { known + $0 } })
      }
    }
    return bought
  }

  private static func isRise(_ kind: Scalar?) -> Bool {
    kind == .string("spike") || kind == .string("catch-up")
  }
}
