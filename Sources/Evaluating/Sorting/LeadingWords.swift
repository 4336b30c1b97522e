import Tasks

/// The rows of at least so many least words, ascending, and their words: all rows of words up to a limit; or
/// of so many greatest.
///
/// A sample of the words tells a limit below which a few more than wanted are as a rule; where fewer
/// turn out to be, a higher one is taken.
struct LeadingWords {
  let rows: Store<UInt32>
  let words: Store<UInt64>

  private static let portionRows = 1 << 16
  private static let sampledRows = 1 << 13

  /// Takes the words of all rows; `count` is less than half as many, or nothing would be gained.
  init(
    _ words: Store<UInt64>, of rowCount: Int, first count: Int, fromEnd: Bool = false,
    _ workers: Workers
  ) throws(EvaluationFailure) {
    // The greatest words are the least without their bits, and the other way round.
    let flip: UInt64 = fromEnd ? ~0 : 0
    let sample = LeadingWords.sample(words, rowCount, flip)
    var wanted = count
    while true {
      let limit = LeadingWords.limit(sample, wanted, of: rowCount)
      let parts = try LeadingWords.rows(words, rowCount, upTo: limit, flip, workers)
      let found = parts.reduce(0) { $0 + $1.count }
      if found >= min(count, rowCount) {
        rows = Store(undefined: max(1, found))
        self.words = Store(undefined: max(1, found))
        try join(parts, words, workers)
        return
      }
      wanted *= 2
    }
  }

  /// Words of rows that are evenly far apart, in order.
  private static func sample(
    _ words: Store<UInt64>, _ rowCount: Int, _ flip: UInt64
  ) -> [UInt64] {
    let step = max(1, rowCount / sampledRows)
    return stride(from: step / 2, to: rowCount, by: step).map { words.pointer[$0] ^ flip }.sorted()
  }

  /// The word of a rank among all, all but certainly not too low.
  private static func limit(_ sample: [UInt64], _ rank: Int, of rowCount: Int) -> UInt64 {
    let expected = Double(rank) / Double(rowCount) * Double(sample.count)
    let place = Int(expected + 4 * expected.squareRoot()) + 2
    return place < sample.count ? sample[place] : .max
  }

  /// The rows of words up to a limit, portion after portion.
  private static func rows(
    _ words: Store<UInt64>, _ rowCount: Int, upTo limit: UInt64, _ flip: UInt64,
    _ workers: Workers
  ) throws(EvaluationFailure) -> [Store<UInt32>] {
    let portionCount = (rowCount + portionRows - 1) / portionRows
    let found = Portions<Store<UInt32>>(count: portionCount)
    try workers.run(portionCount) { _, portion in
      let start = portion * portionRows
      let end = min(rowCount, start + portionRows)
      let rows = Store<UInt32>(undefined: end - start + 1)
      let (words, into) = (words.pointer, rows.pointer)
      var count = 0
      for row in start..<end {
        into[count] = UInt32(truncatingIfNeeded: row)
        count &+= words[row] ^ flip <= limit ? 1 : 0
      }
      rows.setCount(count)
      found.set(portion, rows)
    }
    return found.all
  }

  /// Writes the rows of all portions behind each other, and their words.
  private func join(
    _ parts: [Store<UInt32>], _ words: Store<UInt64>, _ workers: Workers
  ) throws(EvaluationFailure) {
    var starts: [Int] = []
    var next = 0
    for part in parts {
      starts.append(next)
      next += part.count
    }
    rows.setCount(next)
    self.words.setCount(next)
    let own = (rows.pointer, self.words.pointer)
    nonisolated(unsafe) let (rows, into) = own
    try workers.run(parts.count) { [starts] _, index in
      for (place, row) in parts[index].elements.enumerated() {
        rows[starts[index] &+ place] = row
        into[starts[index] &+ place] = words.pointer[Int(row)]
      }
    }
  }
}
