import Columns
import Plans
import Statistics
import Synchronization

/// One account of a list: its members in follow order, each once.
struct AccountMembers: Sendable {
  let name: String
  let account: OverlapAccount
  /// The days in follow order, where these are known.
  private let days: [FollowDay]

  /// The accounts of a list with `#account`.
  ///
  /// With `#followed` and `#day` in follow order, with `authenticity` marked as suspect. `persons`: those
  /// of its rows.
  static func all(
    _ table: Table, _ persons: BufferSlice<Int32>, people: Int, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [AccountMembers] {
    let columns = try MemberColumns(table, context)
    // Where all rows stand in order, those of each account do.
    let times = try columns.timesToSort(context)
    let accounts = try listed(table, isInOrder: times == nil, context)
    let largestFirst = accounts.indices.sorted {
      (accounts[$1].rows.count, $0) < (accounts[$0].rows.count, $1)
    }
    let made = Mutex([AccountMembers?](repeating: nil, count: accounts.count))
    try context.forEach(accounts.count) { place in
      let index = largestFirst[place]
      let own = accounts[index]
      let ordered = times.map { own.rows.sorted(by: $0) } ?? own.rows
      let account = AccountMembers(own, ordered, persons, people: people, columns)
      if account.account.members.isEmpty { return }
      made.withLock { $0[index] = account }
    }
    return made.withLock { $0.compactMap { $0 } }
  }

  /// An account of a list, and its rows in the order of that.
  private struct Listed {
    let name: String
    let rows: BufferSlice<Int32>
    /// The same by day, where that is the order of the list, and there are no fewer rows than days.
    let byDay: AccountRows.Account?
  }

  /// The accounts of a list.
  ///
  /// Where its rows are in follow order, as other analyses know them by day already.
  private static func listed(
    _ table: Table, isInOrder: Bool, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [Listed] {
    guard let account = table.column("#account") else {
      preconditionFailure("a list without #account")
    }
    if isInOrder, table.column("#followed") != nil, table.column("#day") != nil {
      let byDay = try context.rowsByDay(table)
      if byDay.leftOut == 0, byDay.accounts.allSatisfy(\.isInListOrder) {
        return byDay.accounts.map {
          Listed(name: $0.name, rows: $0.rows, byDay: $0.periodCount <= $0.rows.count ? $0 : nil)
        }
      }
    }
    let (names, numbers) = try context.textNumbers(account)
    let parts = try RowPartition(numbers, parts: names.count, context, where: nil)
    return names.indices.map { index in
      Listed(name: names[index], rows: parts.order.part(parts.rows(of: index)), byDay: nil)
    }
  }

  /// Takes the rows in follow order, some of people who are not known (−1) or stood there before.
  private init(
    _ listed: Listed, _ ordered: BufferSlice<Int32>, _ persons: BufferSlice<Int32>, people: Int,
    _ columns: MemberColumns
  ) {
    let (rows, members) = ordered.firstOfEach(persons, people: people)
    name = listed.name
    let days = listed.byDay?.followDays(of: rows) ?? columns.days(of: rows)
    self.days = days
    account = OverlapAccount(
      members: members, isSuspect: columns.isSuspect(rows),
      days: zip(days, days.dropFirst()).allSatisfy { $0.day < $1.day } ? days : [])
  }

  /// The places of the members who followed on these days, rising.
  func places(on wanted: ClosedRange<Int64>) -> [Int] {
    days.filter { wanted.contains($0.day) }.flatMap(\.rows)
  }
}

/// What is read of each member.
private struct MemberColumns: Sendable {
  private let followed: Column?
  private let days: Column?
  private let suspects: BufferSlice<UInt8>?

  init(_ table: Table, _ context: AnalysisContext) throws(AnalysisFailure) {
    followed = table.column("#followed")
    days = table.column("#day")
    if let judged = table.column("authenticity") {
      suspects = try context.flags(judged, of: ["fake", "suspect"])
    } else {
      suspects = nil
    }
  }

  /// The follow times of all rows; nil where there are none, and where all rows stand in their order.
  func timesToSort(_ context: AnalysisContext) throws(AnalysisFailure) -> BufferSlice<Int64>? {
    guard let followed, try !context.isAscending(followed) else { return nil }
    return try context.integers(followed)
  }

  /// The days of rows in follow order; those without one are left out.
  func days(of rows: [Int32]) -> [FollowDay] {
    guard let days else { return [] }
    let own = days.integers(at: BufferSlice(rows))
    var runs: [FollowDay] = []
    var start = 0
    while start < own.count {
      let day = own[start]
      var end = start + 1
      while end < own.count, own[end] == day { end += 1 }
      if day != .min { runs.append(FollowDay(day: day, rows: start..<end)) }
      start = end
    }
    return runs
  }

  func isSuspect(_ rows: [Int32]) -> [Bool]? {
    suspects.map { all in rows.map { all.pointer[Int($0)] > 0 } }
  }
}

extension AccountRows.Account {
  /// The days of some of the rows, which rise as those of the list do; O(days × log rows).
  fileprivate func followDays(of some: [Int32]) -> [FollowDay] {
    let some = BufferSlice(some)
    var days: [FollowDay] = []
    var place = 0
    for period in 0..<periodCount where starts[period] < starts[period + 1] {
      let end = starts[period + 1]
      let next = end < rows.count ? some.place(of: rows.pointer[end], from: place) : some.count
      if place < next { days.append(FollowDay(day: Int64(first + period), rows: place..<next)) }
      place = next
    }
    return days
  }
}

extension BufferSlice<Int32> {
  /// The rows that are the first of their person, and who that is; those of −1 are nobody's.
  func firstOfEach(
    _ persons: BufferSlice<Int32>, people: Int
  ) -> (rows: [Int32], members: [Int32]) {
    // A bit a person; for few rows of many people that would be more work than a set.
    if count < people / 256 {
      var seen: Set<Int32> = [-1]
      let rows = array.filter { seen.insert(persons.pointer[Int($0)]).inserted }
      return (rows, rows.map { persons.pointer[Int($0)] })
    }
    var seen = [UInt64](repeating: 0, count: people / 64 + 1)
    var members: [Int32] = []
    let rows = [Int32](unsafeUninitializedCapacity: count) { rows, kept in
      members = [Int32](unsafeUninitializedCapacity: count) { members, filled in
        for place in 0..<count {
          let row = pointer[place]
          let person = persons.pointer[Int(row)]
          if person < 0 { continue }
          let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: person & 63)
          let isFirst = seen[Int(person) >> 6] & bit == 0
          seen[Int(person) >> 6] |= bit
          rows.initializeElement(at: kept, to: row)
          members.initializeElement(at: kept, to: person)
          kept &+= isFirst ? 1 : 0
        }
        filled = kept
      }
    }
    return (rows, members)
  }
}
