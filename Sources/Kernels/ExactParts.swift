import CKernels

/// Sums of many numbers as a few whose sum is exactly the same.
package enum ExactParts {
  /// The most values of one call.
  package static let mostValues = Int(CK_EXACT_ROWS)

  /// Gives the parts of at most `mostValues` values to `body`, one after the other; false, and nothing
  /// given, where a value is not finite, very large or very small, or their sizes lie too far apart.
  ///
  /// Each part takes some 42 bits of all values (S. M. Rump, T. Ogita, S. Oishi, "Accurate floating-point
  /// summation", 2008). About 0.1 ns a value and part.
  package static func forEach(
    of values: UnsafePointer<Double>, count: Int, _ body: (Double) -> Void
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Int(CK_EXACT_PARTS)) { parts in
      guard let start = parts.baseAddress else { return false }
      let found = Int(ck_exact_parts(values, count, start))
      if found < 0 { return false }
      for part in 0..<found { body(start[part]) }
      return true
    }
  }
}
