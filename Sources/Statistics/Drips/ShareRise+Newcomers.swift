extension ShareRise {
  /// Whether the followers of low quality of these days hold fewer newcomers than real people would.
  ///
  /// A share that rises tells of quiet followers only, and those are real people too: a campaign or an app brings
  /// them in crowds. Then some have just signed up, at least as many as among the other followers of these months
  /// (who has just signed up is of low quality more often). Accounts for sale have been made before. Expected are the
  /// usual newcomers of those of low quality who come anyway, and of those above them; by the standard errors of a
  /// binomial count and of the usual share, one-sided, against the half year on either side.
  func lacksNewcomers(_ counts: CreationCounts, least height: Double = 2.6) -> Bool {
    let (start, end) = (days.lowerBound, days.upperBound + 1)
    let own = counts.newcomers(start..<end)
    var usual = counts.newcomers(max(0, start - 182)..<start)
    usual.add(counts.newcomers(end..<min(counts.dayCount, end + 182)))
    guard own.low.known > 0, usual.low.known > 0, usual.high.known > 0 else { return false }
    let odds = usual.low.known / usual.high.known
    // With those of high quality come as many of low quality as usual; the others are above them.
    let anyway = min(own.low.known, odds * own.high.known)
    let share = usual.low.newcomers / usual.low.known
    let least = min(share, usual.high.newcomers / usual.high.known)
    let expected = anyway * share + (own.low.known - anyway) * least
    let variance =
      expected * (1 - expected / own.low.known)
      + anyway * anyway * share * (1 - share) / usual.low.known
    return expected - own.low.newcomers > height * variance.squareRoot()
  }
}

/// Followers of some days whose age is known, and those of them who had just signed up, by quality.
struct NewcomerCounts {
  /// Of one quality.
  struct Count {
    var known = 0.0
    var newcomers = 0.0
  }

  /// Who signed up fewer days before following is a newcomer.
  private static let days: Int32 = 20

  private(set) var low = Count()
  private(set) var high = Count()

  mutating func add(age: Int32, isLow: Bool) {
    let one = Count(known: 1, newcomers: age < Self.days ? 1 : 0)
    if isLow { low.add(one) } else { high.add(one) }
  }

  mutating func add(_ other: NewcomerCounts) {
    low.add(other.low)
    high.add(other.high)
  }
}

extension NewcomerCounts.Count {
  fileprivate mutating func add(_ other: Self) {
    known += other.known
    newcomers += other.newcomers
  }
}
