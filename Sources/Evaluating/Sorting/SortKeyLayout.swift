import Columns
import Plans

/// How sort keys become words that compare as the keys do, nulls and NaN last in both directions.
///
/// A slot is one word a row; rows compare slot by slot. A text's word is its first seven bytes, and
/// texts of equal words compare whole.
struct SortKeyLayout: Hashable, Sendable {
  enum Slot: Hashable, Sendable {
    /// A key whose words leave room for null and NaN above: floats, bools, integers of known range.
    case word(key: Int)
    /// The upper 63 bits of an integer's word, with null above; the next slot has all bits.
    case upper(key: Int)
    case lower(key: Int)
    case text(key: Int)
    /// Several keys, or the codes of a text: see `SortKeyPacking`.
    case packed(keys: Range<Int>)

    /// The key, the first one of several.
    var key: Int {
      switch self {
      case .word(let key), .upper(let key), .lower(let key), .text(let key): key
      case .packed(let keys): keys.lowerBound
      }
    }

    /// Whether rows of equal words have equal keys up to this slot.
    var isWhole: Bool {
      switch self {
      case .word, .lower, .packed: true
      case .upper, .text: false
      }
    }
  }

  let slots: [Slot]
  let isDescending: [Bool]

  /// The words of null and NaN; every word is below `beyond`.
  static let null = UInt64.max - 1
  static let notANumber = UInt64.max - 2
  static let beyond = UInt64.max

  /// Takes the keys and what is known of them; neighbours of few values share words
  /// where there are so many rows to be packed.
  init(
    _ keys: [(type: DataType, facts: ColumnFacts, isDescending: Bool)], packingFor rows: Int? = nil
  ) {
    isDescending = keys.map(\.isDescending)
    let bits = keys.map { key in
      rows.flatMap { SortKeyPacking.bits(key.type, key.facts, rows: $0) }
    }
    var slots: [Slot] = []
    var next = 0
    while next < keys.count {
      let end = SortKeyLayout.packedEnd(bits, from: next)
      // One number alone is packed where its unit makes it shorter.
      let isShorter = keys[next].type == .string || keys[next].facts.unit > 1
      if end - next > 1 || end > next && isShorter {
        slots.append(.packed(keys: next..<end))
        next = end
      } else {
        slots += SortKeyLayout.slots(next, keys[next].type, keys[next].facts)
        next += 1
      }
    }
    self.slots = slots
  }

  /// The end of the keys from `first` on that share a word.
  private static func packedEnd(_ bits: [Int?], from first: Int) -> Int {
    var end = first
    var sum = 0
    while end < bits.count, let own = bits[end], sum + own <= SortKeyPacking.mostBits {
      (end, sum) = (end + 1, sum + own)
    }
    return end
  }

  /// The slots of a key that has words of its own.
  private static func slots(_ position: Int, _ type: DataType, _ facts: ColumnFacts) -> [Slot] {
    switch type {
    case .string: return [.text(key: position)]
    case .bool, .float: return [.word(key: position)]
    case .int, .date, .time, .duration:
      if facts.isSound, let range = facts.range,
        range.lowerBound > Int64.min + 4, range.upperBound < Int64.max - 4
      {
        return [.word(key: position)]
      }
      return [.upper(key: position), .lower(key: position)]
    }
  }

  /// Whether equal words of the only slot are equal keys.
  var isSingleWord: Bool {
    slots.count == 1 && slots[0].isWhole
  }

  /// Whether the words say all of the keys.
  var hasNoTexts: Bool {
    !slots.contains { if case .text = $0 { true } else { false } }
  }

  /// Writes the words of a slot for dense values of its key; `order` is scratch of as many rows.
  func encode(
    _ slot: Int, _ column: DenseColumn, _ rows: GroupedRows,
    into words: UnsafeMutablePointer<UInt64>,
    order: UnsafeMutablePointer<Int64>, texts: UnsafeMutablePointer<TextReference>
  ) {
    let flip: UInt64 = isDescending[slots[slot].key] ? ~0 : 0
    let bias = UInt64(1) &<< 63
    switch slots[slot] {
    case .packed: preconditionFailure("several keys are written by their packing")
    case .text(let key):
      column.texts(into: texts)
      let isDescending = isDescending[key]
      for row in 0..<rows.count { words[row] = texts[row].sortSlot(isDescending) }
    case .upper:
      _ = column.orderWords(into: order)
      for row in 0..<rows.count {
        words[row] = ((UInt64(bitPattern: order[row]) ^ bias) ^ flip) &>> 1
      }
    case .lower:
      _ = column.orderWords(into: order)
      for row in 0..<rows.count { words[row] = (UInt64(bitPattern: order[row]) ^ bias) ^ flip }
    case .word:
      _ = column.orderWords(into: order)
      for row in 0..<rows.count { words[row] = (UInt64(bitPattern: order[row]) ^ bias) ^ flip }
      if case .float64 = column.values {
        for row in 0..<rows.count where order[row] == Int64.max {
          words[row] = SortKeyLayout.notANumber
        }
      }
    }
    guard let validity = column.validity else { return }
    rows.forEachNull(validity) { words[$0] = SortKeyLayout.null }
    guard case .text = slots[slot] else { return }
    let empty = TextReference.empty
    rows.forEachNull(validity) { texts[$0] = empty }
  }

  /// Writes the words of a slot of texts; `codeWords` is scratch.
  func encodeTexts(
    _ slot: Int, _ column: DenseColumn, _ rows: GroupedRows,
    into words: UnsafeMutablePointer<UInt64>, _ codeWords: Store<UInt64>
  ) {
    let isDescending = isDescending[slots[slot].key]
    switch column.values {
    case .texts(let texts, _):
      for row in 0..<rows.count { words[row] = texts[row].sortSlot(isDescending) }
    case .codes8(let codes, let dictionary):
      dictionary.writeSortSlots(isDescending, into: codeWords)
      for row in 0..<rows.count { words[row] = codeWords.pointer[Int(codes[row])] }
    case .codes16(let codes, let dictionary) where dictionary.count < rows.count:
      dictionary.writeSortSlots(isDescending, into: codeWords)
      for row in 0..<rows.count { words[row] = codeWords.pointer[Int(codes[row])] }
    default:
      for row in 0..<rows.count { words[row] = column.text(row).sortSlot(isDescending) }
    }
    if let validity = column.validity {
      rows.forEachNull(validity) { words[$0] = SortKeyLayout.null }
    }
  }

  /// The same of the chosen rows only.
  func encodeTexts(
    _ slot: Int, _ column: DenseColumn, _ rows: GroupedRows,
    _ chosen: UnsafeBufferPointer<UInt32>, into words: UnsafeMutablePointer<UInt64>
  ) {
    let isDescending = isDescending[slots[slot].key]
    for row in chosen {
      let row = Int(row)
      let position = rows.positions.map { Int($0[row]) } ?? row
      let isPresent =
        column.validity.map { $0[position &>> 6] &>> UInt64(position & 63) & 1 != 0 } ?? true
      words[row] = isPresent ? column.text(row).sortSlot(isDescending) : SortKeyLayout.null
    }
  }
}

extension TextReference {
  /// The word of a text in its slot.
  @inline(__always) fileprivate func sortSlot(_ isDescending: Bool) -> UInt64 {
    let word = (prefixWord &>> 8) &+ 1
    let ceiling: UInt64 = (1 &<< 56) &+ 1
    return isDescending ? ceiling &- word : word
  }
}

extension TextDictionary {
  /// Writes the words of all texts, and one for the code under nulls where there are none.
  fileprivate func writeSortSlots(_ isDescending: Bool, into words: Store<UInt64>) {
    words.removeAll()
    words.reserve(max(1, count))
    for code in 0..<count {
      words.append(TextReference(texts, at: code).sortSlot(isDescending))
    }
    if count == 0 { words.append(0) }
  }
}
