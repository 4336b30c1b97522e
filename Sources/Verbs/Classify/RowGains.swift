import Columns
import Plans
import Statistics

/// What cohorts and neighbours add to each row's log odds: nothing for most rows, of which a byte is all that is
/// written and read.
///
/// Accounts and stretches of them are worked on at once: each writes its own rows only.
struct RowGains: Sendable {
  /// Where a row's gain is from, as the bytes of `marks` tell it.
  enum Mark: UInt8 {
    case none, other
    /// A spike it came in, or the dates of a drip.
    case batch
  }

  /// A byte a row, zeros at first.
  let marks: BufferSlice<UInt8>
  /// Undefined where the mark is `none`; of reasons also where the gain is not above 0.
  private let gains: BufferSlice<Double>
  /// nil where nobody asks for them.
  private let reasons: BufferSlice<GainReason>?

  init(
    rows: Int, holdsReasons: Bool, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    marks = try context.zeros(rows)
    gains = BufferSlice(capacity: rows)
    reasons = holdsReasons ? BufferSlice(capacity: rows) : nil
  }

  /// What is added to a row's log odds: 0 for most.
  @inline(__always)
  func gain(_ row: Int) -> Double {
    marks.pointer[row] == Mark.none.rawValue ? 0 : gains.pointer[row]
  }

  /// What a row's gain rests on; nil where it gains nothing, and where nobody asks.
  func reason(_ row: Int) -> GainReason? { gain(row) > 0 ? reasons?.pointer[row] : nil }

  /// Whether a row of a block has a gain.
  func speak(of block: RowBlock) -> Bool {
    let own = marks.pointer + block.start
    var all: UInt8 = 0
    for index in 0..<block.count { all |= own[index] }
    return all != Mark.none.rawValue
  }

  /// The log odds of a row whose profile is of some evidence, less those of the base rate.
  @inline(__always)
  func weight(_ row: Int, evidence: Double) -> Double {
    let gain = gain(row)
    let isHeld =
      gain > 0 && marks.pointer[row] == Mark.batch.rawValue && evidence < Self.leastInBatch
    return (isHeld ? Self.leastInBatch : evidence) + gain
  }

  private func set(
    _ row: Int, _ gain: Double, _ mark: Mark, _ reason: @autoclosure () -> GainReason
  ) {
    gains.pointer[row] = gain
    marks.pointer[row] = mark.rawValue
    if gain > 0 { reasons?.pointer[row] = reason() }
  }

  /// The most that a profile says against the batch it came in, where no more is known of the batch's profiles:
  /// bought accounts are padded to look ordinary, so an ordinary profile clears nobody of a bought block, nor of the
  /// dates of a drip (methods: part 11; `BatchProfiles`).
  static let leastInBatch = -2.0

  /// Gives its gain to each row of a cohort that gains more by it than by those before.
  ///
  /// `created`: the days of signing up of the account's rows, `Int32.min` where unknown. `evidence` is by row of
  /// the list, and `clearances` are what ordinary profiles weigh against the cohort.
  func add(
    _ cohort: CohortEvidenceTable.Cohort, of account: AccountRows.Account,
    created: BufferSlice<Int32>, evidence: BufferSlice<Double>, clearances: [Clearance],
    baseRate: Double
  ) {
    let odds = CohortOdds(cohort, baseRate: baseRate)
    for place in account.places(in: cohort.days) {
      let row = Int(account.rows.pointer[place])
      let (odd, isInWindow) = odds.gain(created: created.pointer[place])
      let gain = odd + clearances.gain(evidence.pointer[row])
      guard gain != 0, abs(gain) > abs(self.gain(row)) else { continue }
      set(
        row, gain, cohort.isSpike || isInWindow ? .batch : .other,
        GainReason(sentence: cohort.sentence, isInWindow: isInWindow))
    }
  }

  /// Adds what the neighbours in follow order say of those that no cohort speaks of.
  func addNeighbours(_ found: [NeighbourGain]) {
    for neighbour in found {
      let row = neighbour.row
      let own = gain(row)
      guard neighbour.gain > 0, neighbour.gain > own, own >= 0 else { continue }
      let isInBatch = marks.pointer[row] == Mark.batch.rawValue
      set(row, neighbour.gain, isInBatch ? .batch : .other, GainReason(neighbour.neighbourhood))
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
