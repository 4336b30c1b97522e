import Columns
import Kernels

/// How each text of a dictionary compares with each of another, by their codes of one byte.
struct CodePairs {
  let left: TextDictionary
  let right: TextDictionary
  /// A byte a pair, 1 where the comparison is true; codes of no text have one too.
  private let table = Store<UInt8>(repeating: 0, count: 1 << 16)

  /// The most pairs that are worth a table.
  static let limit = 1 << 12

  init(_ left: TextDictionary, _ right: TextDictionary, _ comparison: Comparison) {
    self.left = left
    self.right = right
    for own in 0..<left.count {
      let text = TextReference(left.texts, at: own)
      for other in 0..<right.count {
        let order = text.compare(TextReference(right.texts, at: other))
        let isTrue = comparison.holds(order)
        table.pointer[own << 8 | other] = isTrue ? 1 : 0
      }
    }
  }

  /// Writes the bits of the rows where the comparison is true.
  func compare(
    _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let table = table.pointer
    for word in 0..<(count + 63) / 64 {
      var found: UInt64 = 0
      for row in word &* 64..<min(word &* 64 &+ 64, count) {
        let isTrue = table[Int(left[row]) &<< 8 | Int(right[row])]
        found |= UInt64(isTrue) &<< UInt64(truncatingIfNeeded: row & 63)
      }
      bits[word] = found
    }
  }
}
