import Columns
import Plans
import Synchronization
import Tasks

/// Which words of keys may be among those of a join's other side: no for most that are not.
///
/// Two bits a key in one word of memory (a blocked Bloom filter: Putze, Sanders, Singler 2007).
final class KeyFilter: @unchecked Sendable {
  // @unchecked: filled before it is shared.
  private let bits: Store<UInt64>
  private let shift: UInt64

  /// Makes room for `count` keys.
  init(count: Int) {
    var wordBits: UInt64 = 4
    while 1 &<< Int(wordBits) < count / 4 { wordBits += 1 }
    shift = 64 - wordBits
    bits = Store(repeating: 0, count: 1 << Int(wordBits))
  }

  @inline(__always) private static func mask(_ hash: UInt64) -> UInt64 {
    // Bits behind those that choose the word, as far as there are.
    1 &<< (hash &>> 30 & 63) | 1 &<< (hash &>> 36 & 63)
  }

  func insert(_ word: UInt64) {
    let hash = KeyTable.hash(word)
    bits.pointer[Int(hash &>> shift)] |= KeyFilter.mask(hash)
  }

  /// Up to so many selected rows of 64 are looked up one by one.
  private static let fewRows = 20

  /// Writes the bits of the selected rows of a block whose keys may be here.
  func test(
    _ keys: JoinKeys, _ rowCount: Int, _ selection: UnsafePointer<UInt64>?,
    into passed: UnsafeMutablePointer<UInt64>
  ) {
    let words = keys.words.pointer
    for place in 0..<(rowCount + 63) / 64 {
      let wanted = keys.present.pointer[place] & (selection?[place] ?? ~0)
      var found: UInt64 = 0
      if wanted.nonzeroBitCount <= KeyFilter.fewRows {
        var rest = wanted
        while rest != 0 {
          let row = place &* 64 &+ rest.trailingZeroBitCount
          found |= mayHold(words[row]) &<< UInt64(truncatingIfNeeded: row & 63)
          rest &= rest &- 1
        }
      } else {
        for row in place &* 64..<min(place &* 64 &+ 64, rowCount) {
          found |= mayHold(words[row]) &<< UInt64(truncatingIfNeeded: row & 63)
        }
      }
      passed[place] = found & wanted
    }
  }

  /// 1 where a word may be here, 0 where it is not.
  @inline(__always) private func mayHold(_ word: UInt64) -> UInt64 {
    let hash = KeyTable.hash(word)
    let mask = KeyFilter.mask(hash)
    return bits.pointer[Int(hash &>> shift)] & mask == mask ? 1 : 0
  }
}

extension Evaluator {
  /// Drops rows of a join's right side that no left row can match, where the left has few.
  ///
  /// The left's keys are read once more for that, so both sides must be quick to read: columns
  /// of tables in memory.
  func reduced(
    _ right: Pipeline, _ rightKeys: [ScalarExpression], by left: Pipeline,
    _ leftKeys: [ScalarExpression]
  ) throws(EvaluationFailure) -> Pipeline {
    let limit = right.source.rowBound / 8
    if limit < 1 << 13 || leftKeys.isEmpty { return right }
    if left.conditions.isEmpty && left.source.rowBound > limit { return right }
    guard left.source is TableSource, right.source is TableSource, right.hasOnlyColumns else {
      return right
    }
    guard let filter = try keyFilter(left.uncounted, leftKeys, limit: limit) else { return right }
    var reduced = right
    let counter = ConditionCounter(label: "", step: RunningStep("", depth: 0))
    let test = Condition.Test.mayMatch(filter, keys: rightKeys.map { right.substituted($0) })
    reduced.conditions.append(Condition(test: test, counter: counter))
    return reduced
  }

  /// A filter of the keys of a pipeline; nil when there are more than `limit`.
  private func keyFilter(
    _ pipeline: Pipeline, _ keys: [ScalarExpression], limit: Int
  ) throws(EvaluationFailure) -> KeyFilter? {
    let words = PerWorker<KeyWords>(workers)
    let types = keys.map(\.type)
    let total = Atomic<Int>(0)
    let portions = pipeline.source.portionCount
    func read(_ chosen: Range<Int>) throws(EvaluationFailure) {
      try workers.run(chosen.count) { worker, index throws(EvaluationFailure) in
        if total.load(ordering: .relaxed) > limit { return }
        let own = try words.value(worker) { () throws(EvaluationFailure) in
          KeyWords(
            try runner(pipeline, keys, context: contextOfSecondReading),
            JoinKeys(types: types, blockRows: pipeline.source.blockRows))
        }
        let before = own.words.count
        try own.read(chosen.lowerBound + index)
        total.wrappingAdd(own.words.count - before, ordering: .relaxed)
      }
    }
    // A portion for each worker tells whether to expect too many.
    let first = min(portions, workers.count)
    try read(0..<first)
    if total.load(ordering: .relaxed) * portions > 2 * limit * max(1, first) { return nil }
    try read(first..<portions)
    let count = total.load(ordering: .relaxed)
    if count > limit { return nil }
    let filter = KeyFilter(count: count)
    for own in words.all { for word in own.words.elements { filter.insert(word) } }
    return filter
  }
}

/// The words of a pipeline's keys, read by one worker.
private final class KeyWords {
  private let runner: PipelineRunner
  private let keys: JoinKeys
  let words = Store<UInt64>(capacity: 1 << 10)

  init(_ runner: PipelineRunner, _ keys: JoinKeys) {
    self.runner = runner
    self.keys = keys
  }

  func read(_ portion: Int) throws(EvaluationFailure) {
    try runner.run(portion) { block in
      keys.read(block.vectors, rowCount: block.rowCount, selection: block.selection)
      words.reserve(words.count + block.passedCount)
      let into = words.pointer
      var count = words.count
      for word in 0..<(block.rowCount + 63) / 64 {
        var bits = keys.present.pointer[word] & (block.selection?[word] ?? ~0)
        while bits != 0 {
          into[count] = keys.words.pointer[word &* 64 &+ bits.trailingZeroBitCount]
          count &+= 1
          bits &= bits &- 1
        }
      }
      words.setCount(count)
    }
  }
}
