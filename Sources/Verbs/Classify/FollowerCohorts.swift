import Columns
import Plans
import Statistics

/// What the cohort and the neighbours in follow order add to each follower's log odds.
struct FollowerCohorts: Sendable {
  /// By row, to be added to logit of the base rate and the profile's evidence.
  let gains: RowGains
  /// The sentences that reasons refer to.
  private let sentences: [String]

  /// Without drips, the neighbours are not looked at either.
  ///
  /// Where profiles are not judged, they clear nobody.
  ///
  /// `limits`: the weights that tell what a row is called, where nothing else is asked for; what neighbours say
  /// is then looked at where it may lift a row above one.
  init(
    _ table: Table, spikes: Table, drips: Table?, evidence: BufferSlice<Double>,
    judgesProfiles: Bool, thresholds: ClassThresholds, limits: [Double]?, holdsReasons: Bool,
    isInferred: Bool,
    _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let accounts = try context.rowsByDay(table)
    let created = try context.creationDays(table).values
    let cohorts = CohortEvidenceTable(spikes: spikes, drips: drips)
    let gains = try RowGains(rows: table.rowCount, holdsReasons: holdsReasons, context)
    let largest = accounts.largestFirst
    try context.forEach(largest.count) { place in
      let (account, own) = (accounts.accounts[largest[place]], created[largest[place]])
      let profiles = BatchProfiles(
        of: account, evidence: evidence,
        spikes: judgesProfiles ? cohorts.spikeDays(of: account.name) : [])
      for cohort in cohorts.weighed(account, created: own) {
        gains.add(
          cohort, of: account, created: own, evidence: evidence,
          clearances: cohort.isSpike ? profiles.clearances(of: cohort) : [],
          baseRate: thresholds.baseRate)
      }
    }
    if drips != nil {
      let orders = try FollowOrders(
        accounts, table, evidence: evidence, cohorts,
        spikeEdge: isInferred ? FollowerList.inferredEdge : 1, context)
      let parts = orders.parts
      try context.forEach(parts.count) {
        gains.addNeighbours(orders.evidence(of: parts[$0], limits: limits, gains))
      }
    }
    self.gains = gains
    sentences = cohorts.sentences
  }

  /// What speaks of a row, in words; nil for most.
  func words(_ row: Int) -> String? {
    gains.reason(row)?.words(sentences)
  }
}
