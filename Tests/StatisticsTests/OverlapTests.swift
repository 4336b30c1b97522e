import Statistics
import Testing

/// Two accounts of one town with a block of members each, from one pool or from the town.
private func accounts(fromPool: Bool, seed: UInt64) -> ([OverlapAccount], [OverlapEvent]) {
  var generator = SplitMix64(seed: seed)
  var (accounts, events): ([OverlapAccount], [OverlapEvent]) = ([], [])
  for index in 0..<3 {
    var members: [Int32] = []
    var seen: Set<Int32> = []
    func add(_ member: Int) {
      if seen.insert(Int32(member)).inserted { members.append(Int32(member)) }
    }
    for _ in 0..<2000 { add(generator.integer(below: 20_000)) }
    let start = members.count
    for _ in 0..<200 {
      add(fromPool ? 20_000 + generator.integer(below: 600) : generator.integer(below: 20_000))
    }
    events.append(OverlapEvent(account: index, rows: Array(start..<members.count)))
    for _ in 0..<2000 { add(generator.integer(below: 20_000)) }
    accounts.append(OverlapAccount(members: members, isSuspect: members.map { $0 >= 20_000 }))
  }
  return (accounts, events)
}

@Test func onePoolIsOneSharedBlock() {
  let (lists, events) = accounts(fromPool: true, seed: 1)
  let found = eventOverlaps(lists, events, thresholds: OverlapThresholds())
  #expect(found.count == 6 && found.allSatisfy { $0.kind == .sharedBlock && $0.q < 1e-3 })
  #expect(
    found.allSatisfy {
      $0.nearest == $0.other && $0.jaccard > 0.05 && ($0.block?.lift ?? $0.lift) > 3
    })
  let blocks = sharedBlocks(found, lists, events)
  #expect(blocks.count == 1 && blocks[0].events == [0, 1, 2] && blocks[0].accounts == [0, 1, 2])
  #expect(!blocks[0].core.isEmpty && blocks[0].core.allSatisfy { $0 >= 20_000 })
}

@Test func unmarkedMembersOnlyFollowBoth() {
  var (lists, events) = accounts(fromPool: true, seed: 2)
  for index in lists.indices { lists[index].isSuspect = nil }
  let found = eventOverlaps(lists, events, thresholds: OverlapThresholds())
  #expect(found.count == 6 && found.allSatisfy { $0.kind == .followedBoth })
  #expect(sharedBlocks(found, lists, events).isEmpty)
}

@Test func oneTownIsNoOverlap() {
  for seed in UInt64(3)..<8 {
    let (lists, events) = accounts(fromPool: false, seed: seed)
    #expect(eventOverlaps(lists, events, thresholds: OverlapThresholds()).isEmpty, "seed \(seed)")
  }
  #expect(eventOverlaps([], [], thresholds: OverlapThresholds()).isEmpty)
}

@Test func listsInCommon() {
  let lists = [[1, 2, 3, 4], [3, 4, 5], [9]].map { OverlapAccount(members: $0) }
  let found = listOverlaps(lists)
  #expect(found.map(\.shared) == [2, 0, 0])
  #expect(found[0].jaccard == 0.4 && found[0].containment == 2.0 / 3)
}
