import Tasks

/// The values of logs by group of the result.
struct LogReading {
  let merged: MergedGroups
  let workers: Workers
  let logs: [(states: LoggedStates, log: ValueLog)]
  /// What the text numbers of each log become; nil for words.
  let translations: [Store<UInt32>?]
  /// Whether words are those of floats, whose zeros are equal.
  let isFloat: Bool
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

  /// The words of each group behind each other, texts by the numbers of all; with the places of their rows
  /// where asked for.
  func grouped(withOrdinals: Bool = false) throws(EvaluationFailure) -> GroupedWords {
    let counts = Portions<Store<Int>>(count: logs.count)
    try workers.run(logs.count) { _, number in counts.set(number, entriesByGroup(number)) }
    let cursors = counts.all
    let starts = places(of: cursors)
    let isNarrow =
      texts.map { $0.texts.count <= Int(Int32.max) }
      ?? logs.allSatisfy { $0.log.pieces.allSatisfy(\.words.isNarrow) }
    let words = LoggedWords(undefined: max(1, entryCount), isNarrow: isNarrow)
    let ordinals = withOrdinals ? Store<Int64>(undefined: max(1, entryCount)) : nil
    try workers.run(logs.count) { _, number in
      let scattering = LogScattering(
        translation: translations[number]?.pointer, next: cursors[number].pointer,
        ordinals: ordinals?.pointer)
      for piece in logs[number].log.pieces { scattering.scatter(piece, into: words) }
    }
    return GroupedWords(words: words, ordinals: ordinals, starts: starts)
  }

  /// How many values of a log each of its own groups has.
  private func entriesByGroup(_ number: Int) -> Store<Int> {
    let (states, log) = logs[number]
    let counts = Store<Int>(repeating: 0, count: max(1, states.states.firsts.count))
    let into = counts.pointer
    for piece in log.pieces {
      let groups = piece.groups.pointer
      for row in 0..<piece.count { into[Int(groups[row])] &+= 1 }
    }
    return counts
  }

  /// Where the words of each group of the result begin; counts of a log's groups become the places of
  /// their next words.
  private func places(of cursors: [Store<Int>]) -> Store<Int> {
    // What belongs to no group of the result goes behind all others.
    let nobody = merged.count
    let indexes = logs.map { merged.indexes(of: $0.states) }
    let starts = Store<Int>(repeating: 0, count: nobody + 2)
    for (own, index) in zip(cursors, indexes) {
      for group in 0..<own.count {
        let place = index.pointer[group] < 0 ? nobody : Int(index.pointer[group])
        starts.pointer[place + 1] &+= own.pointer[group]
      }
    }
    for place in 0...nobody { starts.pointer[place + 1] &+= starts.pointer[place] }
    let next = Store<Int>(undefined: nobody + 1)
    next.pointer.update(from: starts.pointer, count: nobody + 1)
    for (own, index) in zip(cursors, indexes) {
      for group in 0..<own.count {
        let place = index.pointer[group] < 0 ? nobody : Int(index.pointer[group])
        let count = own.pointer[group]
        own.pointer[group] = next.pointer[place]
        next.pointer[place] &+= count
      }
    }
    return starts
  }

  /// The pieces of the only group's values; nil where the logs may hold others.
  var ofOneGroup: [LogPiece]? {
    guard merged.count == 1 else { return nil }
    for (states, _) in logs {
      let index = merged.indexes(of: states)
      guard index.count == 2, index.pointer[1] == 0 else { return nil }
    }
    return logs.flatMap(\.log.pieces)
  }

  /// As `grouped`, each group's words in the order of the rows; for logs with ordinals.
  func inRowOrder() throws(EvaluationFailure) -> GroupedWords {
    let pieces = logs.flatMap { entry in entry.log.pieces.map { (entry.states, $0) } }
    let pairs = Store<SortPair>(capacity: max(1, entryCount))
    let starts = Store<Int>(repeating: 0, count: merged.count + 1)
    for (number, (states, piece)) in pieces.enumerated() {
      for row in 0..<piece.count {
        let index = merged.index(states, piece.groups.pointer[row])
        if index < 0 { continue }
        starts.pointer[Int(index) + 1] += 1
        let ordinal = UInt64(bitPattern: piece.ordinals?.pointer[row] ?? 0)
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
      let (states, piece) = pieces[place >> 40]
      let row = place & (1 << 40 - 1)
      let index = Int(merged.index(states, piece.groups.pointer[row]))
      words.pointer[cursors.pointer[index]] = piece.words[row]
      cursors.pointer[index] += 1
    }
    return GroupedWords(words: .wide(words), ordinals: nil, starts: starts)
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

  var entryCount: Int { logs.reduce(0) { $0 + $1.log.count } }

  private func divide(_ position: Int, _ partitions: Int, withOrigins: Bool) -> Division {
    let (states, log) = logs[position]
    let translation = translations[position]?.pointer
    let indexes = merged.indexes(of: states)
    let index = indexes.pointer
    let negativeZero = isFloat ? signedOrderWord(-0.0) : 0
    @inline(__always) func compared(_ word: Int64) -> Int64 {
      if let translation { return Int64(translation[Int(truncatingIfNeeded: word)]) }
      return word == negativeZero ? 0 : word
    }
    // The partition of each row, and one more for those of no group.
    let chosen = Store<UInt8>(undefined: max(1, log.count))
    let mask = UInt64(partitions - 1)
    let sizes = Store<Int>(repeating: 0, count: partitions + 1)
    var choices = chosen.pointer
    log.forEachBlock { block in
      for row in 0..<block.count {
        let group = Int64(index[Int(block.groups[row])])
        let word = UInt64(bitPattern: compared(block.words[row]))
        let hash = mix(word, UInt64(bitPattern: group))
        let choice = group < 0 ? partitions : Int(truncatingIfNeeded: hash & mask)
        choices[row] = UInt8(truncatingIfNeeded: choice)
        sizes.pointer[choice] += 1
      }
      choices += block.count
    }
    var starts = [0]
    for size in sizes.elements { starts.append((starts.last ?? 0) + size) }
    let cursors = Store<Int>(undefined: partitions + 1)
    for place in 0...partitions { cursors.pointer[place] = starts[place] }
    let keys = Store<UInt64>(undefined: 2 * max(1, log.count))
    let origins = withOrigins ? Store<Origin>(undefined: max(1, log.count)) : nil
    choices = chosen.pointer
    log.forEachBlock { block in
      let next = cursors.pointer
      for row in 0..<block.count {
        let place = next[Int(choices[row])]
        next[Int(choices[row])] = place &+ 1
        let own = compared(block.words[row])
        let group = Int64(index[Int(block.groups[row])])
        keys.pointer[place &* 2] = UInt64(bitPattern: group)
        keys.pointer[place &* 2 &+ 1] = UInt64(bitPattern: own)
        origins?.pointer[place] = Origin(
          word: translation == nil ? block.words[row] : own, ordinal: block.ordinals?[row] ?? 0)
      }
      choices += block.count
    }
    return Division(keys: keys, origins: origins, starts: starts)
  }
}
