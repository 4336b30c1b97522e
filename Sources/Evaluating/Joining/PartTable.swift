import Columns

/// The right rows of one part of a join by the number of their key; one worker's.
final class PartTable {
  private let hashed: HashGrouper
  private let keyCount: Int
  private let groups: Store<UInt32>
  private let starts = Store<UInt32>(capacity: 1 << 10)
  private var keys = 0
  /// The right rows in order of key, and of one key in their order.
  let order: Store<UInt32>
  /// Where in `order` the matches of each left row begin and end.
  let firsts: Store<UInt32>
  let ends: Store<UInt32>

  /// So many places of `order` are read at once, also behind the last.
  static let matchesAtOnce = SIMD4<UInt32>.scalarCount

  /// `layout` is that of the right side, whose keys have the types of the left's.
  init(_ layout: ScatterLayout, blockRows: Int) {
    keyCount = layout.keyCount
    let keys = layout.columns.prefix(keyCount).indices.map { key in
      KeyLayout(
        type: layout.types[key], domain: nil, unit: 1, isStored: true, mayBeNull: true)
    }
    hashed = HashGrouper(
      GroupingLayout(keys: keys, rows: 0, trustsDomains: false), blockRows: blockRows, isFar: true)
    groups = Store(undefined: blockRows)
    order = Store(undefined: blockRows + PartTable.matchesAtOnce)
    firsts = Store(undefined: blockRows)
    ends = Store(undefined: blockRows)
  }

  /// Forgets all rows; about so many come.
  func renew(expecting rows: Int) {
    hashed.renew(expecting: min(rows, 1 << 15))
    starts.removeAll()
    starts.resize(to: 2, filling: 0)
    keys = 0
  }

  /// Takes all right rows of a part.
  func build(_ columns: [DenseColumn], _ rows: GroupedRows) {
    number(columns, rows)
    keys = hashed.groupCount
    starts.removeAll()
    starts.resize(to: keys + 2, filling: 0)
    let (groups, starts, order) = (groups.pointer, starts.pointer, order.pointer)
    // Group 0 is that of rows without a key: they are put first, where nobody looks.
    for row in 0..<rows.count { starts[Int(groups[row]) &+ 1] &+= 1 }
    for group in 0..<keys { starts[group &+ 1] &+= starts[group] }
    for row in 0..<rows.count {
      let group = Int(groups[row])
      order[Int(starts[group])] = UInt32(truncatingIfNeeded: row)
      starts[group] &+= 1
    }
    // Each now stands at its end: that of the one before is its start.
  }

  /// Whether no two right rows have the same key.
  var isUnique: Bool {
    let starts = starts.pointer
    for group in stride(from: 1, to: keys, by: 1) where starts[group] &- starts[group &- 1] > 1 {
      return false
    }
    return true
  }

  /// Finds the matches of left rows.
  func find(_ columns: [DenseColumn], _ rows: GroupedRows) {
    number(columns, rows)
    findOwn(rows)
  }

  /// Finds the matches of rows that were numbered last: of all right rows themselves after `build`.
  func findOwn(_ rows: GroupedRows) {
    let (groups, starts) = (groups.pointer, starts.pointer)
    let (firsts, ends) = (firsts.pointer, ends.pointer)
    for row in 0..<rows.count {
      let group = Int(groups[row])
      // A key that the right has not got a number behind all of theirs.
      let isKnown = group > 0 && group < keys
      firsts[row] = isKnown ? starts[group &- 1] : 0
      ends[row] = isKnown ? starts[group] : 0
    }
  }

  /// The number of each row's key, 0 where a key is null.
  private func number(_ columns: [DenseColumn], _ rows: GroupedRows) {
    let own = Array(columns.prefix(keyCount))
    _ = hashed.number(own, rows, into: groups.pointer)
    for key in own {
      guard let validity = key.validity else { continue }
      for row in 0..<rows.count where !rows.isPresent(validity, row) { groups.pointer[row] = 0 }
    }
  }
}
