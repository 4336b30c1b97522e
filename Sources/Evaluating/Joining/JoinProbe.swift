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
  /// The first match of each row that has one among the rows being located.
  private let hits = Store<Hit>(undefined: JoinProbe.readAhead)
  /// Those of these rows whose match is not the first entry of their bucket.
  private let others = Store<UInt32>(undefined: JoinProbe.readAhead)
  private var filter: JoinFilter?
  private var filterUse = (looked: 0, kept: 0)
  /// Kept only so that reads ahead are made.
  private var seenBits: UInt64 = 0

  /// Rows whose buckets are read ahead: what they touch fits the nearest cache.
  private static let readAhead = 256
  /// Entries of a table that a core's caches hold: it is not read ahead.
  private static let cachedEntries = 1 << 13
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
    if table.entries.count > JoinProbe.cachedEntries { readAhead(count, from: chosen.lowerBound) }
    return count
  }

  /// Reads what a search will read for the candidates among the rows from `start` on.
  private func readAhead(_ count: Int, from start: Int) {
    let (rows, words, candidates) = (rows.pointer, keys.words.pointer, candidates.pointer)
    let (firsts, ends, entries) = (firsts.pointer, ends.pointer, table.entries.pointer)
    let last = UInt32(truncatingIfNeeded: max(0, table.entries.count - 1))
    var touched: UInt64 = 0
    for candidate in 0..<count {
      let index = start &+ Int(candidates[candidate])
      touched |= entries[Int(min(firsts[index], last))].word
      touched |= entries[Int(max(ends[index], 1) &- 1)].word
    }
    if !keys.isExact && table.entries.count > 0 {
      // Of the keys that will be compared, the first bytes.
      for candidate in 0..<count {
        let index = start &+ Int(candidates[candidate])
        let first = Int(min(firsts[index], last))
        if entries[first].word == words[Int(rows[index])] { touched |= table.touch(first) }
      }
    }
    seenBits = touched
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

  /// A row that is looked up, counted among these, and its first match.
  private struct Hit: BitwiseCopyable {
    let index: UInt32
    let entry: UInt32
  }

  /// Finds the first match of each of the next rows, in no order; gives how many `hits` there are.
  private func matchNext() -> Int {
    let start = located
    let count = locate()
    var found = matchWords(count, from: start)
    if !keys.isExact { found = verified(found) }
    return found
  }

  /// The first entry with the word of each candidate among the rows from `start` on.
  ///
  /// Without branches on what is found, as every other row may have a match: a wrong guess takes longer
  /// than all the rest.
  private func matchWords(_ count: Int, from start: Int) -> Int {
    let (rows, words, entries) = (rows.pointer, keys.words.pointer, table.entries.pointer)
    let (firsts, ends, candidates) = (firsts.pointer, ends.pointer, candidates.pointer)
    let (hits, others) = (hits.pointer, others.pointer)
    let last = UInt32(truncatingIfNeeded: max(0, table.entries.count - 1))
    var (found, otherCount) = (0, 0)
    for candidate in 0..<count {
      let index = start &+ Int(candidates[candidate])
      let (first, end) = (firsts[index], ends[index])
      let isSame = entries[Int(min(first, last))].word == words[Int(rows[index])]
      hits[found] = Hit(index: UInt32(truncatingIfNeeded: index), entry: first)
      found &+= isSame ? (first < end ? 1 : 0) : 0
      others[otherCount] = UInt32(truncatingIfNeeded: index)
      otherCount &+= isSame ? 0 : (first &+ 1 < end ? 1 : 0)
    }
    for other in 0..<otherCount {
      let index = Int(others[other])
      let word = words[Int(rows[index])]
      for entry in firsts[index] &+ 1..<ends[index] where entries[Int(entry)].word == word {
        hits[found] = Hit(index: others[other], entry: entry)
        found &+= 1
        break
      }
    }
    return found
  }

  /// Keeps the hits whose keys are the same, not only the hashes of these; gives how many.
  private func verified(_ count: Int) -> Int {
    let (rows, hits) = (rows.pointer, hits.pointer)
    var kept = 0
    for place in 0..<count {
      let hit = hits[place]
      let row = Int(rows[Int(hit.index)])
      if table.matches(Int(hit.entry), keys, row) {
        hits[kept] = hit
        kept &+= 1
      } else if let next = next(row, from: hit.entry &+ 1, to: ends.pointer[Int(hit.index)]) {
        hits[kept] = Hit(index: hit.index, entry: next)
        kept &+= 1
      }
    }
    return kept
  }

  /// The next entry with the keys of a row among those of its bucket.
  private func next(_ row: Int, from first: UInt32, to end: UInt32) -> UInt32? {
    let word = keys.words.pointer[row]
    let entries = table.entries.pointer
    var entry = first
    while entry < end {
      if entries[Int(entry)].word == word && (keys.isExact || table.matches(Int(entry), keys, row))
      {
        return entry
      }
      entry &+= 1
    }
    return nil
  }

  /// Writes to `places`, by row, where the first match of each row that is looked up is, or `missing`, and
  /// sets the bits of the rows that have one; returns how many.
  func lookUp(
    into places: UnsafeMutablePointer<RowPlace>, missing: RowPlace,
    _ bits: UnsafeMutablePointer<UInt64>
  ) -> Int {
    let (own, entries, hits) = (rows.pointer, table.entries.pointer, hits.pointer)
    for index in 0..<rows.count { places[Int(own[index])] = missing }
    var found = 0
    while located < rows.count {
      let count = matchNext()
      for hit in 0..<count {
        let row = Int(own[Int(hits[hit].index)])
        places[row] = RowPlace(packed: entries[Int(hits[hit].entry)].place)
        bits[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
      }
      found &+= count
    }
    return found
  }

  /// As above, of a table that may have a key several times: calls `body` with the place of the first match
  /// where there are more.
  func lookUp(
    into places: UnsafeMutablePointer<RowPlace>, severalAt body: (_ place: Int) -> Void
  ) {
    let (own, entries, hits) = (rows.pointer, table.entries.pointer, hits.pointer)
    for index in 0..<rows.count { places[Int(own[index])] = .none }
    while located < rows.count {
      for hit in 0..<matchNext() {
        let (index, entry) = (Int(hits[hit].index), hits[hit].entry)
        let (row, place) = (Int(own[index]), entries[Int(entry)].place)
        places[row] = RowPlace(packed: place)
        if next(row, from: entry &+ 1, to: ends.pointer[index]) != nil { body(place) }
      }
    }
  }

  /// Writes the bits of the selected rows that have a match, or that have none.
  func membership(
    _ vectors: [Vector], _ rowCount: Int, _ selection: UnsafePointer<UInt64>?, isNegated: Bool,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    read(vectors, rowCount, selection)
    for word in 0..<(rowCount + 63) / 64 { bits[word] = isNegated ? selection?[word] ?? ~0 : 0 }
    if rowCount & 63 != 0 { bits[rowCount / 64] &= (1 &<< UInt64(rowCount & 63)) &- 1 }
    let (own, hits) = (rows.pointer, hits.pointer)
    while located < rows.count {
      for hit in 0..<matchNext() {
        let row = Int(own[Int(hits[hit].index)])
        bits[row &>> 6] ^= 1 &<< UInt64(truncatingIfNeeded: row & 63)
      }
    }
  }
}
