import Statistics

/// Where the followers of an account's spikes stand in its follow order.
///
/// A block that came on known days says nothing of who came before or after it, however near they stand: where few
/// follow a day, two hundred neighbours are weeks.
struct SpikeRanks: Sendable {
  private let spikes: [Range<Int>]
  /// Those ranks, with those of the days beside.
  private let surroundings: [Range<Int>]

  /// `days`: those of each spike; `edge`: days on either side of one that its followers may have come on.
  init(_ days: [ClosedRange<Int>], edge: Int, of account: AccountRows.Account) {
    spikes = days.map { account.places(in: $0) }
    surroundings = days.map {
      account.places(in: $0.lowerBound - edge...$0.upperBound + edge)
    }
  }

  /// The neighbourhood of a rank without the followers of spikes that it came in none of; nil where what is left
  /// is no more than could be expected.
  ///
  /// `dates`: those of all ranks.
  func remaining(
    of neighbourhood: Neighbourhood, at rank: Int, _ dates: UnsafeBufferPointer<FollowDates>
  ) -> Neighbourhood? {
    var rest = neighbourhood
    let reach =
      max(0, rank - neighbourhood.reach)..<min(dates.count, rank + neighbourhood.reach + 1)
    for (own, wide) in zip(spikes, surroundings) where !wide.contains(rank) {
      for other in own.clamped(to: reach)
      where dates[other].isMade(near: dates[rank], neighbourhood) {
        rest.near -= 1
      }
    }
    if rest.near == neighbourhood.near { return neighbourhood }
    return rest.isTelling ? rest : nil
  }
}
