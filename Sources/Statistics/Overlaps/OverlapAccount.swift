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
