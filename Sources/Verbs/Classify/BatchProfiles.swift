import Columns
import Statistics

/// The profiles of the followers of spikes, held against those of the account's other followers.
///
/// Bought accounts are padded to look ordinary, so an ordinary profile clears nobody of a block of which it is
/// not known better (`RowGains.leastInBatch`). It is known where hardly more followers of the days have one
/// than such days have anyway.
struct BatchProfiles {
  private let account: AccountRows.Account
  /// By row of the list, weights of evidence of the profiles.
  private let evidence: BufferSlice<Double>
  /// Where the followers of all spikes stand.
  private let spikes: [Range<Int>]
  /// The shares of the usual followers with less evidence than each limit; none without spikes.
  private var usual: [Double] = []

  /// Below which evidence profiles are more and more ordinary.
  private static let limits = [RowGains.leastInBatch, -3, -4, -5, -6]

  /// More rows than this are not asked what is usual.
  private static let mostUsual = 100_000

  init(
    of account: AccountRows.Account, evidence: BufferSlice<Double>, spikes: [ClosedRange<Int>]
  ) {
    self.account = account
    self.evidence = evidence
    self.spikes = spikes.map { account.places(in: $0) }
    if !spikes.isEmpty { usual = usualShares() }
  }

  /// What ordinary profiles weigh against a spike.
  ///
  /// Of n followers of the spike M are normal; k of the n, and a share q₀ of the usual ones, have less evidence than
  /// a limit. Then (k − M·q₀ + 1) / (n − M + 2) of the bought have, and to have less weighs ln of that over q₀. (Own
  /// method, after the creation windows of methods, part 11. Evidence above −2 weighs nothing more: the scorecard
  /// has told.) O(n), and 100,000 steps for q₀.
  func clearances(of cohort: CohortEvidenceTable.Cohort) -> [Clearance] {
    let members = account.places(in: cohort.days)
    let bought = Double(members.count) - cohort.expected
    guard !usual.isEmpty, bought >= 1 else { return [] }
    let counts = Self.counts(members.lazy.map(evidence(at:)))
    return Self.limits.indices.compactMap { index in
      guard usual[index] > 0.1 else { return nil }
      let rest = max(0, Double(counts[index]) - cohort.expected * usual[index])
      let weight = portableLog((rest + 1) / (bought + 2) / usual[index])
      return weight < RowGains.leastInBatch
        ? Clearance(below: Self.limits[index], weight: weight) : nil
    }
  }

  private func evidence(at place: Int) -> Double {
    evidence.pointer[Int(account.rows.pointer[place])]
  }

  /// How many have less evidence than each limit.
  private static func counts(_ evidence: some Sequence<Double>) -> [Int] {
    var counts = limits.map { _ in 0 }
    for own in evidence {
      for (index, limit) in limits.enumerated() { counts[index] += own < limit ? 1 : 0 }
    }
    return counts
  }

  /// The shares of the account's followers outside of spikes; none without any.
  private func usualShares() -> [Double] {
    let step = max(1, account.rows.count / Self.mostUsual)
    let places = stride(from: 0, to: account.rows.count, by: step).filter { place in
      !spikes.contains { $0.contains(place) }
    }
    if places.isEmpty { return [] }
    return Self.counts(places.lazy.map(evidence(at:))).map { Double($0) / Double(places.count) }
  }
}

/// What a profile with less evidence than a limit weighs against a spike: less than −2.
struct Clearance {
  let below: Double
  let weight: Double
}

extension [Clearance] {
  /// What is added to the gain of a follower of the spike, whose profile weighs −2 otherwise: 0 for most.
  func gain(_ evidence: Double) -> Double {
    var least = RowGains.leastInBatch
    for clearance in self where evidence < clearance.below {
      least = Swift.min(least, clearance.weight)
    }
    return least < RowGains.leastInBatch
      ? Swift.max(evidence, least) - RowGains.leastInBatch : 0
  }
}
