/// The states of the groups that a worker, or a part of all groups, has seen.
final class GroupStates: @unchecked Sendable {
  // @unchecked: one worker writes; read and merged after its loop has ended.
  /// The ordinal of the first row of each group; `none` for numbers that no row has.
  let firsts: Store<Int64>
  let accumulators: [any Accumulator]
  /// The keys of hashed groups.
  let table: KeyTable?

  static let none = Int64.max

  /// The number of groups that have a row.
  private var seenCount = 0

  init(_ accumulators: [any Accumulator], table: KeyTable?) {
    self.accumulators = accumulators
    self.table = table
    firsts = Store(capacity: 64)
  }

  /// Makes room for groups 0 ..< `count`.
  func resize(to count: Int) {
    if count <= firsts.count { return }
    firsts.resize(to: count, filling: GroupStates.none)
    for accumulator in accumulators { accumulator.resize(to: count) }
  }

  /// Updates all states with a block, whose arguments `arguments` gives by position; blocks come in
  /// order of rows unless each row has its ordinal.
  func update(_ rows: GroupedRows, _ arguments: (_ position: Int) -> [DenseColumn]) {
    var counted = -1
    // Many groups: their rows and first places are best kept in one loop.
    if !rows.isSingleGroup, firsts.count > 256, rows.ordinals == nil,
      let position = accumulators.firstIndex(where: { ($0 as? Counts)?.kind == .rows }),
      let counts = accumulators[position] as? Counts
    {
      counts.countRows(rows, notingFirsts: firsts.pointer)
      counted = position
    } else {
      noteFirsts(rows)
    }
    for (position, accumulator) in accumulators.enumerated() where position != counted {
      accumulator.update(rows, arguments(position))
    }
  }

  /// Keeps the places of first rows.
  private func noteFirsts(_ rows: GroupedRows) {
    if rows.ordinals != nil {
      noteLeast(rows)
      return
    }
    if seenCount >= firsts.count - 1 { return }
    let firsts = firsts.pointer
    if rows.isSingleGroup {
      if rows.count > 0 {
        firsts[1] = min(firsts[1], rows.ordinal(0))
        seenCount = 1
      }
      return
    }
    for row in 0..<rows.count where firsts[Int(rows.groups[row])] == GroupStates.none {
      firsts[Int(rows.groups[row])] = rows.ordinal(row)
      seenCount += 1
    }
  }

  /// As `noteFirsts`, of rows in any order.
  private func noteLeast(_ rows: GroupedRows) {
    let firsts = firsts.pointer
    for row in 0..<rows.count {
      let (group, ordinal) = (Int(rows.groups[row]), rows.ordinal(row))
      firsts[group] = ordinal < firsts[group] ? ordinal : firsts[group]
    }
  }

  /// Takes in the states of other groups.
  func merge(_ other: GroupStates, _ sources: Store<UInt32>, into targets: Store<UInt32>) {
    for index in 0..<sources.count {
      let target = Int(targets.pointer[index])
      firsts.pointer[target] = min(
        firsts.pointer[target], other.firsts.pointer[Int(sources.pointer[index])])
    }
    for (own, from) in zip(accumulators, other.accumulators) {
      own.merge(from, sources.pointer, into: targets.pointer, count: sources.count)
    }
  }
}
