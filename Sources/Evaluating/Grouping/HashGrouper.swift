import Columns
import Kernels

/// Numbers rows by hashing the words of their keys.
///
/// A single key is one word, and null is group 1; several keys are a word each and one of null
/// bits, or all in one word where they fit. A text's word is its number in the key's interner; a
/// single text needs no other number.
final class HashGrouper: @unchecked Sendable {
  // @unchecked: used by one worker; read by others after its loop has ended.
  let layout: GroupingLayout
  private(set) var table: KeyTable
  /// One a key; nil for keys of fixed width.
  private(set) var interners: [TextInterner?]
  let words: Store<UInt64>
  let columnWords: Store<Int64>
  private let references: Store<TextReference>
  private let presentRows: Store<UInt32>
  private let hashes: Store<UInt64>
  private let isFar: Bool

  /// `isFar` says that the texts of rows lie far from each other (see `TextInterner`).
  init(_ layout: GroupingLayout, blockRows: Int, isFar: Bool = false) {
    self.layout = layout
    self.isFar = isFar
    let hasTexts = layout.keys.contains { $0.type == .string }
    table = HashGrouper.makeTable(layout)
    interners = HashGrouper.makeInterners(layout, isFar)
    words = Store(undefined: blockRows * layout.keyWidth)
    columnWords = Store(undefined: blockRows)
    references = Store(undefined: hasTexts ? blockRows : 1)
    // Rows are written by whole vectors.
    presentRows = Store(undefined: hasTexts ? blockRows + 16 : 1)
    hashes = Store(undefined: hasTexts ? blockRows : 1)
  }

  /// An empty table for these keys.
  static func makeTable(_ layout: GroupingLayout, expecting keys: Int = 0) -> KeyTable {
    KeyTable(width: layout.keyWidth, reserving: layout.reservesNull ? 1 : 0, expecting: keys)
  }

  private static func makeInterners(_ layout: GroupingLayout, _ isFar: Bool) -> [TextInterner?] {
    layout.keys.indices.map { layout.isInterned($0) ? TextInterner(isFar: isFar) : nil }
  }

  /// Groups, group 0 among them.
  var groupCount: Int { table.count + 1 }

  /// Whether groups are numbered as the texts of the only key are.
  var isByText: Bool { interners.count == 1 && interners[0] != nil }

  /// Begins with an empty table of the same size, for the caller keeps the one that is full.
  func startOver() { table = HashGrouper.makeTable(layout, expecting: table.count) }

  /// Begins anew, of about so many keys: the caller keeps the table and the interners.
  func renew(expecting keys: Int) {
    table = HashGrouper.makeTable(layout, expecting: isByText ? 0 : keys)
    interners = HashGrouper.makeInterners(layout, isFar)
  }

  /// Writes the groups of rows; false when a value is out of the domain of its key.
  func number(
    _ keys: [DenseColumn], _ rows: GroupedRows, into groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    if isByText {
      numberByText(keys[0], rows, into: groups)
      return true
    }
    if let packing = layout.packing {
      if !pack(keys, rows, packing) { return false }
      table.number(words.pointer, rows.count, into: groups)
      return true
    }
    let width = layout.keyWidth
    if width > 1 {
      for nulls in keys.count..<width {
        for row in 0..<rows.count { words.pointer[row &* width &+ nulls] = 0 }
      }
    }
    for (position, key) in keys.enumerated() {
      write(key, rows, at: position, width)
    }
    table.number(words.pointer, rows.count, into: groups)
    if width == 1, let validity = keys[0].validity {
      rows.forEachNull(validity) { row in groups[row] = 1 }
    }
    return true
  }

  /// Writes groups one above the texts' numbers, for 1 is that of null.
  private func numberByText(
    _ key: DenseColumn, _ rows: GroupedRows, into groups: UnsafeMutablePointer<UInt32>
  ) {
    guard let interner = interners[0] else { return }
    writeTexts(key, rows, interner)
    let numbers = columnWords.pointer
    for row in 0..<rows.count { groups[row] = UInt32(truncatingIfNeeded: numbers[row]) &+ 1 }
    if let validity = key.validity {
      rows.forEachNull(validity) { row in groups[row] = 1 }
    }
    table.countUp(to: interner.count)
  }

  /// Writes the words of a key, 0 for nulls.
  private func write(_ key: DenseColumn, _ rows: GroupedRows, at position: Int, _ width: Int) {
    let values = columnWords.pointer
    let words = words.pointer + position
    if let interner = interners[position] {
      writeTexts(key, rows, interner)
    } else if width == 1 {
      _ = key.orderWords(into: UnsafeMutableRawPointer(words).assumingMemoryBound(to: Int64.self))
    } else {
      _ = key.orderWords(into: values)
    }
    if width > 1 {
      for row in 0..<rows.count { words[row &* width] = UInt64(bitPattern: values[row]) }
    }
    guard let validity = key.validity else { return }
    let nulls = self.words.pointer + layout.keys.count + position / 64
    let bit = UInt64(1) << UInt64(position & 63)
    rows.forEachNull(validity) { row in
      words[row &* width] = 0
      if width > 1 { nulls[row &* width] |= bit }
    }
  }

  /// Writes the numbers of texts; whatever stands under a null.
  func writeTexts(_ key: DenseColumn, _ rows: GroupedRows, _ interner: TextInterner) {
    let values = columnWords.pointer
    switch key.values {
    case .codes8(let codes, let dictionary):
      let numbers = interner.numbers(of: dictionary)
      for row in 0..<rows.count { values[row] = Int64(numbers[Int(codes[row])]) }
    case .codes16(let codes, let dictionary):
      let numbers = interner.numbers(of: dictionary)
      for row in 0..<rows.count { values[row] = Int64(numbers[Int(codes[row])]) }
    default:
      key.texts(into: references.pointer)
      if let validity = key.validity { return numberPresent(key, rows, validity, interner) }
      interner.number(
        references.pointer, rows.count, copying: !key.isStable, hashes: key.hashes, into: values)
    }
  }

  /// Numbers the texts that are present, put together before and taken apart behind.
  private func numberPresent(
    _ key: DenseColumn, _ rows: GroupedRows, _ validity: UnsafePointer<UInt64>,
    _ interner: TextInterner
  ) {
    let (texts, present, hashes) = (references.pointer, presentRows.pointer, hashes.pointer)
    let count = findPresent(rows, validity)
    for index in 0..<count { texts[index] = texts[Int(present[index])] }
    if let known = key.hashes {
      for index in 0..<count { hashes[index] = known[Int(present[index])] }
    }
    let numbers = columnWords.pointer
    interner.number(
      texts, count, copying: !key.isStable, hashes: key.hashes == nil ? nil : hashes, into: numbers)
    // From the last on: a row is not before its place among those that are present.
    for index in stride(from: count &- 1, through: 0, by: -1) {
      numbers[Int(present[index])] = numbers[index]
    }
  }

  /// Writes the rows that are present; gives how many.
  private func findPresent(_ rows: GroupedRows, _ validity: UnsafePointer<UInt64>) -> Int {
    let present = presentRows.pointer
    if rows.positions == nil { return selectedRows(validity, count: rows.count, into: present) }
    var count = 0
    for row in 0..<rows.count {
      present[count] = UInt32(truncatingIfNeeded: row)
      count &+= rows.isPresent(validity, row) ? 1 : 0
    }
    return count
  }
}
