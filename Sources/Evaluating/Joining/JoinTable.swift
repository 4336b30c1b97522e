import Columns

/// The right side of a join, found by the words of its keys.
///
/// Rows lie by bucket of the word's hash, and within a bucket in order of rows; a word's matches
/// are those of its bucket with the same word (and, where words are hashes, the same values).
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
  let shift: UInt64
  /// The keys of every row, for comparison where words are hashes.
  private let values: [Store<Int64>]
  private let texts: [Store<TextReference>]
  /// The addresses of both by key, and which of them counts: loops take them without counting
  /// references.
  private let valuePlaces = Store<UnsafeMutablePointer<Int64>>()
  private let textPlaces = Store<UnsafeMutablePointer<TextReference>>()
  private let areTexts = Store<Bool>()
  private let segmentStarts: [Int]
  /// Keeps copied texts alive.
  private let arenas: [Arena]

  init(
    table: Table, types: [DataType], entries: Store<Entry>, starts: Store<UInt32>, shift: UInt64,
    values: [Store<Int64>], texts: [Store<TextReference>], arenas: [Arena]
  ) {
    self.table = table
    self.types = types
    self.entries = entries
    self.starts = starts
    self.shift = shift
    self.values = values
    self.texts = texts
    self.arenas = arenas
    segmentStarts = table.segmentStarts
    for store in values { valuePlaces.append(store.pointer) }
    for store in texts { textPlaces.append(store.pointer) }
    for type in types { areTexts.append(type == .string) }
  }

  /// The bucket of a word.
  @inline(__always) static func bucket(_ word: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: KeyTable.hash(word) &>> shift)
  }

  /// The number of the row at a place.
  @inline(__always) func rowNumber(_ place: Int) -> Int {
    segmentStarts[place >> 32] + place & 0xFFFF_FFFF
  }

  /// Whether the keys of a row are those of a probing row.
  func matches(_ place: Int, _ keys: JoinKeys, _ row: Int) -> Bool {
    let own = rowNumber(place)
    for index in 0..<areTexts.count {
      if areTexts.pointer[index] {
        let text = keys.textPlaces.pointer[index][row]
        if !textPlaces.pointer[index][own].equals(text) { return false }
      } else if valuePlaces.pointer[index][own] != keys.valuePlaces.pointer[index][row] {
        return false
      }
    }
    return true
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
