import Columns
import Plans
import Statistics
import Synchronization

/// One account of a list: its members in follow order, each once.
struct AccountMembers: Sendable {
  let name: String
  var account: OverlapAccount
  /// Follow day of each member, `Int64.min` where unknown.
  var days: [Int64] = []

  /// The accounts of a list with `#account`.
  ///
  /// With `#followed` and `#day` in follow order, with `class` marked as suspect. `persons`: those of its
  /// rows.
  static func all(
    _ table: Table, _ persons: BufferSlice<Int32>, people: Int, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [AccountMembers] {
    guard let accountColumn = table.column("#account") else {
      preconditionFailure("a list without #account")
    }
    let (names, numbers) = try context.textNumbers(accountColumn)
    let accounts = try RowPartition(numbers, parts: names.count, context) {
      persons.pointer[$0] >= 0
    }
    let columns = try MemberColumns(table, context)
    let made = Mutex([AccountMembers?](repeating: nil, count: names.count))
    try context.forEach(names.count) { index in
      let rows = accounts.order.part(accounts.rows(of: index))
      if rows.count == 0 { return }
      let ordered = columns.followed.map { rows.sorted(by: $0) } ?? rows
      let own = ordered.firstOfEach(persons, people: people)
      let account = columns.members(names[index], own, persons)
      made.withLock { $0[index] = account }
    }
    return made.withLock { $0.compactMap { $0 } }
  }
}

/// What is read of each member.
private struct MemberColumns: Sendable {
  private(set) var followed: BufferSlice<Int64>?
  private var days: BufferSlice<Int64>?
  private var isSuspect: BufferSlice<UInt8>?

  init(_ table: Table, _ context: AnalysisContext) throws(AnalysisFailure) {
    if let column = table.column("#followed") { followed = try context.integers(column) }
    if let column = table.column("#day") { days = try context.integers(column) }
    guard let classes = table.column("class") else { return }
    let (words, codes) = try context.textNumbers(classes)
    let suspects = words.map { $0 == "fake" || $0 == "suspect" }
    let flags = BufferSlice<UInt8>(capacity: codes.count)
    for row in 0..<codes.count {
      let code = codes.pointer[row]
      flags.pointer[row] = code >= 0 && suspects[Int(code)] ? 1 : 0
    }
    isSuspect = flags
  }

  func members(
    _ name: String, _ rows: [Int32], _ persons: BufferSlice<Int32>
  ) -> AccountMembers {
    AccountMembers(
      name: name,
      account: OverlapAccount(
        members: rows.map { persons.pointer[Int($0)] },
        isSuspect: isSuspect.map { all in rows.map { all.pointer[Int($0)] > 0 } }),
      days: days.map { days in rows.map { days.pointer[Int($0)] } } ?? [])
  }
}

extension BufferSlice<Int32> {
  /// The rows that are the first of their person.
  func firstOfEach(_ persons: BufferSlice<Int32>, people: Int) -> [Int32] {
    var kept: [Int32] = []
    kept.reserveCapacity(count)
    // A bit a person; for few rows of many people that would be more work than a set.
    if count < people / 256 {
      var seen: Set<Int32> = []
      for place in 0..<count where seen.insert(persons.pointer[Int(pointer[place])]).inserted {
        kept.append(pointer[place])
      }
      return kept
    }
    var seen = [UInt64](repeating: 0, count: people / 64 + 1)
    for place in 0..<count {
      let person = Int(persons.pointer[Int(pointer[place])])
      let bit: UInt64 = 1 << UInt64(person & 63)
      if seen[person >> 6] & bit == 0 { kept.append(pointer[place]) }
      seen[person >> 6] |= bit
    }
    return kept
  }
}
