/// Which accounts each person follows, and whether the person came to it in an event: one row a person.
///
/// Four bytes a person and four a follower.
struct FollowedAccounts: Sendable {
  /// Where each person's entries begin; one more than people.
  private let starts: [Int32]
  /// Twice the number of the account, and one more for a follower of an event; rising for each person.
  private let entries: [UInt32]

  /// O(people + followers of all accounts).
  init(_ accounts: [OverlapAccount], isInEvent: [[Bool]], people: Int) {
    var ends = [Int32](repeating: 0, count: people + 1)
    for account in accounts {
      for member in account.members { ends[Int(member) + 1] += 1 }
    }
    for person in 0..<people { ends[person + 1] += ends[person] }
    starts = ends
    var entries = [UInt32](repeating: 0, count: Int(ends[people]))
    for (index, account) in accounts.enumerated() {
      for (row, member) in account.members.enumerated() {
        let place = Int(ends[Int(member)])
        entries[place] = UInt32(2 * index) + (isInEvent[index][row] ? 1 : 0)
        ends[Int(member)] += 1
      }
    }
    self.entries = entries
  }

  /// Calls back with each account that a person follows, if the person did not come in an event.
  @inline(__always)
  func forEachQuiet(of person: Int32, _ body: (Int) -> Void) {
    for place in Int(starts[Int(person)])..<Int(starts[Int(person) + 1]) {
      let entry = entries[place]
      if entry & 1 == 0 { body(Int(entry >> 1)) }
    }
  }
}
