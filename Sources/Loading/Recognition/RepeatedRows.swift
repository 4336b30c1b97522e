import Columns
import Synchronization
import Tasks

/// Rows that name an account which the same list already has, as overlapping pages of an API give.
struct RepeatedRows {
  private(set) var count = 0
  /// Whether only repetitions near each other were looked for, because the list is long.
  private(set) var isNearOnly = false

  private static let exactLimit = 1 << 18

  /// Counts by the key column, within each account.
  ///
  /// A list without ids and names may have a hash of the name: then rows repeat where the time of
  /// creation is the same, too.
  init(_ table: Table, key: String?, workers: Workers) throws {
    var marking: [Column] = []
    if let key, let keys = table.column(key) {
      marking = [keys]
    } else if let hash = RepeatedRows.hashColumn(table), let created = table.column("created_at") {
      marking = [hash, created]
    }
    guard let keys = marking.first else { return }
    let accounts = marking.dropFirst() + [table.column("account")].compactMap { $0 }
    isNearOnly = table.rowCount > RepeatedRows.exactLimit
    if isNearOnly {
      try countNear(keys, accounts, workers)
    } else {
      count = RepeatedRows.countExact(keys, accounts)
    }
  }

  /// The first column of hashes of a name or an id.
  private static func hashColumn(_ table: Table) -> Column? {
    let position = table.schema.fields.firstIndex { field in
      let name = foldedName(field.originalName ?? field.name)
      return name.hasSuffix("hash")
        && ["id", "user", "name", "screenname", "account", "handle", "follower"].contains {
          name.hasPrefix($0)
        }
    }
    return position.map { table.columns[$0] }
  }

  /// One number for key and account, never 0; equal for others only by chance.
  private static func marks(
    _ keys: Column, _ accounts: ArraySlice<Column>, _ index: Int
  ) -> [UInt64] {
    let own = keys.segments[index].fingerprints()
    var groups = [UInt64](repeating: 0, count: own.count)
    for column in accounts {
      let others = column.segments[index].fingerprints()
      for row in groups.indices {
        groups[row] = (groups[row] ^ UInt64(bitPattern: others[row])) &* 0x9E37_79B9_7F4A_7C15
      }
    }
    return own.indices.map { row in
      let group = groups[row]
      let mixed = (UInt64(bitPattern: own[row]) ^ group) &* 0xD6E8_FEB8_6659_FD93
      let mark = mixed ^ mixed &>> 32
      return mark == 0 ? 1 : mark
    }
  }

  private static func countExact(_ keys: Column, _ accounts: ArraySlice<Column>) -> Int {
    var capacity = 64
    while capacity < keys.rowCount * 2 { capacity *= 2 }
    var table = [UInt64](repeating: 0, count: capacity)
    var repeated = 0
    for index in keys.segments.indices {
      let segment = keys.segments[index]
      for (row, mark) in marks(keys, accounts, index).enumerated() where !segment.isNull(at: row) {
        var slot = Int(truncatingIfNeeded: mark) & (capacity - 1)
        while table[slot] != 0, table[slot] != mark { slot = (slot + 1) & (capacity - 1) }
        repeated += table[slot] == mark ? 1 : 0
        table[slot] = mark
      }
    }
    return repeated
  }

  /// A table of the latest rows for runs of segments, each warmed up by the segment before.
  private mutating func countNear(
    _ keys: Column, _ accounts: ArraySlice<Column>, _ workers: Workers
  ) throws {
    let run = 16
    let total = (keys.segments.count + run - 1) / run
    let counts = try workers.map(total) { _, index in
      let first = index * run
      var table = [UInt64](repeating: 0, count: 1 << 16)
      var repeated = 0
      for place in max(0, first - 1)..<min(first + run, keys.segments.count) {
        var found = 0
        for mark in RepeatedRows.marks(keys, accounts, place) {
          let slot = Int(truncatingIfNeeded: mark) & 0xFFFF
          found += table[slot] == mark ? 1 : 0
          table[slot] = mark
        }
        if place >= first { repeated += found }
      }
      return repeated
    }
    count = counts.reduce(0, +)
  }
}
