/// Some rows of a table that lie in one segment: what one worker takes at a time.
package struct RowBlock: Sendable {
  /// The number of the segment, and the rows within it.
  package let segment: Int
  package let rows: Range<Int>
  /// The number of the first row in the table.
  package let start: Int

  package var count: Int { rows.count }
}

extension Table {
  /// The rows in blocks of at most `size`, none of which crosses a cut.
  package func rowBlocks(of size: Int) -> [RowBlock] {
    var blocks: [RowBlock] = []
    var first = 0
    for (segment, count) in segmentRowCounts.enumerated() {
      for start in stride(from: 0, to: count, by: size) {
        blocks.append(
          RowBlock(
            segment: segment, rows: start..<min(count, start + size), start: first + start))
      }
      first += count
    }
    return blocks
  }
}

extension Column {
  /// The values of a block as floats, `null` under a null; see `doubles`.
  package func doubles(_ block: RowBlock, null: Double = .nan) -> [Double] {
    [Double](unsafeUninitializedCapacity: block.count) { out, filled in
      if let base = out.baseAddress {
        segments[block.segment].writeDoubles(block.rows, to: base, null: null)
      }
      filled = block.count
    }
  }

  /// The values of a block as integers, `null` under a null; see `integers`.
  package func integers(_ block: RowBlock, null: Int64 = .min) -> [Int64] {
    [Int64](unsafeUninitializedCapacity: block.count) { out, filled in
      if let base = out.baseAddress {
        segments[block.segment].writeIntegers(block.rows, to: base, null: null)
      }
      filled = block.count
    }
  }
}
