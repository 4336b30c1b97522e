import CKernels

extension Scorecard {
  /// As `evidence`, eight followers at a time: the same to the bit, since terms are added in the same order.
  package func evidenceByEights(_ numbers: ProfileNumbers) -> [Double] {
    [Double](unsafeUninitializedCapacity: numbers.count) { sums, filled in
      if let base = sums.baseAddress { writeEvidence(numbers, to: base) }
      filled = numbers.count
    }
  }

  /// The same, to memory for all of them.
  package func writeEvidence(_ numbers: ProfileNumbers, to sums: UnsafeMutablePointer<Double>) {
    sums.update(repeating: intercept, count: numbers.count)
    for term in terms {
      guard let values = numbers.feature(term.feature) else { continue }
      if let second = term.second {
        guard let others = numbers.feature(second) else { continue }
        ck_add_pair_weights(
          values, others, numbers.count, term.edges, term.edges.count, term.across,
          term.across.count, term.weights, sums)
      } else {
        ck_add_weights(
          values, numbers.count, term.edges, term.edges.count, term.weights, sums)
      }
    }
  }
}
