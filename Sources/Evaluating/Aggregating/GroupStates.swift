import Columns

/// The states of the groups that a worker, or a part of all groups, has seen.
final class GroupStates: @unchecked Sendable {
  // @unchecked: one worker writes; read and merged after its loop has ended.
  /// The ordinal of the first row of each group; `none` for numbers that no row has.
  let firsts: Store<Int64>
  let accumulators: [any Accumulator]
  /// The keys of hashed groups.
  let table: KeyTable?

  static let none = Int64.max

  /// All groups of a table of so few are taken for those of a block.
  private static let fewGroups = 64
  /// Above so many hashed groups no block is looked at for few of them.
  private static let manyGroups = 1 << 16

  /// The first row of each group of a span in a block.
  private let nearest = Store<Int32>(capacity: 64)
  /// The counts of rows among the accumulators, and those that can count along.
  private let rowCounts: (position: Int, counts: Counts)?
  private let counting: [(position: Int, accumulator: any CountingAccumulator)]

  init(_ accumulators: [any Accumulator], table: KeyTable?) {
    self.accumulators = accumulators
    self.table = table
    firsts = Store(capacity: 64)
    rowCounts =
      accumulators.enumerated().lazy.compactMap { position, accumulator in
        (accumulator as? Counts).flatMap { $0.kind == .rows ? (position, $0) : nil }
      }.first
    counting = accumulators.enumerated().compactMap { position, accumulator in
      (accumulator as? any CountingAccumulator).map { (position, $0) }
    }
  }

  /// Makes room for groups 0 ..< `count`.
  func resize(to count: Int) {
    if count <= firsts.count { return }
    firsts.resize(to: count, filling: GroupStates.none)
    for accumulator in accumulators { accumulator.resize(to: count) }
  }

  /// Updates all states with a block, whose arguments `arguments` gives by position; blocks come in
  /// order of rows unless each row has its ordinal.
  func update(_ all: GroupedRows, _ arguments: (_ position: Int) -> [DenseColumn]) {
    var rows = all
    rows.span = span(of: rows)
    var done: (Int, Int) = (-1, -1)
    // Many groups: their rows and first places are best kept in one loop.
    if !rows.isSingleGroup, rows.span == nil, rows.ordinals == nil,
      let (position, counts) = rowCounts
    {
      counts.countRows(rows, notingFirsts: firsts.pointer)
      done = (position, position)
    } else {
      noteFirsts(rows)
      if rows.span != nil, let (position, counts) = rowCounts,
        let other = counting.first(where: {
          $0.accumulator.update(rows, arguments($0.position), counting: counts.counts)
        })
      {
        done = (position, other.position)
      }
    }
    for (position, accumulator) in accumulators.enumerated()
    where position != done.0 && position != done.1 {
      accumulator.update(rows, arguments(position))
    }
  }

  /// The groups among which those of a block are, where they are few: of a list in order of time those of
  /// a day lie side by side, however many days there are.
  private func span(of rows: GroupedRows) -> Range<Int>? {
    if rows.isSingleGroup || rows.count == 0 { return nil }
    if firsts.count <= Self.fewGroups { return 0..<firsts.count }
    // Groups by hash are numbered as they come: many of them are never few in a block.
    if table != nil, firsts.count > Self.manyGroups { return nil }
    let (low, high, _) = rows.groups.withMemoryRebound(to: Int32.self, capacity: rows.count) {
      valueBounds($0, count: rows.count)
    }
    // Copies of each group's sum are put together behind the block: that must cost less than its rows.
    return high - low < Int32(min(Lanes.limit, rows.count / 4)) ? Int(low)..<Int(high) + 1 : nil
  }

  /// Keeps the places of first rows.
  private func noteFirsts(_ rows: GroupedRows) {
    if rows.ordinals != nil {
      noteLeast(rows)
    } else if rows.isSingleGroup {
      if rows.count > 0 { firsts.pointer[1] = min(firsts.pointer[1], rows.ordinal(0)) }
    } else if let span = rows.span, firsts.count > Self.fewGroups {
      noteFirsts(rows, within: span)
    } else if hasUnseen {
      let firsts = firsts.pointer
      for row in 0..<rows.count where firsts[Int(rows.groups[row])] == GroupStates.none {
        firsts[Int(rows.groups[row])] = rows.ordinal(row)
      }
    }
  }

  /// Whether a group has no row yet, as far as a look at a few tells.
  private var hasUnseen: Bool {
    firsts.count > Self.fewGroups
      || (1..<max(1, firsts.count)).contains { firsts.pointer[$0] == GroupStates.none }
  }

  /// The same where few groups are looked at: their rows are written from the last on, which waits for
  /// nothing, and only if one of the groups had none before.
  private func noteFirsts(_ rows: GroupedRows, within span: Range<Int>) {
    let firsts = firsts.pointer
    let isNew = span.contains { $0 > 0 && firsts[$0] == GroupStates.none }
    if !isNew { return }
    nearest.resize(to: max(nearest.count, span.count), filling: -1)
    nearest.pointer.update(repeating: -1, count: span.count)
    let near = nearest.pointer - span.lowerBound
    var row = rows.count &- 1
    while row >= 0 {
      near[Int(rows.groups[row])] = Int32(truncatingIfNeeded: row)
      row &-= 1
    }
    for group in span where firsts[group] == GroupStates.none && near[group] >= 0 {
      firsts[group] = rows.ordinal(Int(near[group]))
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
