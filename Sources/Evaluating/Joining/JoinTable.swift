import Columns
import Plans

/// The right side of a join, found by the words of its keys.
///
/// Rows lie by bucket of the word's hash, and within a bucket in order of rows; a word's matches
/// are those of its bucket with the same word. Where words are hashes, those of a bucket lie in
/// order of hash and then of row, and the keys themselves lie beside them.
final class JoinTable: @unchecked Sendable {
  // @unchecked: built before it is shared.
  struct Entry: BitwiseCopyable {
    let word: UInt64
    /// The packed place of the row.
    let place: Int
  }

  let table: Table
  let types: [DataType]
  let entries: Store<Entry>
  /// Where the entries of a bucket begin; one more than buckets.
  let starts: Store<UInt32>
  let buckets: JoinBuckets
  /// How words are made of the keys; nil where they are the only key, or hashes.
  let coding: JoinCoding?
  /// Whether different keys have the same word: else one comparison is for all of a word.
  let hasCollisions: Bool
  /// Whether no two rows have the same keys, as far as that was found out.
  let isUnique: Bool
  /// What tells most rows without a match; nil where it would not pay.
  let filter: JoinFilter?
  private let keys: JoinEntryKeys
  /// Keeps copied texts alive.
  private let arenas: [Arena]

  init(
    _ reading: JoinKeyReading, entries: Store<Entry>, starts: Store<UInt32>, buckets: JoinBuckets,
    keys: JoinEntryKeys, hasCollisions: Bool, isUnique: Bool, arenas: [Arena]
  ) {
    table = reading.table
    types = reading.keys.map(\.type)
    coding = reading.coding
    self.entries = entries
    self.starts = starts
    self.buckets = buckets
    self.keys = keys
    self.hasCollisions = hasCollisions
    self.isUnique = isUnique
    filter = JoinFilter(entries, count: Int(starts.pointer[starts.count - 1]), buckets)
    self.arenas = arenas
  }

  /// How many rows have keys; of a table without repeats, how many keys there are.
  var entryCount: Int { Int(starts.pointer[starts.count - 1]) }

  /// Whether the keys of an entry are those of a probing row; for words that are hashes.
  @inline(__always) func matches(_ entry: Int, _ probing: JoinKeys, _ row: Int) -> Bool {
    keys.areEqual(entry, probing, row)
  }

  /// Reads of the keys of an entry what a comparison will read of them first.
  @inline(__always) func touch(_ entry: Int) -> UInt64 { keys.touch(entry) }
}

/// The buckets of words: by their hash, or one for each word where these are few.
struct JoinBuckets: Sendable {
  let bits: Int
  let isDirect: Bool

  /// Some for the number of rows, or for all words of a dense coding.
  init(rows: Int, _ coding: JoinCoding?) {
    let dense = coding.flatMap { $0.isDense(rows: rows) ? $0 : nil }
    let wanted = dense.map { Int($0.cellCount) } ?? rows
    var bits = 4
    while bits < 31 && 1 << bits < wanted { bits += 1 }
    self.bits = bits
    isDirect = dense != nil
  }

  @inline(__always) func bucket(_ word: UInt64) -> Int {
    let hash = KeyTable.hash(word) &>> UInt64(64 &- bits)
    return Int(truncatingIfNeeded: isDirect ? word : hash)
  }
}

/// The keys of the entries of a join's table, in their order: for words that are hashes.
final class JoinEntryKeys: @unchecked Sendable {
  // @unchecked: filled by part before it is shared.
  private let values: [Store<Int64>]
  private let texts: [Store<TextReference>]
  /// The addresses of both by key, and which of them counts: loops take them without counting
  /// references.
  private let valuePlaces = Store<UnsafeMutablePointer<Int64>>()
  private let textPlaces = Store<UnsafeMutablePointer<TextReference>>()
  private let areTexts = Store<Bool>()

  /// Room for `count` entries; none where words are the keys.
  init(_ types: [DataType], isExact: Bool, count: Int) {
    values = types.map { Store(undefined: isExact || $0 == .string ? 1 : max(1, count)) }
    texts = types.map { Store(undefined: !isExact && $0 == .string ? max(1, count) : 1) }
    for store in values { valuePlaces.append(store.pointer) }
    for store in texts { textPlaces.append(store.pointer) }
    for type in types { areTexts.append(type == .string) }
  }

  /// Takes the keys of the row of an entry.
  @inline(__always) func take(_ reading: JoinKeyReading, _ row: Int, for entry: Int) {
    for index in 0..<areTexts.count {
      if areTexts.pointer[index] {
        textPlaces.pointer[index][entry] = reading.texts[index].pointer[row]
      } else {
        valuePlaces.pointer[index][entry] = reading.values[index].pointer[row]
      }
    }
  }

  /// Puts the keys of an entry in the place of another's.
  func move(_ entry: Int, to other: Int) {
    for index in 0..<areTexts.count {
      if areTexts.pointer[index] {
        textPlaces.pointer[index][other] = textPlaces.pointer[index][entry]
      } else {
        valuePlaces.pointer[index][other] = valuePlaces.pointer[index][entry]
      }
    }
  }

  /// Whether two entries have the same keys.
  func areEqual(_ entry: Int, _ other: Int) -> Bool {
    for index in 0..<areTexts.count {
      if areTexts.pointer[index] {
        let texts = textPlaces.pointer[index]
        if !texts[entry].equals(texts[other]) { return false }
      } else if valuePlaces.pointer[index][entry] != valuePlaces.pointer[index][other] {
        return false
      }
    }
    return true
  }

  /// Whether an entry has the keys of a probing row.
  @inline(__always) func areEqual(_ entry: Int, _ probing: JoinKeys, _ row: Int) -> Bool {
    for index in 0..<areTexts.count {
      if areTexts.pointer[index] {
        let text = probing.textPlaces.pointer[index][row]
        if !textPlaces.pointer[index][entry].equals(text) { return false }
      } else if valuePlaces.pointer[index][entry] != probing.valuePlaces.pointer[index][row] {
        return false
      }
    }
    return true
  }

  /// Reads a byte of the first text key, so that more of it will be in the cache.
  @inline(__always) func touch(_ entry: Int) -> UInt64 {
    guard areTexts.count > 0, areTexts.pointer[0] else { return 0 }
    let text = textPlaces.pointer[0][entry]
    return text.count == 0 ? 0 : UInt64(text.bytes[0])
  }
}

extension Table {
  /// The number of the first row of each segment, and the number of rows.
  var segmentStarts: [Int] {
    var starts = [0]
    for count in segmentRowCounts { starts.append((starts.last ?? 0) + count) }
    return starts
  }
}
