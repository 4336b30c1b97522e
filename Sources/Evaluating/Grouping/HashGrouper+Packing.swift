import Columns
import Kernels

extension HashGrouper {
  /// Writes the word of each row, all keys in it; false when a value is out of its domain.
  func pack(_ keys: [DenseColumn], _ rows: GroupedRows, _ packing: KeyPacking) -> Bool {
    for (position, key) in keys.enumerated() {
      let part = packing.parts[position]
      if !writeCodes(key, rows, part, position) { return false }
      let codes = columnWords.pointer
      if let validity = key.validity {
        let null = Int64(bitPattern: part.null)
        rows.forEachNull(validity) { row in codes[row] = null }
      }
      if !merge(part, rows.count, isFirst: position == 0, mayBeNull: key.validity != nil) {
        return false
      }
    }
    return true
  }

  /// Puts the codes of a key into the words; false when one is beyond what the key has.
  private func merge(_ part: KeyPacking.Part, _ count: Int, isFirst: Bool, mayBeNull: Bool) -> Bool
  {
    let (codes, words, shift) = (columnWords.pointer, words.pointer, part.shift)
    let limit = mayBeNull ? max(part.greatest, part.null & part.mask) : part.greatest
    var beyond: UInt64 = 0
    if isFirst {
      for row in 0..<count {
        let code = UInt64(bitPattern: codes[row])
        beyond |= code > limit ? 1 : 0
        words[row] = code &<< shift
      }
    } else {
      for row in 0..<count {
        let code = UInt64(bitPattern: codes[row])
        beyond |= code > limit ? 1 : 0
        words[row] |= code &<< shift
      }
    }
    return beyond == 0
  }

  /// Writes the code of each row; whatever stands under a null.
  private func writeCodes(
    _ key: DenseColumn, _ rows: GroupedRows, _ part: KeyPacking.Part, _ position: Int
  ) -> Bool {
    let codes = columnWords.pointer
    switch (key.values, part.kind) {
    case (.codes8(let values, let own), .codes(let dictionary)) where own.isSame(as: dictionary):
      for row in 0..<rows.count { codes[row] = Int64(values[row]) }
    case (.codes16(let values, let own), .codes(let dictionary)) where own.isSame(as: dictionary):
      for row in 0..<rows.count { codes[row] = Int64(values[row]) }
    case (_, .numbers):
      guard let interner = interners[position] else { return false }
      writeTexts(key, rows, interner)
    case (_, .integers(let base, let unit)):
      return writeDistances(key, rows.count, base, unit)
    case (_, .multiples(let base, let step)):
      return key.steps(from: base, of: step, into: codes)
    case (.float64(let values), .floats(let unit, let base, let count)):
      // Others than these have the least word, which is beyond all codes.
      unit.writeMultiples(
        of: values, count: rows.count, in: base...base + Int64(count) - 1, into: codes)
      for row in 0..<rows.count { codes[row] = codes[row] &- base }
    default: return false
    }
    return true
  }

  /// Writes how many units each value lies above the base.
  private func writeDistances(
    _ key: DenseColumn, _ count: Int, _ base: Int64, _ unit: Int64
  ) -> Bool {
    var stored = key
    // Stored values that count units need no division.
    if unit > 1 {
      guard key.scale == unit else { return false }
      stored.scale = 1
    }
    let codes = columnWords.pointer
    guard stored.orderWords(into: codes) else { return false }
    let first = base / unit
    for row in 0..<count { codes[row] = codes[row] &- first }
    return true
  }
}
