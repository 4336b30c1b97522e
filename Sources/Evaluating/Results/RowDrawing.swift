import Kernels
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

  /// The rows whose number over 2⁶⁴ is below a chance, in order.
  func rows(chance: Double, _ workers: Workers) throws(EvaluationFailure) -> [Int] {
    if chance >= 1 { return Array(0..<rowCount) }
    if !(chance > 0) { return [] }
    // The upper 53 bits of a number are what is compared.
    let end = UInt64((chance * 0x1p53).rounded(.up)) << 11
    return try drawn(workers, upTo: end &- 1).map(\.place)
  }

  /// `count` rows in order, or all when there are fewer.
  func rows(_ count: Int, _ workers: Workers) throws(EvaluationFailure) -> [Int] {
    if count >= rowCount { return Array(0..<rowCount) }
    if count <= 0 { return [] }
    return try least(count, of: rowCount) { limit throws(EvaluationFailure) in
      try drawn(workers, upTo: limit)
    }
  }

  /// `count` rows of each partition, in the order of the rows.
  func rows(
    _ count: Int, of grouped: WindowRows, _ workers: Workers
  ) throws(EvaluationFailure) -> [Int] {
    let isDrawn = Store<UInt8>(repeating: 0, count: max(1, rowCount))
    if count > 0 {
      let words = try words(workers)
      try WindowUnits(grouped, workers).run { _, piece throws(EvaluationFailure) in
        if piece.places.count <= count {
          for place in piece.places { isDrawn.pointer[grouped.row(place)] = 1 }
          return
        }
        let rows = try least(count, of: piece.places.count) { limit in
          var pairs: [SortPair] = []
          for place in piece.places {
            let row = grouped.row(place)
            let word = words.pointer[row]
            if word <= limit { pairs.append(SortPair(word: word, place: row)) }
          }
          return pairs
        }
        for row in rows { isDrawn.pointer[row] = 1 }
      }
    }
    return (0..<rowCount).filter { isDrawn.pointer[$0] != 0 }
  }

  /// The rows of the least numbers among more rows than these, in order; of equal numbers the first.
  ///
  /// `upTo` gives those whose number is a limit at most, in order, a few more than wanted as a rule.
  private func least(
    _ count: Int, of rows: Int, _ upTo: (UInt64) throws(EvaluationFailure) -> [SortPair]
  ) throws(EvaluationFailure) -> [Int] {
    var wanted = Double(count) + 4 * Double(count).squareRoot() + 16
    while true {
      let share = wanted / Double(rows)
      let pairs = try upTo(share >= 1 ? UInt64.max : UInt64(share * 0x1p64))
      if pairs.count >= count { return RowDrawing.rows(count, of: pairs) }
      wanted *= 2
    }
  }

  /// The rows of the least numbers of some pairs, in their order; of equal numbers the first.
  private static func rows(_ count: Int, of pairs: [SortPair]) -> [Int] {
    let bias = UInt64(1) << 63
    let words = pairs.map { Int64(bitPattern: $0.word ^ bias) }
    let last =
      words.isEmpty
      ? Int64.max : words.withUnsafeBufferPointer { select($0, count - 1, count - 1).low }
    var equals = words.reduce(count) { $1 < last ? $0 - 1 : $0 }
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for index in words.indices where words[index] <= last {
      if words[index] == last {
        if equals == 0 { continue }
        equals -= 1
      }
      rows.append(pairs[index].place)
    }
    return rows
  }

  /// The number of each row: the (row + 1)-th of the generator of this seed.
  private func words(_ workers: Workers) throws(EvaluationFailure) -> Store<UInt64> {
    let words = Store<UInt64>(undefined: max(1, rowCount))
    try workers.run(portionCount) { _, portion in
      let rows = rows(of: portion)
      SplitMix64.write(
        seed, from: rows.lowerBound,
        to: UnsafeMutableBufferPointer(start: words.pointer + rows.lowerBound, count: rows.count))
    }
    return words
  }

  private var portionCount: Int { (rowCount + step - 1) / step }

  private func rows(of portion: Int) -> Range<Int> {
    portion * step..<min(rowCount, (portion + 1) * step)
  }

  /// The rows whose number is a limit at most, in order.
  private func drawn(
    _ workers: Workers, upTo limit: UInt64
  ) throws(EvaluationFailure) -> [SortPair] {
    let found = Portions<[SortPair]>(count: portionCount)
    try workers.run(portionCount) { _, portion in
      let rows = rows(of: portion)
      let words = Store<Int64>(undefined: rows.count)
      let numbers = UnsafeMutableRawPointer(words.pointer).assumingMemoryBound(to: UInt64.self)
      SplitMix64.write(
        seed, from: rows.lowerBound,
        to: UnsafeMutableBufferPointer(start: numbers, count: rows.count))
      let chosen = chosen(words.pointer, rows.count, upTo: limit)
      found.set(
        portion,
        chosen.elements.map { index in
          SortPair(word: numbers[Int(index)], place: rows.lowerBound + Int(index))
        })
    }
    return found.all.flatMap { $0 }
  }

  /// The places of the numbers that are a limit at most.
  private func chosen(_ words: UnsafePointer<Int64>, _ count: Int, upTo limit: UInt64) -> Store<
    UInt32
  > {
    let wordCount = (count + 63) / 64
    let bits = Store<UInt64>(undefined: wordCount)
    let isUpper = Store<UInt64>(undefined: wordCount)
    // With signs the numbers of the upper half come before the others.
    let signed = Int64(bitPattern: limit)
    compare(words, .lessOrEqual, .constant(signed), count: count, into: bits.pointer)
    compare(words, .less, .constant(0), count: count, into: isUpper.pointer)
    for word in 0..<wordCount {
      let (own, isLower) = (bits.pointer[word], ~isUpper.pointer[word])
      bits.pointer[word] = signed < 0 ? own | isLower : own & isLower
    }
    let places = Store<UInt32>(undefined: count + 16)
    places.setCount(selectedRows(bits.pointer, count: count, into: places.pointer))
    return places
  }
}
