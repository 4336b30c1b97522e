import Columns
import Plans
import Statistics

/// What the cohort and the neighbours in follow order add to each follower's log odds.
struct FollowerCohorts: Sendable {
  /// By row, to be added to logit of the base rate and the profile's evidence.
  let gains: BufferSlice<Double>
  /// Whether a row's gain is that of a spike it came in, rather than of a drip or its neighbours.
  let isInSpike: [Bool]
  /// What speaks of a row, in words; nothing for most.
  let words: [Int32: String]

  init(
    _ table: Table, spikes: Table, drips: Table, evidence: BufferSlice<Double>,
    thresholds: ClassThresholds, isInferred: Bool, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    guard let account = table.column("#account"), let dayColumn = table.column("#day"),
      let followed = table.column("#followed")?.integers(),
      let created = table.column("#created")?.integers()
    else { preconditionFailure("a list without the columns of its cohorts") }
    let gains = BufferSlice<Double>(capacity: table.rowCount)
    gains.pointer.update(repeating: 0, count: table.rowCount)
    var words: [Int32: String] = [:]
    var isInSpike = [Bool](repeating: false, count: table.rowCount)
    var cohorts = CohortEvidenceTable(spikes: spikes, drips: drips)
    let (names, numbers) = account.textNumbers()
    let dayBuffer = dayColumn.integers()
    let accounts = AccountRows(names, numbers, periods: dayBuffer)
    let days = dayBuffer.array
    let made = created.map {
      $0 == .min ? .min : Int64((Double($0) / 86_400_000_000).rounded(.down))
    }
    for account in accounts.accounts {
      try context.check()
      cohorts.weigh(account.name, rows: account.rows, days: days, made: made)
      let own = cohorts.cohorts[account.name] ?? []
      for cohort in own {
        for row in account.rows(in: cohort.days) {
          let born = made[Int(row)] == .min ? nil : Int(made[Int(row)])
          guard let (gain, isInWindow) = cohort.logOdds(made: born, baseRate: thresholds.baseRate),
            gain != 0, abs(gain) > abs(gains.pointer[Int(row)])
          else { continue }
          gains.pointer[Int(row)] = gain
          isInSpike[Int(row)] = cohort.isSpike
          if gain > 0 {
            words[row] = cohort.words + (isInWindow ? " and were made in its window of dates" : "")
          }
        }
      }
      try Self.addNeighbours(
        account, followed: followed, created: created, evidence: evidence, gains, &words, context)
    }
    self.gains = gains
    self.isInSpike = isInSpike
    self.words = words
  }

  /// Adds what the neighbours in follow order say of those that no cohort speaks of.
  private static func addNeighbours(
    _ account: AccountRows.Account, followed: BufferSlice<Int64>, created: BufferSlice<Int64>,
    evidence: BufferSlice<Double>, _ gains: BufferSlice<Double>, _ words: inout [Int32: String],
    _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let rows = account.rows.sorted {
      (followed.pointer[Int($0)], $0) < (followed.pointer[Int($1)], $1)
    }
    func days(_ micros: Int64) -> Double { micros == .min ? .nan : Double(micros) / 86_400_000_000 }
    let own = rows.map { evidence.pointer[Int($0)] }
    let order = FollowRanks(
      made: rows.map { days(created.pointer[Int($0)]) },
      followed: rows.map { days(followed.pointer[Int($0)]) }, evidence: own,
      usual: middle(own))
    let step = 1 << 16
    for start in stride(from: 0, to: rows.count, by: step) {
      try context.check()
      let range = start..<min(rows.count, start + step)
      let found = order.evidence(of: range)
      for (index, neighbourhood) in found.neighbourhoods {
        let row = rows[index]
        let gain = found.evidence[index - range.lowerBound]
        guard gain > 0, gain > gains.pointer[Int(row)], gains.pointer[Int(row)] >= 0 else {
          continue
        }
        gains.pointer[Int(row)] = gain
        words[row] =
          "\(neighbourhood.near) of \(2 * neighbourhood.reach) neighbours in follow order were made "
          + "within \(Int(neighbourhood.days)) days of it"
      }
    }
  }

  private static func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
