import Tasks

/// The values of logs by group of the result.
struct LogReading {
  let merged: MergedGroups
  let workers: Workers
  let logs: [(states: LoggedStates, log: ValueLog)]
  /// What the text numbers of each log become; nil for words.
  let translations: [Store<UInt32>?]
  /// Whether words are those of floats, whose zeros are equal.
  private let isFloat: Bool
  /// The texts of the translated numbers.
  let texts: UnifiedTexts?

  /// Reads the logs of the specification at a position.
  init(
    _ merged: MergedGroups, _ position: Int, isFloat: Bool, _ workers: Workers
  ) throws(EvaluationFailure) {
    self.isFloat = isFloat
    self.merged = merged
    self.workers = workers
    logs = merged.logged.compactMap { states in
      (states.states.accumulators[position] as? ValueLog).map { (states, $0) }
    }
    var interners: [TextInterner] = []
    for interner in logs.compactMap(\.log.interner)
    where !interners.contains(where: { $0 === interner }) {
      interners.append(interner)
    }
    if interners.isEmpty {
      texts = nil
      translations = logs.map { _ in nil }
      return
    }
    let unified = try UnifiedTexts(interners, workers)
    texts = unified
    translations = logs.map { entry in
      interners.firstIndex { $0 === entry.log.interner }.map { unified.numbers[$0] }
    }
  }

  /// The words of each group behind each other, and where each group's begin.
  func grouped() throws(EvaluationFailure) -> (words: Store<Int64>, starts: Store<Int>) {
    let groupCount = merged.count
    if let parts = ofOneGroup {
      let words = try joined(parts)
      let starts = Store<Int>(undefined: 2)
      (starts.pointer[0], starts.pointer[1]) = (0, words.count)
      return (words, starts)
    }
    // A row of counts for each log, then of where its next word of each group goes.
    let cursors = Store<Int>(repeating: 0, count: max(1, logs.count * groupCount))
    let indexes = logs.map { merged.indexes(of: $0.states) }
    try workers.run(logs.count) { _, number throws(EvaluationFailure) in
      let (counts, index) = (cursors.pointer + number * groupCount, indexes[number].pointer)
      let groups = logs[number].log.groups
      for row in 0..<groups.count {
        let place = Int(index[Int(groups.pointer[row])])
        if place >= 0 { counts[place] &+= 1 }
      }
    }
    let starts = Store<Int>(repeating: 0, count: groupCount + 1)
    var total = 0
    for group in 0..<groupCount {
      starts.pointer[group] = total
      for number in logs.indices {
        let count = cursors.pointer[number * groupCount + group]
        cursors.pointer[number * groupCount + group] = total
        total += count
      }
    }
    starts.pointer[groupCount] = total
    let words = Store<Int64>(undefined: max(1, total))
    try workers.run(logs.count) { _, number throws(EvaluationFailure) in
      let (cursors, index) = (cursors.pointer + number * groupCount, indexes[number].pointer)
      let (groups, from) = (logs[number].log.groups, logs[number].log.words.pointer)
      let into = words.pointer
      for row in 0..<groups.count {
        let place = Int(index[Int(groups.pointer[row])])
        if place < 0 { continue }
        into[cursors[place]] = from[row]
        cursors[place] &+= 1
      }
    }
    return (words, starts)
  }

  /// The words of the only group as the logs hold them; nil where the logs may hold others.
  var ofOneGroup: [Store<Int64>]? {
    guard merged.count == 1 else { return nil }
    for (states, _) in logs {
      let index = merged.indexes(of: states)
      guard index.count == 2, index.pointer[1] == 0 else { return nil }
    }
    return logs.map(\.log.words)
  }

  private func joined(_ parts: [Store<Int64>]) throws(EvaluationFailure) -> Store<Int64> {
    var starts = [0]
    for part in parts { starts.append((starts.last ?? 0) + part.count) }
    let words = Store<Int64>(undefined: max(1, starts.last ?? 0))
    words.setCount(starts.last ?? 0)
    try workers.run(parts.count) { [starts] _, number in
      (words.pointer + starts[number]).update(
        from: parts[number].pointer, count: parts[number].count)
    }
    return words
  }

  /// As `grouped`, each group's words in the order of the rows; for logs with ordinals.
  func inRowOrder() throws(EvaluationFailure) -> (words: Store<Int64>, starts: Store<Int>) {
    let pairs = Store<SortPair>(capacity: max(1, entryCount))
    let starts = Store<Int>(repeating: 0, count: merged.count + 1)
    for (number, (states, log)) in logs.enumerated() {
      for row in 0..<log.groups.count {
        let index = merged.index(states, log.groups.pointer[row])
        if index < 0 { continue }
        starts.pointer[Int(index) + 1] += 1
        let ordinal = UInt64(bitPattern: log.ordinals?.pointer[row] ?? 0)
        pairs.append(SortPair(word: ordinal, place: number << 40 | row))
      }
    }
    for group in 0..<merged.count { starts.pointer[group + 1] += starts.pointer[group] }
    let sorted = try RadixSort(pairs, workers).sorted()
    let words = Store<Int64>(undefined: max(1, starts.pointer[merged.count]))
    let cursors = Store<Int>(undefined: merged.count + 1)
    cursors.pointer.update(from: starts.pointer, count: merged.count + 1)
    for position in 0..<sorted.count {
      let place = sorted.pointer[position].place
      let (states, log) = logs[place >> 40]
      let row = place & (1 << 40 - 1)
      let index = Int(merged.index(states, log.groups.pointer[row]))
      words.pointer[cursors.pointer[index]] = log.words.pointer[row]
      cursors.pointer[index] += 1
    }
    return (words, starts)
  }

  /// Where a value of a log comes from.
  struct Origin: BitwiseCopyable {
    /// The word as it was, with the sign of a zero.
    var word: Int64
    var ordinal: Int64
  }

  /// The values of one log in order of partition, and where each begins.
  struct Division: Sendable {
    /// Two words a value: the index of its group, and its own, the same for both zeros.
    let keys: Store<UInt64>
    /// Nil where they are not asked for.
    let origins: Store<Origin>?
    let starts: [Int]
  }

  /// The values of all logs by partition of group and value, of at most 128.
  func divided(
    _ partitionBits: Int, withOrigins: Bool
  ) throws(EvaluationFailure) -> [Division] {
    let divisions = Portions<Division>(count: logs.count)
    try workers.run(logs.count) { _, index throws(EvaluationFailure) in
      divisions.set(index, divide(index, 1 << partitionBits, withOrigins: withOrigins))
    }
    return divisions.all
  }

  var entryCount: Int { logs.reduce(0) { $0 + $1.log.groups.count } }

  private func divide(_ position: Int, _ partitions: Int, withOrigins: Bool) -> Division {
    let (states, log) = logs[position]
    let (groups, words) = (log.groups.pointer, log.words.pointer)
    let count = log.groups.count
    let translation = translations[position]?.pointer
    let indexes = merged.indexes(of: states)
    let index = indexes.pointer
    let negativeZero = isFloat ? signedOrderWord(-0.0) : 0
    @inline(__always) func word(_ row: Int) -> Int64 {
      if let translation { return Int64(translation[Int(truncatingIfNeeded: words[row])]) }
      return words[row] == negativeZero ? 0 : words[row]
    }
    // The partition of each row, and one more for those of no group.
    let chosen = Store<UInt8>(undefined: max(1, count))
    let (choices, mask) = (chosen.pointer, UInt64(partitions - 1))
    var sizes = [Int](repeating: 0, count: partitions + 1)
    for row in 0..<count {
      let group = Int64(index[Int(groups[row])])
      let hash = mix(UInt64(bitPattern: word(row)), UInt64(bitPattern: group))
      let choice = group < 0 ? partitions : Int(truncatingIfNeeded: hash & mask)
      choices[row] = UInt8(truncatingIfNeeded: choice)
      sizes[choice] += 1
    }
    var starts = [0]
    for size in sizes { starts.append((starts.last ?? 0) + size) }
    var cursors = starts
    let keys = Store<UInt64>(undefined: 2 * max(1, count))
    let origins = withOrigins ? Store<Origin>(undefined: max(1, count)) : nil
    for row in 0..<count {
      let choice = Int(choices[row])
      let place = cursors[choice]
      cursors[choice] = place &+ 1
      let own = word(row)
      keys.pointer[place &* 2] = UInt64(bitPattern: Int64(index[Int(groups[row])]))
      keys.pointer[place &* 2 &+ 1] = UInt64(bitPattern: own)
      origins?.pointer[place] = Origin(
        word: translation == nil ? words[row] : own, ordinal: log.ordinals?.pointer[row] ?? 0)
    }
    return Division(keys: keys, origins: origins, starts: starts)
  }
}
