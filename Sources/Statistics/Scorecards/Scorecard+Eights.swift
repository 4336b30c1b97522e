import CKernels

extension Scorecard {
  /// As `evidence`, eight followers at a time: the same to the bit, since terms are added in the same order.
  package func evidenceByEights(_ numbers: ProfileNumbers) -> [Double] {
    var sum = [Double](repeating: intercept, count: numbers.count)
    for term in terms {
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
