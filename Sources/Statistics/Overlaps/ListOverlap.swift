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
  let people = 1 + accounts.reduce(0) { max($0, Int($1.members.max() ?? -1)) }
  var overlaps: [ListOverlap] = []
  for other in accounts.indices.dropFirst() {
    let rows = MemberRows(accounts[other], people: people)
    for account in 0..<other {
      let sizes = (accounts[account].members.count, accounts[other].members.count)
      let shared = accounts[account].members.reduce(0) { $0 + (rows.row(of: $1) != nil ? 1 : 0) }
      overlaps.append(
        ListOverlap(
          account: account, other: other, followers: sizes.0, shared: shared,
          jaccard: Double(shared) / Double(max(1, sizes.0 + sizes.1 - shared)),
          containment: Double(shared) / Double(max(1, min(sizes.0, sizes.1)))))
    }
  }
  return overlaps.sorted { ($0.account, $0.other) < ($1.account, $1.other) }
}
