/// Counts rows of a group: all, those whose argument is null, or those whose argument is true.
final class Counts: CountingAccumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  enum Kind { case rows, nulls, trues }

  let kind: Kind
  let counts: Store<Int64>
  private let lanes = Lanes()

  init(_ kind: Kind) {
    self.kind = kind
    counts = Store(capacity: 64)
  }

  func resize(to count: Int) { counts.resize(to: count, filling: 0) }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    switch kind {
    case .rows: countRows(rows)
    case .nulls: countNulls(rows, arguments[0])
    case .trues: countTrues(rows, arguments[0])
    }
  }

  func update(
    _ rows: GroupedRows, _ arguments: [DenseColumn], counting ones: Store<Int64>
  ) -> Bool {
    guard kind == .trues, case .bytes(let bytes) = arguments[0].values,
      arguments[0].validity == nil, let span = rows.span, rows.count <= Lanes.mostCounted
    else { return false }
    lanes.add(
      bytes, rows.groups, rows.count, scale: 1, into: counts, within: span, counting: ones)
    return true
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? Counts else { return }
    let from = other.counts.pointer
    let into = counts.pointer
    for index in 0..<count { into[Int(targets[index])] &+= from[Int(sources[index])] }
  }

  private func countRows(_ rows: GroupedRows) {
    if rows.isSingleGroup {
      counts.pointer[1] &+= Int64(rows.count)
    } else if let span = rows.span {
      lanes.addOnes(rows.groups, rows.count, into: counts, within: span)
    } else {
      let counts = counts.pointer
      for row in 0..<rows.count { counts[Int(rows.groups[row])] &+= 1 }
    }
  }

  /// Counts rows, and keeps the places of those that are the first of their group.
  func countRows(_ rows: GroupedRows, notingFirsts firsts: UnsafeMutablePointer<Int64>) {
    let counts = counts.pointer
    for row in 0..<rows.count {
      let group = Int(rows.groups[row])
      let count = counts[group]
      if count == 0 { firsts[group] = rows.ordinal(row) }
      counts[group] = count &+ 1
    }
  }

  /// A null is where the argument's own group is 0 and the row's is not.
  private func countNulls(_ rows: GroupedRows, _ argument: DenseColumn) {
    if argument.validity == nil { return }
    let counts = counts.pointer
    for row in 0..<rows.count {
      counts[Int(rows.groups[row])] &+= argument.groups[row] == 0 ? 1 : 0
    }
  }

  private func countTrues(_ rows: GroupedRows, _ argument: DenseColumn) {
    guard case .bytes(let bytes) = argument.values else { return }
    let counts = counts.pointer
    if rows.isSingleGroup, argument.validity == nil {
      var total = 0
      for row in 0..<rows.count { total &+= Int(bytes[row]) }
      counts[1] &+= Int64(total)
    } else if let span = argument.span(in: rows) {
      lanes.add(bytes, argument.groups, rows.count, scale: 1, into: self.counts, within: span)
    } else {
      for row in 0..<rows.count { counts[Int(argument.groups[row])] &+= Int64(bytes[row]) }
    }
  }
}
