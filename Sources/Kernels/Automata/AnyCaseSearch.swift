/// Finds rows that contain a text, where each of its letters may be one of several: by bytes, without folding
/// the rows.
package struct AnyCaseSearch: Sendable {
  private let search: PatternSearch

  /// Takes the scalars that each letter may be; nil for a text that is too long.
  package init?(_ letters: [[Unicode.Scalar]]) {
    let parts = letters.map { letter in
      var set = ScalarSet()
      for scalar in letter { set.insert(scalar.value...scalar.value) }
      return set.pattern
    }
    guard let search = PatternSearch(.sequence(parts)) else { return nil }
    self.search = search
  }

  /// The rows that contain it; bits, spare bits of the last word 0.
  package func match(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    search.match(rows, count: count, into: bits)
  }
}
