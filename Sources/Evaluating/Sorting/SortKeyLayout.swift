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

    var key: Int {
      switch self {
      case .word(let key), .upper(let key), .lower(let key), .text(let key): key
      }
    }
  }

  let slots: [Slot]
  let isDescending: [Bool]

  /// The words of null and NaN; every word is below `beyond`.
  static let null = UInt64.max - 1
  static let notANumber = UInt64.max - 2
  static let beyond = UInt64.max

  /// Takes the keys and what is known of them.
  init(_ keys: [(type: DataType, facts: ColumnFacts, isDescending: Bool)]) {
    isDescending = keys.map(\.isDescending)
    slots = keys.enumerated().flatMap { position, key -> [Slot] in
      switch key.type {
      case .string: return [.text(key: position)]
      case .bool, .float: return [.word(key: position)]
      case .int, .date, .time, .duration:
        if key.facts.isSound, let range = key.facts.range,
          range.lowerBound > Int64.min + 4, range.upperBound < Int64.max - 4
        {
          return [.word(key: position)]
        }
        return [.upper(key: position), .lower(key: position)]
      }
    }
  }

  /// Whether equal words of the only slot are equal keys.
  var isSingleWord: Bool {
    if slots.count == 1, case .word = slots[0] { return true }
    return false
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
    case .text:
      column.texts(into: texts)
      let ceiling: UInt64 = (1 &<< 56) &+ 1
      for row in 0..<rows.count {
        let word = (texts[row].prefixWord &>> 8) &+ 1
        words[row] = flip == 0 ? word : ceiling &- word
      }
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
    for row in 0..<rows.count {
      let position = rows.positions.map { Int($0[row]) } ?? row
      let isPresent =
        validity[position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63) & 1 != 0
      if isPresent { continue }
      words[row] = SortKeyLayout.null
      if case .text = slots[slot] { texts[row] = .empty }
    }
  }
}
