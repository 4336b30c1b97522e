import CKernels

/// Where in a text a needle must be.
package enum TextMatch: Int32, Sendable, CaseIterable {
  case equal = 0
  case startsWith = 1
  case endsWith = 2
}

extension TextRows {
  /// Rows that are, begin or end with the needle; bits, spare bits of the last word 0.
  package func match(
    _ kind: TextMatch, _ needle: [UInt8], count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    // The empty needle has no address of its own; any will do.
    needle.withUnsafeBufferPointer { needle in
      ck_text_matches(
        base, starts, ends, count, needle.baseAddress ?? base, needle.count, kind.rawValue, bits)
    }
  }

  /// Compares row by row, by bytes.
  package func compare(
    _ comparison: Comparison, _ other: TextRows, count: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let forms: (operation: Int32, inverted: Int32) = comparison.code
    ck_text_compare(
      base, starts, ends, other.base, other.starts, other.ends, count, forms.operation,
      forms.inverted, bits)
  }

  /// The number of Unicode scalars of each row.
  package func lengths(count: Int, into lengths: UnsafeMutablePointer<Int64>) {
    ck_text_lengths(base, starts, ends, count, lengths)
  }

  /// Compares the number of Unicode scalars of each row with another; bits, spare bits of the last word 0.
  ///
  /// Most rows are told by their bytes: a scalar has one to four.
  package func compareLengths(
    _ comparison: Comparison, _ length: UInt32, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    let code = comparison.code
    ck_compare_lengths(base, starts, ends, count, length, code.operation, code.inverted, bits)
  }
}

/// The order of two texts by bytes: negative, 0 or positive.
package func textOrder(
  _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
) -> Int {
  guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
    return left.count - right.count
  }
  return Int(ck_text_order(leftStart, left.count, rightStart, right.count))
}

/// Rows of a block in Arrow's layout that contain a needle; bits, spare bits of the last word 0.
///
/// Searches the bytes of all rows at once. With `ignoringCase` the needle must be lower case, and
/// only the case of ASCII letters is ignored. An empty needle is in every row.
package func searchTexts(
  base: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>, count: Int, needle: [UInt8],
  ignoringCase: Bool, into bits: UnsafeMutablePointer<UInt64>
) {
  needle.withUnsafeBufferPointer { needle in
    guard let start = needle.baseAddress, !needle.isEmpty else {
      TextRows(base: base, offsets: offsets).match(.startsWith, [], count: count, into: bits)
      return
    }
    bits.update(repeating: 0, count: (count + 63) / 64)
    ck_contains(base, offsets, count, start, needle.count, ignoringCase ? 1 : 0, bits)
  }
}

/// One place of a needle in the texts of a block.
package struct NeedlePlace {
  package let row: Int
  /// In the bytes of all rows.
  package let byte: Int
}

/// Where a needle, which is not empty, is in the texts of a block in Arrow's layout.
package struct NeedlePlaces {
  private var places: [TextPlace] = []
  private(set) package var count = 0

  package init() {}

  /// Finds all places in the order of the bytes, overlapping ones too; false where they are more than
  /// twice as many as rows.
  package mutating func find(
    _ needle: [UInt8], base: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>, rows: Int
  ) -> Bool {
    let capacity = 2 * rows + 1
    if places.count < capacity {
      places = [TextPlace](repeating: TextPlace(row: 0, place: 0), count: capacity)
    }
    count = needle.withUnsafeBufferPointer { needle in
      guard let start = needle.baseAddress else { return 0 }
      return ck_find_places(base, offsets, rows, start, needle.count, &places, capacity)
    }
    return count <= capacity
  }

  package subscript(index: Int) -> NeedlePlace {
    NeedlePlace(row: Int(places[index].row), byte: Int(places[index].place))
  }
}

/// Rows of a block in Arrow's layout that contain one of some needles, none of them empty; bits.
func searchTexts(
  base: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>, count: Int,
  anyOf literals: PatternLiterals, into bits: UnsafeMutablePointer<UInt64>
) {
  bits.update(repeating: 0, count: (count + 63) / 64)
  let edges = literals.isEnough ? literals.edges : PatternLiterals.Edges()
  for literal in literals.needles {
    literal.needle.withUnsafeBufferPointer { needle in
      guard let start = needle.baseAddress else { return }
      ck_contains_word(
        base, offsets, count, start, needle.count, literal.ignoresCase ? 1 : 0,
        edges.before ? 1 : 0, edges.behind ? 1 : 0, bits)
    }
  }
}

/// Copies bytes with their ASCII letters in one case; gives whether any byte was not ASCII.
package func foldCase(
  _ bytes: UnsafePointer<UInt8>, count: Int, toUpper: Bool, into out: UnsafeMutablePointer<UInt8>
) -> Bool {
  ck_fold_case(bytes, count, toUpper ? 1 : 0, out) != 0
}

/// Whether all bytes are ASCII.
package func isASCII(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
  ck_is_ascii(bytes, count) != 0
}
