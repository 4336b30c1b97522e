import Tasks

/// The different texts of each group: scattered texts, counted when all rows are there.
///
/// For texts that outlive their blocks.
final class DistinctTexts: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read after its loop has ended.
  private let bits: Int
  private var own: PartitionedTexts?
  private let references: Store<TextReference>

  init(bits: Int, blockRows: Int) {
    self.bits = bits
    references = Store(undefined: blockRows)
  }

  func resize(to count: Int) {}

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    let log = own ?? PartitionedTexts(bits: bits)
    own = log
    if case .texts(let texts, _) = argument.values {
      log.add(texts, argument.groups, argument.count)
    } else {
      argument.texts(into: references.pointer)
      log.add(references.pointer, argument.groups, argument.count)
    }
  }

  /// As logs, these are not merged: they are read one by one, with the groups of their rows translated.
  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {}

  /// How many different texts each group has.
  static func counts(
    _ merged: MergedGroups, _ position: Int, _ workers: Workers
  ) throws(EvaluationFailure) -> Store<Int64> {
    let logs = merged.logged.compactMap { states -> Log? in
      guard let texts = states.states.accumulators[position] as? DistinctTexts,
        let own = texts.own
      else { return nil }
      return Log(texts: own, bits: texts.bits, indexes: merged.indexes(of: states))
    }
    let total = Store<Int64>(repeating: 0, count: max(1, merged.count))
    guard let bits = logs.first?.bits else { return total }
    let counters = PerWorker<TextCounter>(workers)
    try workers.run(1 << bits) { worker, partition throws(EvaluationFailure) in
      let counter = try counters.value(worker) { TextCounter(groupCount: total.count) }
      for log in logs { counter.add(log.texts.parts(of: partition), log.indexes.pointer) }
      counter.forgetTexts()
    }
    for counter in counters.all {
      for group in 0..<total.count { total.pointer[group] &+= counter.counts.pointer[group] }
    }
    return total
  }

  private struct Log: Sendable {
    let texts: PartitionedTexts
    let bits: Int
    /// What the groups of this log become; below 0 for none.
    let indexes: Store<Int32>
  }
}

/// Counts the different texts of groups, partition after partition, in a table that is used again.
private final class TextCounter: @unchecked Sendable {
  // @unchecked: used by one worker; read by others after its loop has ended.
  let counts: Store<Int64>
  /// The texts met so far; entry 0 is none.
  private let known = Store<GroupedText>(capacity: 1 << 12)
  /// The number of a text, and above it 32 bits of its hash.
  private let slots = Store<UInt64>(repeating: 0, count: 1 << 12)

  init(groupCount: Int) {
    counts = Store(repeating: 0, count: groupCount)
    known.append(GroupedText(.empty, group: 0))
  }

  /// Takes in texts, whose groups become what `indexes` says.
  func add(
    _ parts: [UnsafeMutableBufferPointer<GroupedText>], _ indexes: UnsafePointer<Int32>
  ) {
    for part in parts {
      makeRoom(for: part.count)
      addInRoom(part, indexes)
    }
  }

  private func addInRoom(
    _ part: UnsafeMutableBufferPointer<GroupedText>, _ indexes: UnsafePointer<Int32>
  ) {
    guard let texts = part.baseAddress else { return }
    let (known, slots, counts) = (known.pointer, slots.pointer, counts.pointer)
    let mask = self.slots.count &- 1
    var knownCount = self.known.count
    for row in 0..<part.count {
      var text = texts[row]
      let index = indexes[Int(text.group)]
      if index < 0 { continue }
      text.group = UInt32(bitPattern: index)
      let hash = TextCounter.hash(text)
      let mark = hash & 0xFFFF_FFFF_0000_0000
      var slot = Int(truncatingIfNeeded: hash) & mask
      var entry = slots[slot]
      while entry != 0 {
        let number = entry & 0xFFFF_FFFF
        if entry ^ number == mark, known[Int(number)].equals(text) { break }
        slot = (slot &+ 1) & mask
        entry = slots[slot]
      }
      if entry != 0 { continue }
      slots[slot] = mark | UInt64(knownCount)
      known[knownCount] = text
      knownCount &+= 1
      counts[Int(index)] &+= 1
    }
    self.known.setCount(knownCount)
  }

  /// A text's hash and its group's mixed, so that one text's groups do not crowd one place.
  @inline(__always) private static func hash(_ text: GroupedText) -> UInt64 {
    mix(text.hash &+ UInt64(text.group) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Makes room for more texts: at most half of the slots are taken.
  private func makeRoom(for more: Int) {
    known.reserve(known.count + more)
    var capacity = slots.count
    while capacity < (known.count + more) * 2 { capacity <<= 1 }
    if capacity == slots.count { return }
    slots.removeAll()
    slots.resize(to: capacity, filling: 0)
    for number in 1..<known.count {
      let hash = TextCounter.hash(known.pointer[number])
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while slots.pointer[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots.pointer[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number)
    }
  }

  /// Forgets the texts, and keeps the counts.
  func forgetTexts() {
    slots.pointer.update(repeating: 0, count: slots.count)
    known.setCount(1)
  }
}
