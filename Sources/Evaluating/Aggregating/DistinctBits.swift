/// Which of at most 64 values occur in a group: a bit each.
///
/// For many groups and a domain so small, such as the accounts of a list: eight bytes a group, where a log
/// of all values would be sorted.
final class DistinctBits: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  static let mostValues = 64

  /// A value is its word less this.
  private let base: Int64
  private let bits = Store<UInt64>(capacity: 64)
  private let words: Store<Int64>

  init(base: Int64, blockRows: Int) {
    self.base = base
    words = Store(undefined: blockRows)
  }

  func resize(to count: Int) { bits.resize(to: count, filling: 0) }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    guard argument.domainWords(into: words.pointer) else { return }
    let (words, bits, base) = (words.pointer, bits.pointer, base)
    // Under a null the value may be anything: that is group 0.
    for row in 0..<argument.count {
      bits[Int(argument.groups[row])] |= 1 &<< UInt64(truncatingIfNeeded: words[row] &- base)
    }
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? DistinctBits else { return }
    for index in 0..<count {
      bits.pointer[Int(targets[index])] |= other.bits.pointer[Int(sources[index])]
    }
  }

  /// How many different values a group has.
  func distinct(_ group: Int) -> Int64 { Int64(bits.pointer[group].nonzeroBitCount) }
}

extension DenseColumn {
  /// Writes the codes of texts of a dictionary, or the order words of other values; false of other texts.
  func domainWords(into words: UnsafeMutablePointer<Int64>) -> Bool {
    switch values {
    case .codes8(let codes, _):
      for row in 0..<count { words[row] = Int64(codes[row]) }
    case .codes16(let codes, _):
      for row in 0..<count { words[row] = Int64(codes[row]) }
    default: return orderWords(into: words)
    }
    return true
  }
}
