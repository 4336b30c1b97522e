import Tasks

/// The different texts of each group: scattered texts, counted when all rows are there, or at once where all
/// rows of a group come here.
///
/// For texts that outlive their blocks.
final class DistinctTexts: PartAccumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read after its loop has ended.
  private let bits: Int
  private var own: PartitionedTexts?
  private let counter: TextCounter?
  private let references: Store<TextReference>

  init(bits: Int, blockRows: Int, isWhole: Bool) {
    self.bits = bits
    counter = isWhole ? TextCounter() : nil
    references = Store(undefined: blockRows)
  }

  /// How many different texts each group has, where that is known at once.
  var counts: Store<Int64>? { counter?.counts }

  func resize(to count: Int) { counter?.counts.resize(to: count, filling: 0) }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    var values = UnsafePointer(references.pointer)
    if case .texts(let texts, _) = argument.values {
      values = texts
    } else {
      argument.texts(into: references.pointer)
    }
    if let counter { return counter.add(values, argument.groups, argument.count) }
    let log = own ?? PartitionedTexts(bits: bits)
    own = log
    log.add(values, argument.groups, argument.count)
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
      let counter = try counters.value(worker) { TextCounter(groups: total.count) }
      for log in logs { counter.add(log.texts.parts(of: partition), log.indexes.pointer) }
      counter.forgetTexts()
    }
    for counter in counters.all {
      for group in 0..<total.count { total.pointer[group] &+= counter.counts.pointer[group] }
    }
    return total
  }

  func endPart() { counter?.giveBack() }

  private struct Log: Sendable {
    let texts: PartitionedTexts
    let bits: Int
    /// What the groups of this log become; below 0 for none.
    let indexes: Store<Int32>
  }
}
