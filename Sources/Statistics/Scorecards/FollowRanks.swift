/// A list of followers in the order in which they followed, oldest first: what can be seen of batches
/// without a day on which they came.
package struct FollowRanks: Sendable {
  /// When each account was made, in days; NaN where unknown.
  let made: [Double]
  /// When each followed, or at the earliest, in days; NaN where unknown.
  let followed: [Double]
  /// Weights of evidence of the profiles.
  let evidence: [Double]
  /// The median of `evidence`: what is usual here.
  let usual: Double

  /// Three columns of equal length, oldest follower first.
  package init(made: [Double], followed: [Double], evidence: [Double], usual: Double) {
    precondition(made.count == followed.count && made.count == evidence.count, "equal lengths")
    self.made = made
    self.followed = followed
    self.evidence = evidence
    self.usual = usual
  }

  /// Ranks on either side of a follower that are looked at.
  package static var surroundings: Int { OrderEvidence.surroundings }

  /// How many followers.
  package var count: Int { made.count }

  /// Accounts younger than this at following are left out: newcomers to the platform come in waves.
  static let leastAge = 30.0

  /// Whether a follower's dates take part.
  func isAged(_ row: Int) -> Bool {
    followed[row] - made[row] > FollowRanks.leastAge
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
}
