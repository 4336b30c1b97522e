/// The followers of one account, as the overlap tests read them.
package struct OverlapAccount: Sendable {
  /// Followers in follow order, as dense numbers, each at most once.
  ///
  /// The same person is the same number on all accounts.
  package var members: [Int32]
  /// Per member whether the profile or the cohort makes it suspect; nil where that is not known.
  package var isSuspect: [Bool]?
  /// The days on which somebody followed, rising; none where they are not known.
  package var days: [FollowDay]

  package init(members: [Int32], isSuspect: [Bool]? = nil, days: [FollowDay] = []) {
    self.members = members
    self.isSuspect = isSuspect
    self.days = days
  }

  /// The rows of who followed on some days.
  func rows(on days: ClosedRange<Int64>) -> Range<Int> {
    let start = firstRow(from: days.lowerBound)
    return start..<max(start, firstRow(from: days.upperBound + 1))
  }

  /// The first row of a day or a later one.
  private func firstRow(from day: Int64) -> Int {
    let place = self.days.partitioningIndex { $0.day >= day }
    return place < self.days.count ? self.days[place].rows.lowerBound : members.count
  }

  /// The days of the first and the last of some rows; nil where days are not known.
  package func days(of rows: Range<Int>) -> ClosedRange<Int64>? {
    guard let last = rows.last, !days.isEmpty else { return nil }
    let (from, to) = (day(ofRow: rows.lowerBound), day(ofRow: last))
    return from.flatMap { from in to.map { from...max(from, $0) } }
  }

  private func day(ofRow row: Int) -> Int64? {
    let place = days.partitioningIndex { $0.rows.upperBound > row }
    return place < days.count ? days[place].day : nil
  }
}

/// Those of a list who followed on one day.
package struct FollowDay: Hashable, Sendable {
  /// In days since 1970.
  package var day: Int64
  package var rows: Range<Int>

  package init(day: Int64, rows: Range<Int>) {
    (self.day, self.rows) = (day, rows)
  }
}

extension [OverlapAccount] {
  /// One more than the highest number of a person.
  var people: Int { 1 + reduce(0) { Swift.max($0, Int($1.members.max() ?? -1)) } }
}

/// A flagged event of one account.
package struct OverlapEvent: Sendable {
  /// Index of the account.
  package var account: Int
  /// Rows of its members in the account's list, rising.
  package var rows: [Int]
  /// Set where it is no event of the account by itself.
  package var sought: Sought?

  /// Why a stretch of days is looked at: many of its followers are on another account too.
  package struct Sought: Hashable, Sendable {
    /// Index of that account.
    package var other: Int
    /// How many stretches were tried.
    package var tried: Int
  }

  package init(account: Int, rows: [Int], sought: Sought? = nil) {
    self.account = account
    self.rows = rows
    self.sought = sought
  }
}
