import Statistics
import Tasks

/// Draws rows without replacement: each row has a number, and the least ones are drawn.
struct RowDrawing {
  private let seed: UInt64
  private let rowCount: Int
  private let step = 1 << 14

  init(seed: Int64, rowCount: Int) {
    self.seed = UInt64(bitPattern: seed)
    self.rowCount = rowCount
  }

  /// The number of a row: the (row + 1)-th of the generator of this seed.
  private func word(_ row: Int) -> UInt64 {
    var word: UInt64 = 0
    withUnsafeMutablePointer(to: &word) {
      SplitMix64.write(seed, from: row, to: UnsafeMutableBufferPointer(start: $0, count: 1))
    }
    return word
  }

  /// The rows whose number over 2⁶⁴ is below a chance, in order.
  func rows(chance: Double, _ workers: Workers) throws(EvaluationFailure) -> [Int] {
    try drawn(workers) { Double($0 &>> 11) * 0x1p-53 < chance }.map(\.place)
  }

  /// `count` rows in order, or all when there are fewer.
  func rows(_ count: Int, _ workers: Workers) throws(EvaluationFailure) -> [Int] {
    if count >= rowCount { return Array(0..<rowCount) }
    if count <= 0 { return [] }
    // A limit under which a few more than wanted are to be expected; a higher one where it was not.
    var wanted = Double(count) + 4 * Double(count).squareRoot() + 16
    while true {
      let share = wanted / Double(rowCount)
      let limit = share >= 1 ? UInt64.max : UInt64(share * 0x1p64)
      var pairs = try drawn(workers) { $0 <= limit }
      if pairs.count >= count { return least(count, of: &pairs) }
      wanted *= 2
    }
  }

  /// `count` rows of each partition, in the order of the rows.
  func rows(
    _ count: Int, of grouped: WindowRows, _ workers: Workers
  ) throws(EvaluationFailure) -> [Int] {
    let isDrawn = Store<UInt8>(repeating: 0, count: max(1, rowCount))
    if count > 0 {
      try WindowUnits(grouped, workers).run { _, piece in
        if piece.places.count <= count {
          for place in piece.places { isDrawn.pointer[grouped.row(place)] = 1 }
          return
        }
        var pairs = piece.places.map { place in
          SortPair(word: word(grouped.row(place)), place: grouped.row(place))
        }
        for row in least(count, of: &pairs) { isDrawn.pointer[row] = 1 }
      }
    }
    return (0..<rowCount).filter { isDrawn.pointer[$0] != 0 }
  }

  /// The rows of the least numbers, in order; of equal numbers the first.
  private func least(_ count: Int, of pairs: inout [SortPair]) -> [Int] {
    pairs.withUnsafeMutableBufferPointer { pairs in
      if let base = pairs.baseAddress { PairSorter().sort(base, pairs.count) }
    }
    return pairs.prefix(count).map(\.place).sorted()
  }

  /// The rows whose number passes, in order.
  private func drawn(
    _ workers: Workers, _ passes: @Sendable (UInt64) -> Bool
  ) throws(EvaluationFailure) -> [SortPair] {
    let portions = (rowCount + step - 1) / step
    let found = Portions<[SortPair]>(count: portions)
    try workers.run(portions) { _, portion in
      let rows = portion * step..<min(rowCount, (portion + 1) * step)
      let words = Store<UInt64>(undefined: rows.count)
      SplitMix64.write(
        seed, from: rows.lowerBound,
        to: UnsafeMutableBufferPointer(start: words.pointer, count: rows.count))
      var own: [SortPair] = []
      for (index, row) in rows.enumerated() {
        let word = words.pointer[index]
        if passes(word) { own.append(SortPair(word: word, place: row)) }
      }
      found.set(portion, own)
    }
    return found.all.flatMap { $0 }
  }
}
