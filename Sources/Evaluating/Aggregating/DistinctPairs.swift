/// The different values of a fixed-width argument, counted at once: for groups all of whose rows come here.
final class DistinctPairs: PartAccumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read after its loop has ended.
  /// How many there are of each group.
  let counts = Store<Int64>(capacity: 64)
  /// A group and the word of a value are a key; nil when all rows are there.
  private var table: KeyTable? = KeyTable(width: 2)
  private let words: Store<Int64>
  private let keys: Store<UInt64>
  private let numbers: Store<UInt32>

  init(blockRows: Int) {
    words = Store(undefined: blockRows)
    keys = Store(undefined: 2 * blockRows)
    numbers = Store(undefined: blockRows)
  }

  func resize(to count: Int) { counts.resize(to: count, filling: 0) }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    guard let table, argument.orderWords(into: words.pointer) else { return }
    let (words, keys, groups) = (words.pointer, keys.pointer, argument.groups)
    var kept = 0
    for row in 0..<argument.count {
      keys[2 &* kept] = UInt64(groups[row])
      keys[2 &* kept &+ 1] = UInt64(bitPattern: words[row])
      // A null's group is 0: the next one takes its place.
      kept &+= groups[row] == 0 ? 0 : 1
    }
    let before = table.count
    table.number(keys, kept, into: numbers.pointer)
    let (known, counts) = (table.words.pointer, counts.pointer)
    for number in before &+ 1..<table.count &+ 1 {
      counts[Int(truncatingIfNeeded: known[2 &* number])] &+= 1
    }
  }

  func endPart() { table = nil }

  /// Groups of parts are never brought together.
  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {}
}
