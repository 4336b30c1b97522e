/// An additive scorecard: the weight of evidence of a profile is a sum of lookups.
///
/// W = intercept + Σ weight of each term's bin is a log likelihood ratio of fake against genuine, so at
/// a base rate π the score is 1 / (1 + e^−(logit π + W)). I. J. Good, "Probability and the Weighing of
/// Evidence", 1950. Every part of it can be read, and named as a reason.
package struct Scorecard: Hashable, Sendable {
  /// What the model is called.
  package let name: String
  /// The weight of evidence before anything is known of the profile.
  package let intercept: Double
  package let terms: [ScorecardTerm]
  /// How well it does on what it was not fitted on, rising by evidence; empty where not measured.
  package let points: [OperatingPoint]

  package init(
    name: String, intercept: Double, terms: [ScorecardTerm], points: [OperatingPoint] = []
  ) {
    self.name = name
    self.intercept = intercept
    self.terms = terms
    self.points = points
  }

  /// The columns that it looks at.
  package var columns: Set<ProfileColumn> {
    Set(terms.flatMap(\.features).flatMap(\.columns))
  }

  /// W of every follower.
  ///
  /// O(count × edges of all terms), at column speed.
  package func evidence(_ numbers: ProfileNumbers) -> [Double] {
    var sum = [Double](repeating: intercept, count: numbers.count)
    for term in terms {
      guard let cells = term.cells(numbers) else { continue }
      let weights = term.weights + [0]
      weights.withUnsafeBufferPointer { weights in
        cells.withUnsafeBufferPointer { cells in
          sum.withUnsafeMutableBufferPointer { sum in
            for row in 0..<sum.count { sum[row] += weights[Int(cells[row])] }
          }
        }
      }
    }
    return sum
  }
}

/// The score of a weight of evidence at a base rate between 0 and 1: 0 to 1, the same everywhere.
package func score(evidence: Double, baseRate: Double) -> Double {
  if baseRate <= 0 { return 0 }
  if baseRate >= 1 { return 1 }
  return 1 / (1 + (1 - baseRate) / baseRate * portableExp(-evidence))
}

/// The score of each weight of evidence; see `score`.
package func scores(evidence: [Double], baseRate: Double) -> [Double] {
  if baseRate <= 0 || baseRate >= 1 {
    return evidence.map { score(evidence: $0, baseRate: baseRate) }
  }
  let against = (1 - baseRate) / baseRate
  return evidence.map { 1 / (1 + against * portableExp(-$0)) }
}

/// The weight of evidence at which the score reaches `score`, both between 0 and 1 exclusive.
package func evidence(score: Double, baseRate: Double) -> Double {
  portableLog(score / (1 - score)) - portableLog(baseRate / (1 - baseRate))
}
