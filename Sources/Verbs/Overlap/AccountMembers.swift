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
    guard let accountColumn = table.column("#account") else {
      preconditionFailure("a list without #account")
    }
    let (names, numbers) = try context.textNumbers(accountColumn)
    let accounts = try RowPartition(numbers, parts: names.count, context, where: nil)
    let columns = try MemberColumns(table, context)
    // Where all rows stand in order, those of each account do.
    let times = try columns.timesToSort(context)
    let largestFirst = names.indices.sorted {
      (accounts.rows(of: $1).count, $0) < (accounts.rows(of: $0).count, $1)
    }
    let made = Mutex([AccountMembers?](repeating: nil, count: names.count))
    try context.forEach(names.count) { place in
      let index = largestFirst[place]
      let rows = accounts.order.part(accounts.rows(of: index))
      let ordered = times.map { rows.sorted(by: $0) } ?? rows
      let account = AccountMembers(names[index], ordered, persons, people: people, columns)
      if account.account.members.isEmpty { return }
      made.withLock { $0[index] = account }
    }
    return made.withLock { $0.compactMap { $0 } }
  }

  /// Takes the rows in follow order, some of people who are not known (−1) or stood there before.
  private init(
    _ name: String, _ ordered: BufferSlice<Int32>, _ persons: BufferSlice<Int32>, people: Int,
    _ columns: MemberColumns
  ) {
    let (rows, members) = ordered.firstOfEach(persons, people: people)
    self.name = name
    let days = columns.days(of: rows)
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
