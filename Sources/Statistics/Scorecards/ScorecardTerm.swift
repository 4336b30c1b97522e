/// One term of a scorecard: a weight for each bin of a feature, or a small table over two.
///
/// An edge belongs to the bin above it, so bin k holds the values from edge k − 1 up to, not including,
/// edge k. A missing value adds 0.
package struct ScorecardTerm: Hashable, Sendable {
  /// The feature of the rows of the table.
  package let feature: ScorecardFeature
  /// The edges of its bins, rising.
  package let edges: [Double]
  /// The feature of the columns of a table.
  package let second: ScorecardFeature?
  /// The edges of its bins, rising; empty without one.
  package let across: [Double]
  /// The weight of every bin: log likelihood ratios of fake against genuine.
  ///
  /// Of a table row after row.
  package let weights: [Double]

  /// A term over one feature; there is one weight more than edges.
  package init(_ feature: ScorecardFeature, edges: [Double], weights: [Double]) {
    precondition(weights.count == edges.count + 1 && weights.count < 128, "a weight for every bin")
    self.feature = feature
    self.edges = edges
    second = nil
    across = []
    self.weights = weights
  }

  /// A term over two features; there is a weight for every pair of bins.
  package init(
    _ feature: ScorecardFeature, _ second: ScorecardFeature, edges: [Double], across: [Double],
    weights: [Double]
  ) {
    precondition(
      weights.count == (edges.count + 1) * (across.count + 1) && weights.count < 128,
      "a weight for every pair of bins")
    self.feature = feature
    self.edges = edges
    self.second = second
    self.across = across
    self.weights = weights
  }

  /// The features it looks at: one or two.
  package var features: [ScorecardFeature] {
    second.map { [feature, $0] } ?? [feature]
  }

  /// The cell of every follower, `weights.count` where a value is missing; nil where a column is.
  ///
  /// One branch-free pass an edge: O(count × edges).
  func cells(_ numbers: ProfileNumbers) -> [UInt8]? {
    guard let values = numbers.feature(feature) else { return nil }
    var cells = [UInt8](repeating: 0, count: values.count)
    count(edges, below: values, into: &cells)
    var missing = [UInt8](repeating: 0, count: values.count)
    markMissing(values, &missing)
    if let second {
      guard let others = numbers.feature(second) else { return nil }
      let width = UInt8(across.count + 1)
      for row in cells.indices { cells[row] &*= width }
      count(across, below: others, into: &cells)
      markMissing(others, &missing)
    }
    let absent = UInt8(weights.count)
    for row in cells.indices { cells[row] = missing[row] == 0 ? cells[row] : absent }
    return cells
  }
}

/// Adds to every cell how many edges are at or below its value.
private func count(_ edges: [Double], below values: [Double], into cells: inout [UInt8]) {
  cells.withUnsafeMutableBufferPointer { cells in
    values.withUnsafeBufferPointer { values in
      for edge in edges {
        for row in 0..<values.count { cells[row] &+= values[row] >= edge ? 1 : 0 }
      }
    }
  }
}

private func markMissing(_ values: [Double], _ missing: inout [UInt8]) {
  missing.withUnsafeMutableBufferPointer { missing in
    values.withUnsafeBufferPointer { values in
      for row in 0..<values.count { missing[row] |= values[row].isNaN ? 1 : 0 }
    }
  }
}
