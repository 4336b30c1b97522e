import CKernels

/// A test of two texts.
package enum TextPairTest: Int32, Sendable, CaseIterable {
  case contains = 0
  case startsWith = 1
  case endsWith = 2
}

extension TextRows {
  /// Tests each row with another text; bits, spare bits of the last word 0.
  package func test(
    _ test: TextPairTest, _ other: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    ck_text_pairs(
      base, starts, ends, other.base, other.starts, other.ends, count, test.rawValue, bits)
  }

  /// Compares each row with a constant, by bytes; bits, spare bits of the last word 0.
  package func compare(
    _ comparison: Comparison, _ constant: [UInt8], count: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let code = comparison.code
    constant.withUnsafeBufferPointer { constant in
      // The empty text has no address of its own; any will do.
      ck_compare_texts(
        base, starts, ends, count, constant.baseAddress ?? base, constant.count, code.operation,
        code.inverted, bits)
    }
  }

  /// Whether each row is between two constants, by bytes; bits, spare bits of the last word 0.
  package func between(
    _ low: TextRangeEnd, _ high: TextRangeEnd, count: Int, into bits: UnsafeMutablePointer<UInt64>
  ) {
    low.withBound(orElse: base) { low in
      high.withBound(orElse: base) { high in
        ck_texts_between(base, starts, ends, count, low, high, bits)
      }
    }
  }

  /// How many bytes of rows that lie behind each other are this one.
  package func occurrences(of byte: UInt8, count: Int) -> Int {
    ck_count_byte(base + Int(starts[0]), Int(ends[count - 1] &- starts[0]), byte)
  }

  /// Writes the rows with a byte replaced, and where each ends; gives the bytes of all.
  ///
  /// Room is wanted for them and 64 more.
  package func replace(
    _ byte: UInt8, with replacement: [UInt8], count: Int, into out: UnsafeMutablePointer<UInt8>,
    ends newEnds: UnsafeMutablePointer<UInt32>
  ) -> Int {
    replacement.withUnsafeBufferPointer { replacement in
      ck_replace_byte(
        base, starts, ends, count, byte, replacement.baseAddress ?? base, replacement.count, out,
        newEnds)
    }
  }

  /// Writes the parts of rows between separators as JSON arrays, and where each ends; gives the bytes of all.
  ///
  /// Room is wanted for six times the bytes of the rows, four more for each and 24 more.
  package func splitJSON(
    by separator: UInt8, count: Int, into out: UnsafeMutablePointer<UInt8>,
    ends newEnds: UnsafeMutablePointer<UInt32>
  ) -> Int {
    ck_json_split(base, starts, ends, count, separator, out, newEnds)
  }
}

/// An end of a range of texts.
package struct TextRangeEnd: Sendable {
  package let text: [UInt8]
  /// Whether the text itself is in the range.
  package let isIncluded: Bool

  package init(_ text: [UInt8], isIncluded: Bool) {
    self.text = text
    self.isIncluded = isIncluded
  }

  /// The empty text has no address of its own; any will do.
  fileprivate func withBound(orElse other: UnsafePointer<UInt8>, _ body: (TextBound) -> Void) {
    text.withUnsafeBufferPointer { text in
      body(
        TextBound(
          text: text.baseAddress ?? other, length: text.count, isIncluded: isIncluded ? 1 : 0))
    }
  }
}
