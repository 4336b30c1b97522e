/// How much two lists have in common: shared audiences mostly, never evidence.
package struct ListOverlap: Hashable, Sendable {
  /// Indices of the accounts, the first below the second.
  package var account: Int
  package var other: Int
  package var followers: Int
  package var shared: Int
  /// |A ∩ B| / |A ∪ B|.
  package var jaccard: Double
  /// |A ∩ B| / min(|A|, |B|).
  package var containment: Double
}

/// The overlap of every pair of lists, in O(rows × accounts).
package func listOverlaps(_ accounts: [OverlapAccount]) -> [ListOverlap] {
  let people = accounts.people
  return accounts.indices.flatMap { listOverlaps(accounts, on: $0, people: people) }
    .sorted { ($0.account, $0.other) < ($1.account, $1.other) }
}

/// The overlaps of one list with those before it; `people` is one more than the highest number.
package func listOverlaps(
  _ accounts: [OverlapAccount], on other: Int, people: Int
) -> [ListOverlap] {
  if other == 0 { return [] }
  var bits = [UInt64](repeating: 0, count: people / 64 + 1)
  for member in accounts[other].members { bits[Int(member) >> 6] |= 1 << UInt64(member & 63) }
  return (0..<other).map { account in
    let sizes = (accounts[account].members.count, accounts[other].members.count)
    let shared = number(of: accounts[account].members, in: bits)
    return ListOverlap(
      account: account, other: other, followers: sizes.0, shared: shared,
      jaccard: Double(shared) / Double(max(1, sizes.0 + sizes.1 - shared)),
      containment: Double(shared) / Double(max(1, min(sizes.0, sizes.1))))
  }
}

private func number(of members: [Int32], in bits: [UInt64]) -> Int {
  bits.withUnsafeBufferPointer { bits in
    var number: UInt64 = 0
    for member in members {
      number &+=
        bits[Int(truncatingIfNeeded: member) >> 6] &>> UInt64(truncatingIfNeeded: member) & 1
    }
    return Int(number)
  }
}
