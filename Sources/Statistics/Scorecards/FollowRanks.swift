/// A list of followers in the order in which they followed, oldest first: what can be seen of batches
/// without a day on which they came.
///
/// Looks into memory that others hold, which must outlive it.
package struct FollowRanks {
  /// Columns of a list: times in microseconds since 1970, `Int64.min` where unknown.
  package struct Columns {
    /// When each account was made.
    let created: UnsafePointer<Int64>
    /// When each followed, or at the earliest.
    let followed: UnsafePointer<Int64>
    /// Weights of evidence of the profiles.
    let evidence: UnsafePointer<Double>

    package init(
      created: UnsafePointer<Int64>, followed: UnsafePointer<Int64>,
      evidence: UnsafePointer<Double>
    ) {
      self.created = created
      self.followed = followed
      self.evidence = evidence
    }
  }

  /// The rows of the columns, oldest follower first.
  let rows: UnsafeBufferPointer<Int32>
  let columns: Columns
  /// The median of the evidence: what is usual here.
  let usual: Double

  package init(rows: UnsafeBufferPointer<Int32>, of columns: Columns, usual: Double) {
    self.rows = rows
    self.columns = columns
    self.usual = usual
  }

  /// Accounts younger than this at following are left out: newcomers to the platform come in waves.
  static let leastAge = 30.0
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
