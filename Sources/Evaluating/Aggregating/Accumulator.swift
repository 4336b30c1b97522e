/// The rows of a block that passed the filters, each with the number of its group.
///
/// Group 0 takes what belongs to no group: its state is never read.
struct GroupedRows {
  var count: Int
  /// The group of each row, at least 1.
  var groups: UnsafePointer<UInt32>
  /// Whether all rows are of group 1, so that loops need not look.
  var isSingleGroup: Bool
  /// The place of the first row of the block in the order of all rows.
  var firstOrdinal: Int64
  /// The positions of the rows in the block; nil when all rows passed.
  var positions: UnsafePointer<UInt32>?

  /// The place of each row of the block in the order of all rows, where they do not lie one after the
  /// other; blocks then come in any order.
  var ordinals: UnsafePointer<Int64>?

  /// Few groups, at most `Lanes.limit`, among which all of the block are; nil where they are not known to
  /// be few.
  var span: Range<Int>?

  /// The place of a row in the order of all rows.
  @inline(__always) func ordinal(_ row: Int) -> Int64 {
    let position = positions.map { Int64($0[row]) } ?? Int64(row)
    return ordinals?[Int(position)] ?? firstOrdinal &+ position
  }

  /// Calls `body` with each row whose bit among those of the block is 0.
  @inline(__always) func forEachNull(_ validity: UnsafePointer<UInt64>, _ body: (Int) -> Void) {
    if let positions {
      for row in 0..<count {
        let position = positions[row]
        let bit = validity[Int(position &>> 6)] &>> UInt64(position & 63) & 1
        if bit == 0 { body(row) }
      }
      return
    }
    for word in 0..<(count &+ 63) / 64 {
      let rest = count &- word &* 64
      var nulls = ~validity[word]
      if rest < 64 { nulls &= (1 &<< UInt64(truncatingIfNeeded: rest)) &- 1 }
      while nulls != 0 {
        body(word &* 64 &+ nulls.trailingZeroBitCount)
        nulls &= nulls &- 1
      }
    }
  }
}

/// The state of one aggregate for many groups, updated block by block.
///
/// Every state is the same whatever the order of blocks and merges: sums are exact, and what
/// depends on the order of rows compares ordinals. So results do not depend on threads or cuts.
protocol Accumulator: AnyObject, Sendable {
  /// Makes room for groups 0 ..< `count`.
  func resize(to count: Int)
  /// Takes in a block; `arguments` are those of its specification, dense.
  func update(_ rows: GroupedRows, _ arguments: [DenseColumn])
  /// Takes in the state of other groups: `sources[i]` of `other` into `targets[i]` of this.
  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int)
}

/// A state that can count the rows of each group along with its own values.
protocol CountingAccumulator: Accumulator {
  /// Takes in a block and adds 1 for each row to its group's place in `ones`; false, with nothing done,
  /// where one pass cannot do both.
  func update(_ rows: GroupedRows, _ arguments: [DenseColumn], counting ones: Store<Int64>) -> Bool
}

/// A state that keeps what it needs only while rows come.
protocol PartAccumulator: Accumulator {
  /// Called when all rows of the groups of a part are there.
  func endPart()
}

/// Writes the groups of rows, with 0 where a value is null; false when none is.
@inline(never) func maskGroups(
  _ groups: UnsafePointer<UInt32>, _ validity: UnsafePointer<UInt64>, _ rows: GroupedRows,
  into masked: UnsafeMutablePointer<UInt32>
) {
  if let positions = rows.positions {
    for row in 0..<rows.count {
      let position = Int(positions[row])
      let bit = validity[position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63)
      masked[row] = groups[row] & (0 &- UInt32(truncatingIfNeeded: bit & 1))
    }
    return
  }
  for word in 0..<(rows.count &+ 63) / 64 {
    let bits = validity[word]
    let start = word &* 64
    let end = min(start &+ 64, rows.count)
    for row in start..<end {
      let bit = bits &>> UInt64(truncatingIfNeeded: row &- start)
      masked[row] = groups[row] & (0 &- UInt32(truncatingIfNeeded: bit & 1))
    }
  }
}
