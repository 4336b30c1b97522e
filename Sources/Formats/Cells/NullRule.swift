/// Which texts mean that there is no value.
package struct NullRule: Sendable, Hashable {
  /// What `with null = …` gave; nil when it was not given.
  package let custom: [[UInt8]]?
  /// Whether `NULL` and `\N` are null.
  package let hasWords: Bool

  /// The list that holds unless another is given: empty, `NULL`, `\N` everywhere, and `NA`, `N/A`,
  /// `None`, `-`, `null` in columns that are otherwise not text.
  package static let standard = NullRule(custom: nil, hasWords: true)
  /// For cells kept as they are: only what is empty.
  package static let emptyOnly = NullRule(custom: nil, hasWords: false)

  /// Only these texts, and empty cells of columns that are not text.
  package static func only(_ texts: [String]) -> NullRule {
    NullRule(custom: texts.map { Array($0.utf8) }, hasWords: false)
  }

  private init(custom: [[UInt8]]?, hasWords: Bool) {
    self.custom = custom
    self.hasWords = hasWords
  }

  /// Whether an empty cell without quotes is null in a text column.
  var isEmptyTextNull: Bool { custom == nil || custom?.contains([]) == true }

  /// Whether a cell that is not empty means null in every column.
  package func isHard(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    if let custom { return custom.contains { cell.elementsEqual($0) } }
    guard hasWords else { return false }
    if cell.count == 4 { return cell.elementsEqual([0x4E, 0x55, 0x4C, 0x4C]) }
    return cell.count == 2 && cell[0] == 0x5C && cell[1] == 0x4E
  }

  /// Whether a cell without spaces around it, empty or not, is null in a column that is not text.
  package func isNull(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    cell.isEmpty || isHard(cell) || isSoft(cell)
  }

  /// Whether a cell means null in columns that are otherwise not text.
  package func isSoft(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard hasWords, cell.count <= 4 else { return false }
    switch String(decoding: cell, as: UTF8.self) {
    case "NA", "N/A", "None", "-", "n/a", "none", "null", "#N/A", "nil": return true
    default: return false
    }
  }
}

/// A cell without the spaces around it.
package func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var low = 0
  var high = cell.count
  while low < high, cell[low] == 0x20 || cell[low] == 0x09 { low += 1 }
  while low < high, cell[high - 1] == 0x20 || cell[high - 1] == 0x09 { high -= 1 }
  return UnsafeBufferPointer(rebasing: cell[low..<high])
}
