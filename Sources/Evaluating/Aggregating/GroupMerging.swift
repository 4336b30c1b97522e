import Columns
import Tasks

/// Brings the groups of all workers together.
///
/// Dense groups have the same numbers everywhere. Hashed groups are first divided into parts by
/// their keys; each part is then merged by one worker, in a table that fits the cache.
struct GroupMerging: Sendable {
  private let layout: AggregationLayout
  private let workers: Workers
  private let crew: [AggregationWorker]
  private let smallGroups: Int

  private static let partBits = 6

  /// Up to `smallGroups` groups are merged in one part.
  init(
    _ layout: AggregationLayout, _ crew: [AggregationWorker], _ workers: Workers, smallGroups: Int
  ) {
    self.smallGroups = smallGroups
    self.layout = layout
    self.crew = crew
    self.workers = workers
  }

  /// All groups; `withLogs` when the workers' numbers are to be told.
  func merged(withLogs: Bool = false) throws(EvaluationFailure) -> MergedGroups {
    let states = crew.flatMap(\.allStates)
    let needsLogs =
      withLogs
      || layout.specifications.contains { $0.kind.isLogged }
    if layout.grouping.isDense {
      let logged =
        needsLogs ? states.map { LoggedStates(states: $0, partOf: nil, numberOf: nil) } : []
      return try MergedGroups([mergedDense(states)], logged, texts: [], layout, workers)
    }
    let texts = try unifiedTexts()
    if states.count <= 1 {
      let only = states.first ?? AggregationWorker.emptyStates(layout)
      let logged = needsLogs ? [LoggedStates(states: only, partOf: nil, numberOf: nil)] : []
      return try MergedGroups([only], logged, texts: texts, layout, workers)
    }
    let (parts, logged) = try mergedHashed(states)
    return try MergedGroups(parts, needsLogs ? logged : [], texts: texts, layout, workers)
  }

  private func mergedDense(_ states: [GroupStates]) -> GroupStates {
    guard let first = states.first else { return AggregationWorker.emptyStates(layout) }
    let same = Store<UInt32>(undefined: first.firsts.count)
    for group in 0..<same.count { same.pointer[group] = UInt32(truncatingIfNeeded: group) }
    for other in states.dropFirst() { first.merge(other, same, into: same) }
    return first
  }

  /// One numbering of the texts of each key; the words of all states are changed to it.
  private func unifiedTexts() throws(EvaluationFailure) -> [KeyTexts?] {
    var all: [KeyTexts?] = []
    for key in layout.grouping.keys.indices {
      guard layout.grouping.isInterned(key) else {
        all.append(nil)
        continue
      }
      let interners = crew.compactMap { $0.keyInterners[key] }
      let unified = try UnifiedTexts(interners.isEmpty ? [TextInterner()] : interners, workers)
      all.append(KeyTexts(unified))
      if interners.count <= 1 { continue }
      try workers.run(crew.count) { _, index throws(EvaluationFailure) in
        for table in crew[index].allStates.compactMap(\.table) {
          translate(table, key, unified.numbers[index].pointer)
        }
      }
    }
    return all
  }

  private func translate(_ table: KeyTable, _ key: Int, _ numbers: UnsafePointer<UInt32>) {
    let width = layout.grouping.keyWidth
    if let part = layout.grouping.packing?.parts[key] {
      for group in stride(from: 1, through: table.count, by: 1) {
        let word = table.words.pointer[group]
        let number = UInt64(numbers[Int(truncatingIfNeeded: part.code(in: word))])
        table.words.pointer[group] = word & ~(part.mask &<< part.shift) | number &<< part.shift
      }
      return
    }
    for group in stride(from: 1, through: table.count, by: 1) {
      // A null's word is 0, as is that of the number kept for null.
      let word = table.words.pointer + group * width + key
      word.pointee = UInt64(numbers[Int(truncatingIfNeeded: word.pointee)])
    }
  }

  /// The groups of a state by part.
  private struct Division: Sendable {
    let partOf: Store<UInt8>
    let numberOf: Store<UInt32>
    /// Group numbers in order of part, and where each part begins.
    let groups: Store<UInt32>
    let starts: [Int]
  }

  private func mergedHashed(
    _ states: [GroupStates]
  ) throws(EvaluationFailure) -> ([GroupStates], [LoggedStates]) {
    let total = states.reduce(0) { $0 + ($1.table?.count ?? 0) }
    let partCount = total <= smallGroups ? 1 : 1 << GroupMerging.partBits
    let divisions = Portions<Division>(count: states.count)
    try workers.run(states.count) { _, index throws(EvaluationFailure) in
      divisions.set(index, divide(states[index], partCount))
    }
    let divided = divisions.all
    let parts = Portions<GroupStates>(count: partCount)
    try workers.run(partCount) { _, part throws(EvaluationFailure) in
      parts.set(part, merge(states, divided, part, expecting: total / partCount))
    }
    let logged = zip(states, divided).map { states, division in
      LoggedStates(states: states, partOf: division.partOf, numberOf: division.numberOf)
    }
    return (parts.all, logged)
  }

  private func divide(_ states: GroupStates, _ partCount: Int) -> Division {
    let count = states.firsts.count
    let partOf = Store<UInt8>(repeating: 0, count: count)
    var sizes = [Int](repeating: 0, count: partCount)
    let width = layout.grouping.keyWidth
    let isNullKept = layout.grouping.reservesNull
    for group in stride(from: 1, to: count, by: 1)
    where states.firsts.pointer[group] != GroupStates.none {
      if let table = states.table, partCount > 1, !(isNullKept && group == 1) {
        let hash = mix(KeyTable.hash(table.words.pointer + group * width, width))
        partOf.pointer[group] = UInt8(truncatingIfNeeded: hash & UInt64(partCount - 1))
      }
      sizes[Int(partOf.pointer[group])] += 1
    }
    var starts = [0]
    for size in sizes { starts.append((starts.last ?? 0) + size) }
    var cursors = starts
    let groups = Store<UInt32>(undefined: max(1, starts.last ?? 0))
    for group in stride(from: 1, to: count, by: 1)
    where states.firsts.pointer[group] != GroupStates.none {
      let part = Int(partOf.pointer[group])
      groups.pointer[cursors[part]] = UInt32(truncatingIfNeeded: group)
      cursors[part] += 1
    }
    return Division(
      partOf: partOf, numberOf: Store(repeating: 0, count: count), groups: groups, starts: starts)
  }

  private func merge(
    _ states: [GroupStates], _ divisions: [Division], _ part: Int, expecting groups: Int
  ) -> GroupStates {
    let table = HashGrouper.makeTable(layout.grouping, expecting: groups)
    let merged = GroupStates(AggregationWorker.emptyStates(layout).accumulators, table: table)
    for (source, division) in zip(states, divisions) {
      let bounds = division.starts[part]..<division.starts[part + 1]
      guard let from = source.table, !bounds.isEmpty else { continue }
      let sources = Store<UInt32>(undefined: bounds.count)
      sources.pointer.update(from: division.groups.pointer + bounds.lowerBound, count: bounds.count)
      let targets = Store<UInt32>(undefined: bounds.count)
      number(sources, of: from, in: table, into: targets.pointer)
      let numberOf = division.numberOf.pointer
      for (group, target) in zip(sources.elements, targets.elements) {
        numberOf[Int(group)] = target
      }
      merged.resize(to: table.count + 1)
      merged.merge(source, sources, into: targets)
    }
    return merged
  }

  /// Writes the numbers of a table's groups in another one.
  private func number(
    _ groups: Store<UInt32>, of from: KeyTable, in table: KeyTable,
    into targets: UnsafeMutablePointer<UInt32>
  ) {
    let width = from.width
    let keys = from.words.pointer
    let groups = groups.elements
    let words = Store<UInt64>(undefined: groups.count * width)
    let copies = words.pointer
    for index in 0..<groups.count {
      let key = keys + Int(groups[index]) &* width
      for word in 0..<width { copies[index &* width &+ word] = key[word] }
    }
    table.number(copies, groups.count, into: targets)
    withExtendedLifetime(words) {}
    if layout.grouping.reservesNull {
      for index in 0..<groups.count where groups[index] == 1 { targets[index] = 1 }
    }
  }
}
