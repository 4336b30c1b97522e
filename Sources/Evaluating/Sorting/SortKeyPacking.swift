import Columns

/// Sort keys of few values that share a word, which compares as the keys do one after the other.
///
/// A key's bits are the number of its value in the order of the key, from 0, and behind the last one
/// the number of null. Integers are numbered from the least one, texts by their rank in the one
/// dictionary of their column.
struct SortKeyPacking: Sendable {
  fileprivate struct Part: Sendable {
    let key: Int
    let isDescending: Bool
    let shift: UInt64
    /// The greatest number of a value; that of null follows.
    let last: UInt64
    /// What is taken from an integer, in units.
    let low: Int64
    let unit: Int64
    /// The rank of each code.
    let ranks: [UInt16]
  }

  private let parts: [Part]

  /// Leaves the words of null and NaN above all.
  static let mostBits = 62

  /// The bits of a key; nil when its values are not known well enough.
  static func bits(_ type: DataType, _ facts: ColumnFacts, rows: Int) -> Int? {
    guard let last = last(type, facts, rows: rows), last < 1 << (mostBits - 1) else { return nil }
    return UInt64.bitWidth - (last + 1).leadingZeroBitCount
  }

  private static func last(_ type: DataType, _ facts: ColumnFacts, rows: Int) -> UInt64? {
    guard facts.isSound else { return nil }
    switch type {
    case .float: return nil
    case .bool: return 1
    case .string:
      // Ranks are found by sorting the dictionary, which may be that of a much longer table.
      guard facts.isStored, let count = facts.dictionary?.count, count <= max(64, rows / 8)
      else { return nil }
      return UInt64(max(1, count) - 1)
    case .int, .date, .time, .duration:
      guard let range = facts.range else { return nil }
      let (low, high) = (range.lowerBound / facts.unit, range.upperBound / facts.unit)
      let (span, overflows) = high.subtractingReportingOverflow(low)
      return overflows ? nil : UInt64(span)
    }
  }

  /// Takes keys that have `bits`, the first one first; these are `mostBits` at most.
  init(
    _ keys: Range<Int>, _ types: [DataType], _ facts: [ColumnFacts], _ isDescending: [Bool],
    rows: Int
  ) {
    var parts: [Part] = []
    var shift = 0
    for key in keys.reversed() {
      let (type, facts) = (types[key], facts[key])
      guard let last = SortKeyPacking.last(type, facts, rows: rows),
        let bits = SortKeyPacking.bits(type, facts, rows: rows)
      else { preconditionFailure("a key that has no bits") }
      let isNumber = type != .string && type != .bool
      parts.append(
        Part(
          key: key, isDescending: isDescending[key], shift: UInt64(shift), last: last,
          low: isNumber ? (facts.range?.lowerBound ?? 0) / facts.unit : 0, unit: facts.unit,
          ranks: type == .string ? facts.dictionary?.ranks ?? [] : []))
      shift += bits
    }
    precondition(shift <= SortKeyPacking.mostBits, "keys of \(shift) bits in a word")
    self.parts = parts
  }

  /// Writes the words of some rows; `column` gives the dense values of a key, `numbers` is scratch.
  func encode(
    _ column: (Int) -> DenseColumn, _ rows: GroupedRows,
    into words: UnsafeMutablePointer<UInt64>, numbers: UnsafeMutablePointer<Int64>
  ) {
    words.update(repeating: 0, count: rows.count)
    for part in parts {
      let column = column(part.key)
      part.number(column, into: numbers)
      let (shift, null) = (part.shift, part.last + 1)
      let flip = part.isDescending ? part.last : 0
      let sign: UInt64 = part.isDescending ? ~0 : 1
      // Under a null may stand anything.
      let mask = ~(~0 &<< UInt64(64 - null.leadingZeroBitCount))
      for row in 0..<rows.count {
        words[row] |= ((flip &+ UInt64(bitPattern: numbers[row]) &* sign) & mask) &<< shift
      }
      guard let validity = column.validity else { continue }
      rows.forEachNull(validity) { row in
        words[row] = words[row] & ~(mask &<< shift) | null &<< shift
      }
    }
  }
}

extension SortKeyPacking.Part {
  /// Writes the number of each value, ascending from 0.
  fileprivate func number(_ column: DenseColumn, into numbers: UnsafeMutablePointer<Int64>) {
    switch column.values {
    case .codes8(let codes, _): rank(codes, column.count, into: numbers)
    case .codes16(let codes, _): rank(codes, column.count, into: numbers)
    default:
      var column = column
      let (factor, rest) = column.scale.quotientAndRemainder(dividingBy: unit)
      if rest == 0 { column.scale = factor }
      guard column.orderWords(into: numbers) else { preconditionFailure("texts without codes") }
      if rest != 0 {
        for row in 0..<column.count { numbers[row] /= unit }
      }
      for row in 0..<column.count { numbers[row] &-= low }
    }
  }

  private func rank<Code: FixedWidthInteger>(
    _ codes: UnsafePointer<Code>, _ count: Int, into numbers: UnsafeMutablePointer<Int64>
  ) {
    ranks.withUnsafeBufferPointer { ranks in
      for row in 0..<count {
        // The dictionary may lack the codes under nulls.
        let code = Int(truncatingIfNeeded: codes[row])
        numbers[row] = code < ranks.count ? Int64(ranks[code]) : 0
      }
    }
  }
}

extension TextDictionary {
  /// The place of each text among all in their order.
  fileprivate var ranks: [UInt16] {
    let references = (0..<count).map { TextReference(texts, at: $0) }
    let order = (0..<count).sorted { references[$0].compare(references[$1]) < 0 }
    var ranks = [UInt16](repeating: 0, count: count)
    for (rank, code) in order.enumerated() { ranks[code] = UInt16(truncatingIfNeeded: rank) }
    return ranks
  }
}
