import Columns

/// Looks up the rows of blocks in the table of a join, for one worker.
final class JoinProbe {
  private let table: JoinTable
  private let keys: JoinKeys
  private let firsts: Store<UInt32>
  private let ends: Store<UInt32>

  init(_ table: JoinTable, blockRows: Int) {
    self.table = table
    keys = JoinKeys(types: table.types, blockRows: blockRows)
    firsts = Store(undefined: blockRows)
    ends = Store(undefined: blockRows)
  }

  /// Reads the keys of a block and finds the buckets of its rows.
  func read(_ vectors: [Vector], _ rowCount: Int) {
    keys.read(vectors, rowCount: rowCount)
    let words = keys.words.pointer
    let starts = table.starts.pointer
    let shift = table.shift
    let (firsts, ends) = (firsts.pointer, ends.pointer)
    // A loop of its own, so that the memory accesses of many rows overlap.
    for row in 0..<rowCount {
      let bucket = JoinTable.bucket(words[row], shift: shift)
      firsts[row] = starts[bucket]
      ends[row] = starts[bucket &+ 1]
    }
  }

  /// The place of the next match of a row from an entry on, and the entry behind it.
  ///
  /// It is nil when there
  /// is none. Begin with `firstEntry`.
  @inline(__always) func next(_ row: Int, from cursor: UInt32) -> (place: Int, next: UInt32)? {
    let word = keys.words.pointer[row]
    let entries = table.entries.pointer
    let end = ends.pointer[row]
    var entry = cursor
    while entry < end {
      let found = entries[Int(entry)]
      entry &+= 1
      if found.word == word && (keys.isExact || table.matches(found.place, keys, row)) {
        return (found.place, entry)
      }
    }
    return nil
  }

  /// Where the entries begin among which a row's matches are; behind them all for a null key.
  @inline(__always) func firstEntry(_ row: Int) -> UInt32 {
    let isPresent = keys.present.pointer[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
    return isPresent == 0 ? ends.pointer[row] : firsts.pointer[row]
  }

  /// Writes the bits of the rows that have a match, or that have none.
  func membership(
    _ vectors: [Vector], _ rowCount: Int, isNegated: Bool,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    read(vectors, rowCount)
    bits.update(repeating: 0, count: (rowCount + 63) / 64)
    for row in 0..<rowCount where (next(row, from: firstEntry(row)) != nil) != isNegated {
      bits[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
    }
  }
}
