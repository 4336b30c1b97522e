import Columns
import Plans
import Statistics

/// The gains of all rows while they are gathered.
///
/// Accounts and stretches of them are worked on at once: each writes its own rows only.
struct RowGains: Sendable {
  let gains: BufferSlice<Double>
  let isInSpike: BufferSlice<UInt8>
  /// nil where nobody asks for them.
  let reasons: BufferSlice<GainReason>?

  init(
    rows: Int, holdsReasons: Bool, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    gains = try context.zeros(rows)
    isInSpike = try context.zeros(rows)
    reasons = holdsReasons ? try context.zeros(rows) : nil
  }

  /// The most that a profile says against the batch it came in: bought accounts are padded to look
  /// ordinary, so an ordinary profile clears nobody of a bought block, nor of the dates of a drip (methods: part 11).
  static let leastInSpike = -2.0

  /// The log odds of a profile of some evidence with its gain, less those of the base rate.
  @inline(__always)
  static func weight(_ evidence: Double, gain: Double, isInSpike: Bool) -> Double {
    let isHeld = gain > 0 && isInSpike && evidence < leastInSpike
    return (isHeld ? leastInSpike : evidence) + gain
  }

  /// Gives its gain to each row of a cohort that gains more by it than by those before.
  ///
  /// `created`: the days of signing up of the account's rows, `Int32.min` where unknown.
  func add(
    _ cohort: CohortEvidenceTable.Cohort, of account: AccountRows.Account,
    created: BufferSlice<Int32>, baseRate: Double
  ) {
    let odds = CohortOdds(cohort, baseRate: baseRate)
    for place in account.places(in: cohort.days) {
      let row = Int(account.rows.pointer[place])
      let (gain, isInWindow) = odds.gain(created: created.pointer[place])
      guard gain != 0, abs(gain) > abs(gains.pointer[row]) else { continue }
      gains.pointer[row] = gain
      isInSpike.pointer[row] = cohort.isSpike || isInWindow ? 1 : 0
      if gain > 0 {
        reasons?.pointer[row] = GainReason(sentence: cohort.sentence, isInWindow: isInWindow)
      }
    }
  }

  /// Adds what the neighbours in follow order say of those that no cohort speaks of.
  func addNeighbours(_ found: [NeighbourGain]) {
    for neighbour in found {
      let row = neighbour.row
      let own = gains.pointer[row]
      guard neighbour.gain > 0, neighbour.gain > own, own >= 0 else { continue }
      gains.pointer[row] = neighbour.gain
      reasons?.pointer[row] = GainReason(neighbour.neighbourhood)
    }
  }
}

/// What its neighbours in follow order say of a row.
struct NeighbourGain {
  let row: Int
  let gain: Double
  let neighbourhood: Neighbourhood
}

/// The gains that a cohort can give: logarithms once a cohort.
private struct CohortOdds {
  private let window: ClosedRange<Int>?
  private let inside: (gain: Double, isInWindow: Bool)
  private let outside: (gain: Double, isInWindow: Bool)
  private let unknown: (gain: Double, isInWindow: Bool)

  init(_ cohort: CohortEvidenceTable.Cohort, baseRate: Double) {
    func gain(_ made: Int?) -> (gain: Double, isInWindow: Bool) {
      cohort.logOdds(made: made, baseRate: baseRate) ?? (0, false)
    }
    unknown = gain(nil)
    window = cohort.created
    inside = cohort.created.map { gain($0.lowerBound) } ?? unknown
    outside = cohort.created.map { gain($0.lowerBound - 1) } ?? unknown
  }

  /// `created`: a day since 1970, `Int32.min` where unknown.
  func gain(created: Int32) -> (gain: Double, isInWindow: Bool) {
    guard let window, created != .min else { return unknown }
    return window.contains(Int(created)) ? inside : outside
  }
}
