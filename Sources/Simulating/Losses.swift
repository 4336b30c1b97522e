import Statistics

/// Followers that came and are not in the list: removed by a purge or lost in a gap.
struct Losses {
  private let seed: UInt64
  private let purges: [(day: Int, share: Double)]
  private let gaps: [ClosedRange<Int>]

  init(_ options: SimulationOptions) {
    seed = options.seed
    purges = options.purges.map { ($0.day.number(start: options.start), $0.share) }
    gaps = options.gaps.map {
      $0.from.number(start: options.start)...$0.to.number(start: options.start)
    }
  }

  /// Whether a follower of a day is missing; the loss is counted in `truth`.
  func remove(_ follower: Follower, day: Int, from truth: inout SimulationTruth) -> Bool {
    for (index, gap) in gaps.enumerated() where gap.contains(day) {
      truth.lost[index] += 1
      return true
    }
    guard follower.kind == .fake else { return false }
    for (index, purge) in purges.enumerated() where day < purge.day {
      var random = randomStream(seed ^ follower.seed, .purge, index)
      if random.chance(purge.share) {
        truth.purged[index] += 1
        return true
      }
    }
    return false
  }
}
