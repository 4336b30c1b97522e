import Testing

@testable import Statistics

/// The passes over a list's rows against row by row.
@Suite struct FollowBoundTests {
  /// Creation times that rise with the rows more or less, few of them alike, some unknown.
  private func times(_ count: Int, seed: UInt64, from start: Int = 0) -> [Int64] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { row in
      if generator.integer(below: 30) == 0 { return .min }
      let age = generator.integer(below: 3) == 0 ? 3 : 5000
      return Int64(start + row * 4 - generator.integer(below: age)) * hour / 8
    }
  }

  @Test(arguments: [0, 1, 2, 6, 7, 24, 60, 700, 5000], [1, 2] as [UInt64])
  func candidatesAreGreatestAround(_ count: Int, _ seed: UInt64) {
    let times = times(count, seed: seed)
    let reach = max(3, min(12, count / 50))
    var running = Int64.min
    let plain = times.indices.filter { row in
      let window = times[max(0, row - reach)...min(count - 1, row + reach)]
      let isSoFar = times[row] >= running
      running = max(running, times[row])
      return times[row] != .min && (isSoFar || window.allSatisfy { $0 <= times[row] })
    }
    #expect(recordCandidates(times) == plain)
  }

  @Test(arguments: [0, 1, 60, 3000], [1, 2, 3, 4] as [UInt64])
  func boundsAreThoseOfEachRow(_ count: Int, _ seed: UInt64) {
    var list = FollowList(createdAt: times(count, seed: seed))
    if seed > 1 { list.capturedAt = Int64(count * 4 - 40) * hour / 8 }
    if seed > 2 { list.start = -day }
    if seed > 3 { list.followedAt = (0..<count).map { $0 % 70 == 9 ? Int64($0) * hour / 2 : .min } }
    let records = followRecords(createdAt: list.createdAt, followedAt: list.followedAt)
    let found = FollowBounds(list, records, makingHighs: true)
    var (lows, highs): ([Int64], [Int64]) = ([], [])
    for row in 0..<count {
      let own = records.rows.firstIndex(of: row)
      let next = records.rows.firstIndex { $0 >= row }
      let later = records.rows.firstIndex { $0 > row }
      let limit = next.map { records.times[$0] } ?? list.capturedAt ?? .min
      let time = own.map { records.times[$0] } ?? list.createdAt[row]
      let before = lows.last ?? list.start ?? .min
      lows.append(own != nil || time <= limit ? max(before, time) : before)
      let high = later.map { records.times[$0] + (records.isExact[$0] ? 0 : day) }
      let isExact = own.map { records.isExact[$0] } ?? false
      highs.append(
        isExact ? lows[row] : min(high ?? .max, list.capturedAt ?? (high == nil ? .min : .max)))
    }
    #expect(found.lows == lows && found.highs == highs)
    let widths = zip(lows, highs).filter { $0 != .min && $1 != .min }.map { max(0, $1 - $0) }
    #expect(found.typicalWidth == (widths.isEmpty ? 0 : widths.sorted()[widths.count / 2]))
    let some = FollowBounds(list, records, makingHighs: false)
    #expect(some.lows == lows && some.highs.isEmpty && some.typicalWidth == found.typicalWidth)
  }

  @Test func listsFromBefore1970HaveTimes() {
    let list = FollowList(createdAt: times(3000, seed: 9, from: -2_000_000))
    let times = followTimes(list, order: .oldestFirst, makingHighs: true)
    #expect(times.refusal == nil && times.estimates.allSatisfy { $0 < 0 && $0 != .min })
    #expect(zip(times.estimates, times.lows).allSatisfy { $0 >= $1 })
  }

  @Test(arguments: [1, 2, 3, 10, 1001]) func valuesAreRankedAsInOrder(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    for most in [2, 50, 1 << 40] {
      let values = (0..<count).map { _ in Int64(generator.integer(below: most)) }
      for place in [0, count / 3, count / 2, count - 1] {
        var moved = values
        #expect(moved.select(rank: place) == values.sorted()[place])
      }
    }
  }

  @Test func whatIsKnownOrNotAskedForChangesNothing() {
    let list = FollowList(createdAt: times(4000, seed: 5), capturedAt: 4000 * hour)
    let all = followTimes(list)
    let some = followTimes(
      list, order: followOrder(createdAt: list.createdAt), makingHighs: false)
    #expect(all.refusal == nil && some.highs.isEmpty)
    #expect(all.estimates == some.estimates && all.lows == some.lows)
    #expect(all.typicalWidth == some.typicalWidth)
  }
}
