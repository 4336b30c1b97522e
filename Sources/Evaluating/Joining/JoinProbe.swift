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
    // Loops of their own, so that the memory accesses of many rows overlap: first to the buckets,
    // then to the first entry of each, which the search will find in the cache.
    for row in 0..<rowCount {
      let bucket = JoinTable.bucket(words[row], shift: shift)
      firsts[row] = starts[bucket]
      ends[row] = starts[bucket &+ 1]
    }
    let entries = table.entries.pointer
    let last = max(0, table.entries.count - 1)
    var touched: UInt64 = 0
    for row in 0..<rowCount { touched |= entries[min(Int(firsts[row]), last)].word }
    seenBits = touched
  }

  /// Kept only so that the reads above are made.
  private var seenBits: UInt64 = 0

  /// How far the pairs of a block have been found.
  struct Cursor {
    var row = 0
    var entry: UInt32?
  }

  /// Finds pairs of rows from a cursor on, until `limit` are found or the block ends.
  ///
  /// With `keepsUnmatched`, a row without a match is paired with no row.
  func pairs(
    from cursor: inout Cursor, _ rowCount: Int, _ selection: UnsafePointer<UInt64>?,
    keepsUnmatched: Bool, rows: UnsafeMutablePointer<UInt32>,
    places: UnsafeMutablePointer<RowPlace>, limit: Int
  ) -> Int {
    let (words, entries) = (keys.words.pointer, table.entries.pointer)
    let (firsts, ends, present) = (firsts.pointer, ends.pointer, keys.present.pointer)
    let isExact = keys.isExact
    var found = 0
    var row = cursor.row
    var resumed = cursor.entry
    while row < rowCount {
      let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: row & 63)
      if let selection, selection[row &>> 6] & bit == 0 {
        row &+= 1
        continue
      }
      let end = ends[row]
      var entry = resumed ?? (present[row &>> 6] & bit == 0 ? end : firsts[row])
      var isMatched = resumed != nil
      resumed = nil
      let word = words[row]
      while entry < end {
        let candidate = entries[Int(entry)]
        entry &+= 1
        if candidate.word != word { continue }
        if !isExact && !table.matches(candidate.place, keys, row) { continue }
        if found == limit {
          cursor = Cursor(row: row, entry: entry &- 1)
          return found
        }
        isMatched = true
        rows[found] = UInt32(truncatingIfNeeded: row)
        places[found] = RowPlace(packed: candidate.place)
        found &+= 1
      }
      if !isMatched && keepsUnmatched {
        if found == limit {
          cursor = Cursor(row: row, entry: nil)
          return found
        }
        rows[found] = UInt32(truncatingIfNeeded: row)
        places[found] = .none
        found &+= 1
      }
      row &+= 1
    }
    cursor = Cursor(row: row, entry: nil)
    return found
  }

  /// The place of the next match of a row from an entry on, and the entry behind it.
  ///
  /// Nil when there is none. Begin with `firstEntry`.
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
