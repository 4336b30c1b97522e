/// The followers of one account, as the overlap tests read them.
package struct OverlapAccount: Sendable {
  /// Followers in follow order, as dense numbers, each at most once.
  ///
  /// The same person is the same number on all accounts.
  package var members: [Int32]
  /// Per member whether the profile or the cohort makes it suspect; nil where that is not known.
  package var isSuspect: [Bool]?

  package init(members: [Int32], isSuspect: [Bool]? = nil) {
    self.members = members
    self.isSuspect = isSuspect
  }
}

extension [OverlapAccount] {
  /// One more than the highest number of a person.
  package var people: Int { 1 + reduce(0) { Swift.max($0, Int($1.members.max() ?? -1)) } }
}

/// A flagged event of one account.
package struct OverlapEvent: Sendable {
  /// Index of the account.
  package var account: Int
  /// Rows of its members in the account's list, rising.
  package var rows: [Int]

  package init(account: Int, rows: [Int]) {
    self.account = account
    self.rows = rows
  }
}

/// Where each person stands in a list: rows by member, −1 for nobody.
struct MemberRows {
  private let rows: [Int32]
  /// A bit for each person who is in the list: small enough for the cache, and most people are not.
  private let isMember: [UInt64]

  /// O(people).
  init(_ account: OverlapAccount, people: Int) {
    var rows = [Int32](repeating: -1, count: people)
    var isMember = [UInt64](repeating: 0, count: people / 64 + 1)
    for (row, member) in account.members.enumerated() {
      rows[Int(member)] = Int32(row)
      isMember[Int(member) >> 6] |= 1 << UInt64(member & 63)
    }
    self.rows = rows
    self.isMember = isMember
  }

  /// The row of a member, or nil.
  func row(of member: Int32) -> Int? {
    guard isMember[Int(member) >> 6] >> UInt64(member & 63) & 1 != 0 else { return nil }
    return Int(rows[Int(member)])
  }
}
