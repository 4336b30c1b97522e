import Columns
import Kernels

/// Looks up the rows of blocks in the table of a join, for one worker.
final class JoinProbe {
  private let table: JoinTable
  private let keys: JoinKeys
  /// The rows of the block that are looked up.
  private let rows: Store<UInt32>
  /// Where the entries of these rows' buckets begin and end, as far as `located`.
  private let firsts: Store<UInt32>
  private let ends: Store<UInt32>
  private var located = 0
  /// Those of the rows being located that may have a match, counted from the first of these.
  private let candidates = Store<UInt32>(undefined: JoinProbe.readAhead)
  private var filter: JoinFilter?
  private var filterUse = (looked: 0, kept: 0)
  /// Kept only so that reads ahead are made.
  private var seenBits: UInt64 = 0

  /// Rows whose buckets are read ahead: what they touch fits the nearest cache.
  private static let readAhead = 256
  /// Rows after which a filter that keeps most of them is left out.
  private static let trialRows = 1 << 13

  init(_ table: JoinTable, blockRows: Int) {
    self.table = table
    filter = table.filter
    keys = JoinKeys(types: table.types, coding: table.coding, blockRows: blockRows)
    rows = Store(undefined: blockRows + 16)
    firsts = Store(undefined: blockRows)
    ends = Store(undefined: blockRows)
  }

  /// Reads the keys of a block, of which the selected rows are to be looked up.
  func read(_ vectors: [Vector], _ rowCount: Int, _ selection: UnsafePointer<UInt64>?) {
    keys.read(vectors, rowCount: rowCount, selection: selection)
    if let selection {
      rows.setCount(selectedRows(selection, count: rowCount, into: rows.pointer))
    } else {
      for row in 0..<rowCount { rows.pointer[row] = UInt32(truncatingIfNeeded: row) }
      rows.setCount(rowCount)
    }
    located = 0
  }

  /// Finds the buckets of the next rows; gives how many `candidates` they have.
  @discardableResult
  private func locate() -> Int {
    let chosen = located..<min(rows.count, located + JoinProbe.readAhead)
    located = chosen.upperBound
    let count = sift(chosen)
    let candidates = candidates.pointer
    let (rows, words, present) = (rows.pointer, keys.words.pointer, keys.present.pointer)
    let (starts, buckets) = (table.starts.pointer, table.buckets)
    let (firsts, ends) = (firsts.pointer, ends.pointer)
    // Loops of their own, so that the memory accesses of many rows overlap: first to the buckets,
    // then to the first and last entry of each, which the search will find in the cache.
    for candidate in 0..<count {
      let index = chosen.lowerBound &+ Int(candidates[candidate])
      let row = Int(rows[index])
      let bucket = buckets.bucket(words[row])
      ends[index] = starts[bucket &+ 1]
      let isPresent = present[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
      firsts[index] = isPresent == 0 ? ends[index] : starts[bucket]
    }
    let entries = table.entries.pointer
    let last = UInt32(truncatingIfNeeded: max(0, table.entries.count - 1))
    var touched: UInt64 = 0
    for candidate in 0..<count {
      let index = chosen.lowerBound &+ Int(candidates[candidate])
      touched |= entries[Int(min(firsts[index], last))].word
      touched |= entries[Int(max(ends[index], 1) &- 1)].word
    }
    if !keys.isExact && table.entries.count > 0 {
      // Of the keys that will be compared, the first bytes.
      for candidate in 0..<count {
        let index = chosen.lowerBound &+ Int(candidates[candidate])
        let first = Int(min(firsts[index], last))
        if entries[first].word == words[Int(rows[index])] { touched |= table.touch(first) }
      }
    }
    seenBits = touched
    return count
  }

  /// Writes which of some rows may have a match, and gives how many; the others have an empty bucket.
  private func sift(_ chosen: Range<Int>) -> Int {
    let candidates = candidates.pointer
    guard let filter else {
      for index in 0..<chosen.count { candidates[index] = UInt32(truncatingIfNeeded: index) }
      return chosen.count
    }
    let (rows, words) = (rows.pointer, keys.words.pointer)
    firsts.pointer.advanced(by: chosen.lowerBound).update(repeating: 0, count: chosen.count)
    ends.pointer.advanced(by: chosen.lowerBound).update(repeating: 0, count: chosen.count)
    var count = 0
    for index in 0..<chosen.count {
      candidates[count] = UInt32(truncatingIfNeeded: index)
      let row = Int(rows[chosen.lowerBound &+ index])
      count &+= Int(truncatingIfNeeded: filter.mayHold(words[row]))
    }
    filterUse = (filterUse.looked + chosen.count, filterUse.kept + count)
    if filterUse.looked >= Self.trialRows, filterUse.kept > filterUse.looked / 2 {
      self.filter = nil
    }
    return count
  }

  /// How far the pairs of a block have been found.
  struct Cursor {
    fileprivate var index = 0
    fileprivate var entry: UInt32?
  }

  /// Whether pairs may be left behind a cursor.
  func isOpen(_ cursor: Cursor) -> Bool { cursor.index < rows.count }

  /// Finds pairs of rows from a cursor on, until `limit` are found or the block ends.
  ///
  /// With `keepsUnmatched`, a row without a match is paired with no row.
  func pairs(
    from cursor: inout Cursor, keepsUnmatched: Bool, rows: UnsafeMutablePointer<UInt32>,
    places: UnsafeMutablePointer<RowPlace>, limit: Int
  ) -> Int {
    let (own, words, entries) = (self.rows.pointer, keys.words.pointer, table.entries.pointer)
    let (firsts, ends) = (firsts.pointer, ends.pointer)
    let count = self.rows.count
    let (isExact, isOneForAll) = (keys.isExact, !keys.isExact && !table.hasCollisions)
    var found = 0
    var index = cursor.index
    var resumed = cursor.entry
    while index < count {
      if index >= located { locate() }
      let row = own[index]
      let end = ends[index]
      var entry = resumed ?? firsts[index]
      var isMatched = resumed != nil
      // Once one entry of a word has the same keys, the others have them too.
      var isKnown = isExact || isOneForAll && isMatched
      resumed = nil
      let word = words[Int(row)]
      while entry < end {
        let candidate = entries[Int(entry)]
        entry &+= 1
        if candidate.word != word { continue }
        if !isKnown {
          if !table.matches(Int(entry) &- 1, keys, Int(row)) { continue }
          isKnown = isOneForAll
        }
        if found == limit {
          cursor = Cursor(index: index, entry: entry &- 1)
          return found
        }
        isMatched = true
        rows[found] = row
        places[found] = RowPlace(packed: candidate.place)
        found &+= 1
      }
      if !isMatched && keepsUnmatched {
        if found == limit {
          cursor = Cursor(index: index, entry: nil)
          return found
        }
        rows[found] = row
        places[found] = .none
        found &+= 1
      }
      index &+= 1
    }
    cursor = Cursor(index: index, entry: nil)
    return found
  }

  /// Looks the rows up in a table of different keys: writes to `places`, by row, where the match is, or
  /// `missing`, and sets the bits of the rows that have one; returns how many.
  func lookUp(
    into places: UnsafeMutablePointer<RowPlace>, missing: RowPlace,
    _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    let (own, words, entries) = (rows.pointer, keys.words.pointer, table.entries.pointer)
    let (firsts, ends) = (firsts.pointer, ends.pointer)
    let isExact = keys.isExact
    for index in 0..<rows.count { places[Int(own[index])] = missing }
    var found = 0
    while located < rows.count {
      let start = located
      let count = locate()
      for candidate in 0..<count {
        let index = start &+ Int(candidates.pointer[candidate])
        let row = Int(own[index])
        let word = words[row]
        for entry in firsts[index]..<ends[index] where entries[Int(entry)].word == word {
          if !isExact, !table.matches(Int(entry), keys, row) { continue }
          places[row] = RowPlace(packed: entries[Int(entry)].place)
          bits[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
          found &+= 1
          break
        }
      }
    }
    return found
  }

  /// Calls `body` with each row that is looked up, its first match and whether there are more.
  @inline(__always) func forEachRow(_ body: (_ row: Int, _ place: Int?, _ hasMore: Bool) -> Void) {
    let own = rows.pointer
    for index in 0..<rows.count {
      if index >= located { locate() }
      let row = Int(own[index])
      if let (place, next) = next(row, from: firsts.pointer[index], to: ends.pointer[index]) {
        body(row, place, self.next(row, from: next, to: ends.pointer[index]) != nil)
      } else {
        body(row, nil, false)
      }
    }
  }

  /// The place of the next match of a row among entries, and the entry behind it.
  @inline(__always) private func next(
    _ row: Int, from first: UInt32, to end: UInt32
  ) -> (place: Int, next: UInt32)? {
    let word = keys.words.pointer[row]
    let entries = table.entries.pointer
    var entry = first
    while entry < end {
      let found = entries[Int(entry)]
      entry &+= 1
      if found.word == word && (keys.isExact || table.matches(Int(entry) &- 1, keys, row)) {
        return (found.place, entry)
      }
    }
    return nil
  }

  /// Writes the bits of the selected rows that have a match, or that have none.
  func membership(
    _ vectors: [Vector], _ rowCount: Int, _ selection: UnsafePointer<UInt64>?, isNegated: Bool,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    read(vectors, rowCount, selection)
    bits.update(repeating: 0, count: (rowCount + 63) / 64)
    let own = rows.pointer
    for index in 0..<rows.count {
      if index >= located { locate() }
      let row = Int(own[index])
      let isIn = next(row, from: firsts.pointer[index], to: ends.pointer[index]) != nil
      let bit: UInt64 = isIn != isNegated ? 1 : 0
      bits[row &>> 6] |= bit &<< UInt64(truncatingIfNeeded: row & 63)
    }
  }
}
