import Tasks

/// The rows in the order of a word each, rows of equal words in their own order.
///
/// What a word is above the least one and the number of its row share 64 bits, and only those are
/// moved. Where they do not fit, low bits of the words are left out: `dropped` says how many. The number
/// of the row's partition may go before the word.
struct PackedOrder {
  /// The upper bits are the partition and the word, the lower `rowBits` the row.
  let packed: Store<UInt64>
  let rowBits: UInt64
  let dropped: UInt64

  private static let portionRows = 1 << 16

  /// Nil where there are partitions and some bits would have to be left out.
  init?(
    _ words: Store<UInt64>, count: Int, within partitions: PartitionNumbers? = nil,
    _ workers: Workers
  ) throws(EvaluationFailure) {
    let portions = (count + PackedOrder.portionRows - 1) / PackedOrder.portionRows
    let (least, greatest) = try PackedOrder.range(words, count, portions, workers)
    let span = greatest - least
    // Two more for NaN and null, which are far above all others.
    let keyBits = 64 - (span + 2).leadingZeroBitCount
    let rowBits = Int.bitWidth - max(0, count - 1).leadingZeroBitCount
    let partBits = partitions.map { 64 - UInt64($0.count).leadingZeroBitCount } ?? 0
    let (shift, dropped) = (UInt64(rowBits), UInt64(max(0, keyBits + rowBits + partBits - 64)))
    if partitions != nil && dropped > 0 { return nil }
    let packed = Store<UInt64>(undefined: max(1, count))
    packed.setCount(count)
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      let into = packed.pointer
      for row in PackedOrder.rows(portion, of: count) {
        let word = words.pointer[row]
        let special = span &+ 1 &+ (word &- SortKeyLayout.notANumber)
        let key = word >= SortKeyLayout.notANumber ? special : word &- least
        into[row] = (key &>> dropped) &<< shift | UInt64(truncatingIfNeeded: row)
      }
      guard let numbers = partitions?.numbers.pointer else { return }
      for row in PackedOrder.rows(portion, of: count) {
        into[row] |= UInt64(numbers[row]) &<< UInt64(rowBits &+ keyBits)
      }
    }
    self.packed = try RadixSort(packed, above: shift, workers).sorted()
    self.rowBits = shift
    self.dropped = dropped
  }

  private static func rows(_ portion: Int, of count: Int) -> Range<Int> {
    portion * portionRows..<min(count, (portion + 1) * portionRows)
  }

  /// The least and greatest word below NaN and null.
  private static func range(
    _ words: Store<UInt64>, _ count: Int, _ portions: Int, _ workers: Workers
  ) throws(EvaluationFailure) -> (UInt64, UInt64) {
    let ranges = Portions<(UInt64, UInt64)>(count: portions)
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      var least = UInt64.max
      var greatest: UInt64 = 0
      for row in rows(portion, of: count) {
        let word = words.pointer[row]
        least = word < least ? word : least
        greatest = word > greatest && word < SortKeyLayout.notANumber ? word : greatest
      }
      ranges.set(portion, (least, greatest))
    }
    let all = ranges.all.reduce((UInt64.max, UInt64(0))) { (min($0.0, $1.0), max($0.1, $1.1)) }
    return all.0 > all.1 ? (0, 0) : all
  }

  /// Writes the numbers of the rows in order.
  func rows(_ workers: Workers) throws(EvaluationFailure) -> Store<UInt32> {
    let count = packed.count
    let rows = Store<UInt32>(undefined: max(1, count))
    rows.setCount(count)
    let mask = (UInt64(1) &<< rowBits) &- 1
    let portions = (count + PackedOrder.portionRows - 1) / PackedOrder.portionRows
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      for index in PackedOrder.rows(portion, of: count) {
        rows.pointer[index] = UInt32(truncatingIfNeeded: packed.pointer[index] & mask)
      }
    }
    return rows
  }

  /// The runs of at least two rows whose words are equal, as far as they were kept.
  func equalRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    let packed = packed.pointer
    for index in 1..<max(1, self.packed.count) where (packed[index] ^ packed[start]) >> rowBits != 0
    {
      if index - start > 1 { runs.append(start..<index) }
      start = index
    }
    if self.packed.count - start > 1 { runs.append(start..<self.packed.count) }
    return runs
  }
}
