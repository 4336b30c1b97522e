/// A list of followers in the order in which they followed, oldest first: what can be seen of batches
/// without a day on which they came.
///
/// Looks into memory that others hold, which must outlive it.
package struct FollowRanks {
  /// The rows of the list, oldest follower first, and the dates of each in this order.
  let rows: UnsafeBufferPointer<Int32>
  let dates: UnsafePointer<FollowDates>
  /// By row of the list, weights of evidence of the profiles.
  let evidence: UnsafePointer<Double>
  /// The median of the evidence: what is usual here.
  let usual: Double

  package init(
    rows: UnsafeBufferPointer<Int32>, dates: UnsafePointer<FollowDates>,
    evidence: UnsafePointer<Double>, usual: Double
  ) {
    self.rows = rows
    self.dates = dates
    self.evidence = evidence
    self.usual = usual
  }
}

/// How many neighbours in follow order were made about when a follower was, where that is most unusual.
package struct Neighbourhood: Hashable, Sendable {
  /// Neighbours looked at: so many on either side.
  package let reach: Int
  /// Days on either side of the follower's own creation.
  package let days: Double
  /// How many of them were made within those days.
  package var near: Int
  /// How many the wider surroundings let expect.
  package var expected: Double
  /// The mean weight of evidence of `near`, less what is usual in the list.
  package var meanEvidence: Double

  /// Poisson log likelihood ratio of `near` against `expected`; 0 where there are not more.
  package var surprise: Double {
    let k = Double(near)
    guard k > expected, expected > 0 else { return 0 }
    return k * portableLog(k / expected) - (k - expected)
  }

  /// Whether there are enough of them, and enough more than expected, to say anything.
  package var isTelling: Bool {
    near >= NeighbourCounts.leastNear && 2 * Double(near) > 3 * expected
      && surprise > OrderEvidence.leastSurprise
  }
}
