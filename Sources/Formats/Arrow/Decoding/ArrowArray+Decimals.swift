import Columns
import Tasks

extension ArrowArray {
  /// The digits of a decimal of at most 128 bits, as one number.
  func decimal(_ row: Int, bits: Int) -> Int128 {
    switch bits {
    case 32: Int128(load(row, Int32.self))
    case 64: Int128(load(row, Int64.self))
    default:
      Int128(load(2 * row + 1, Int64.self)) << 64 | Int128(load(2 * row, UInt64.self))
    }
  }

  /// The nearest float of a decimal.
  func decimalValue(_ row: Int, scale: Int, bits: Int) -> Double {
    if bits == 256 {
      let words = (0..<4).map { load(4 * row + $0, UInt64.self) }
      let low = Int128(Int64(bitPattern: words[1])) << 64 | Int128(words[0])
      let sign: UInt64 = low < 0 ? .max : 0
      if words[2] == sign, words[3] == sign { return Double("\(low)e\(-scale)") ?? .nan }
      let isNegative = words[3] >> 63 == 1
      // The magnitude but for one unit of the last place, which no float shows.
      let parts = words.map { Double(isNegative ? ~$0 : $0) }
      let magnitude = parts.reversed().reduce(0) { $0 * 0x1p64 + $1 }
      return (isNegative ? -magnitude : magnitude) / (Double("1e\(scale)") ?? .nan)
    }
    // Reading the digits rounds once.
    return Double("\(decimal(row, bits: bits))e\(-scale)") ?? .nan
  }
}

extension LeafRows {
  /// A column of decimals without fraction that fit into 64 bits.
  func wideIntegers(bits: Int, workers: Workers) throws -> Column {
    let segments = try workers.map(cuts.count) { _, index in
      let rows = cuts[index]
      let values = BufferSlice<Int64>(zeroed: rows.count)
      try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
        for row in own {
          guard let (array, source) = try piece.place(row) else { continue }
          values.pointer[place + row - own.lowerBound] = Int64(
            truncatingIfNeeded: array.decimal(source, bits: bits))
        }
      }
      return Segment(rowCount: rows.count, values: .int64(values), validity: try nulls(of: rows))
    }
    return Column(type: .int, segments: segments)
  }
}
