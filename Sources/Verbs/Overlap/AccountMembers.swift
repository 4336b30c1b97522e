import Columns
import Plans
import Statistics
import Synchronization

/// One account of a list: its members in follow order, each once.
struct AccountMembers: Sendable {
  let name: String
  let account: OverlapAccount
  private let rows: [Int32]
  private let columns: MemberColumns

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
      if account.rows.isEmpty { return }
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
    self.rows = rows
    self.columns = columns
    account = OverlapAccount(members: members, isSuspect: columns.isSuspect(rows))
  }

  /// The places of the members who followed on these days, rising.
  func places(on days: ClosedRange<Int64>) -> [Int] {
    let near = columns.places(in: rows, near: days)
    let own = columns.days(of: rows[near])
    return near.filter { own.isEmpty ? false : days.contains(own[$0 - near.lowerBound]) }
  }
}

/// What is read of each member; times and days of those alone who came about when an event was.
private struct MemberColumns: Sendable {
  private let followed: Column?
  private let days: Column?
  private let suspects: BufferSlice<UInt8>?

  /// More than a day is off UTC in any zone, in days.
  private static let zoneDays: Int64 = 2
  private static let day: Int64 = 86_400_000_000

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

  /// The days of some rows; none where there are none.
  func days(of rows: ArraySlice<Int32>) -> [Int64] {
    days?.integers(at: BufferSlice(Array(rows))) ?? []
  }

  func isSuspect(_ rows: [Int32]) -> [Bool]? {
    suspects.map { all in rows.map { all.pointer[Int($0)] > 0 } }
  }

  /// The places among rows in follow order where these days may be.
  func places(in rows: [Int32], near days: ClosedRange<Int64>) -> Range<Int> {
    guard let followed else { return rows.indices }
    func time(_ row: Int32) -> Int64 { followed.integers(at: BufferSlice([row]))[0] }
    func firstPlace(from day: Int64) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        let isLater = time(rows[middle]) >= day &* Self.day
        if isLater { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let start = firstPlace(from: days.lowerBound - Self.zoneDays)
    return start..<max(start, firstPlace(from: days.upperBound + 1 + Self.zoneDays))
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
