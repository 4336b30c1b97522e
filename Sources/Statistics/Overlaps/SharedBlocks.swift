/// Events of several accounts that hold the same suspect followers.
package struct SharedBlock: Hashable, Sendable {
  /// Indices of the events, rising.
  package var events: [Int]
  /// Accounts that the events' members sit on, with an event or without, rising.
  package var accounts: [Int]
  /// Members of at least three of the events, rising: the strongest list.
  package var core: [Int32]
}

/// The connected components of shared blocks, largest first.
///
/// Two events are joined where one's overlap with the other's account is a shared block and the other is
/// the event nearest to it (the idea of CopyCatch, Beutel et al. 2013, and SynchroTrap, Cao et al. 2014:
/// many actors, same targets, same time). O(members of all events).
package func sharedBlocks(
  _ overlaps: [EventOverlap], _ accounts: [OverlapAccount], _ events: [OverlapEvent]
) -> [SharedBlock] {
  var parent = Array(events.indices)
  func root(_ event: Int) -> Int {
    var event = event
    while parent[event] != event {
      parent[event] = parent[parent[event]]
      event = parent[event]
    }
    return event
  }
  let blocks = overlaps.filter { $0.kind == .sharedBlock }
  for block in blocks {
    if let nearest = block.nearest { parent[root(nearest)] = root(block.event) }
  }
  var groups: [Int: (events: Set<Int>, accounts: Set<Int>)] = [:]
  for block in blocks {
    var group = groups[root(block.event)] ?? ([], [])
    group.events.insert(block.event)
    group.events.formUnion(block.nearest.map { [$0] } ?? [])
    group.accounts.formUnion([events[block.event].account, block.other])
    groups[root(block.event)] = group
  }
  return groups.values.map { group in
    let members = group.events.sorted()
    return SharedBlock(
      events: members, accounts: group.accounts.sorted(), core: core(members, accounts, events))
  }.sorted { ($1.accounts.count, $0.events[0]) < ($0.accounts.count, $1.events[0]) }
}

private func core(
  _ group: [Int], _ accounts: [OverlapAccount], _ events: [OverlapEvent]
) -> [Int32] {
  var counts: [Int32: Int] = [:]
  for index in group {
    let account = accounts[events[index].account]
    for row in events[index].rows { counts[account.members[row], default: 0] += 1 }
  }
  return counts.filter { $0.value >= 3 }.keys.sorted()
}
