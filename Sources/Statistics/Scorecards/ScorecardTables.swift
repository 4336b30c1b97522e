import CKernels

/// A scorecard made ready for millions of followers: eight at a time.
///
/// Gives what `Scorecard.evidence` gives, to the bit: the terms are added in the same order.
package struct ScorecardTables: Sendable {
  private let scorecard: Scorecard

  package init(_ scorecard: Scorecard) {
    self.scorecard = scorecard
  }

  /// W of every follower; see `Scorecard.evidence`.
  package func evidence(_ numbers: ProfileNumbers) -> [Double] {
    var sum = [Double](repeating: scorecard.intercept, count: numbers.count)
    for term in scorecard.terms {
      guard let values = numbers.feature(term.feature) else { continue }
      if let second = term.second {
        guard let others = numbers.feature(second) else { continue }
        ck_add_pair_weights(
          values, others, sum.count, term.edges, term.edges.count, term.across,
          term.across.count, term.weights, &sum)
      } else {
        ck_add_weights(
          values, sum.count, term.edges, term.edges.count, term.weights, &sum)
      }
    }
    return sum
  }
}
