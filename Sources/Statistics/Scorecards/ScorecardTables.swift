/// A scorecard made ready for millions of followers: a lookup a term and follower.
///
/// Gives what `Scorecard.evidence` gives, to the bit: the terms are added in the same order.
package struct ScorecardTables: Sendable {
  private let scorecard: Scorecard
  private let terms: [Term]

  fileprivate struct Term: Sendable {
    let feature: ScorecardFeature
    let bins: BinTable
    let second: (feature: ScorecardFeature, bins: BinTable)?
    /// The weight of each bin or pair of bins, 0 where a value is missing: row after row.
    let weights: [Double]
    /// The bins of a row.
    let width: Int
  }

  package init(_ scorecard: Scorecard) {
    self.scorecard = scorecard
    let terms = scorecard.terms.compactMap { Term($0) }
    // A term that fits no table: the sum goes the long way.
    self.terms = terms.count == scorecard.terms.count ? terms : []
  }

  /// W of every follower; see `Scorecard.evidence`.
  package func evidence(_ numbers: ProfileNumbers) -> [Double] {
    guard terms.count == scorecard.terms.count else { return scorecard.evidence(numbers) }
    var sum = [Double](repeating: scorecard.intercept, count: numbers.count)
    var rows = [Int32](repeating: 0, count: numbers.count)
    for term in terms {
      guard let values = numbers.feature(term.feature) else { continue }
      if let second = term.second {
        guard let others = numbers.feature(second.feature) else { continue }
        term.add(values, others, second.bins, &rows, to: &sum)
      } else {
        term.add(values, to: &sum)
      }
    }
    return sum
  }
}

extension ScorecardTables.Term {
  fileprivate init?(_ term: ScorecardTerm) {
    guard let bins = BinTable(edges: term.edges) else { return nil }
    feature = term.feature
    self.bins = bins
    guard let second = term.second else {
      self.second = nil
      weights = term.weights + [0]
      width = 1
      return
    }
    guard let across = BinTable(edges: term.across) else { return nil }
    self.second = (second, across)
    let known = term.across.count + 1
    width = known + 1
    var weights: [Double] = []
    for start in stride(from: 0, to: term.weights.count, by: known) {
      weights += term.weights[start..<start + known] + [0]
    }
    self.weights = weights + [Double](repeating: 0, count: width)
  }

  fileprivate func add(_ values: [Double], to sum: inout [Double]) {
    weights.withUnsafeBufferPointer { weights in
      sum.withUnsafeMutableBufferPointer { sum in
        bins.forEach(values) { place, bin in sum[place] += weights[bin] }
      }
    }
  }

  fileprivate func add(
    _ values: [Double], _ others: [Double], _ across: BinTable, _ rows: inout [Int32],
    to sum: inout [Double]
  ) {
    let width = width
    weights.withUnsafeBufferPointer { weights in
      rows.withUnsafeMutableBufferPointer { rows in
        sum.withUnsafeMutableBufferPointer { sum in
          bins.forEach(values) { place, bin in
            rows[place] = Int32(truncatingIfNeeded: bin &* width)
          }
          across.forEach(others) { place, bin in
            sum[place] += weights[Int(rows[place]) &+ bin]
          }
        }
      }
    }
  }
}
