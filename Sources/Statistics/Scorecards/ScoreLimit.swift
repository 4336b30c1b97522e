import CKernels

/// A score that others are compared with by their weights of evidence: most need no exponential.
package struct ScoreLimit: Sendable {
  private let score: Double
  private let baseRate: Double
  /// The weight that has about this score; nil where scores are so near 0 or 1 that it is no guide.
  package let weight: Double?

  /// How far from the limit a weight tells the order of scores beyond doubt: theirs differ by far more
  /// than they are wrong.
  fileprivate static let margin = 1e-6
  private static let between = 1e-3...(1 - 1e-3)

  package init(_ score: Double, baseRate: Double) {
    self.score = score
    self.baseRate = baseRate
    let isGuide = Self.between.contains(score) && Self.between.contains(baseRate)
    weight = isGuide ? evidence(score: score, baseRate: baseRate) : nil
  }

  /// Whether the score of a weight is below the limit, as `score(evidence:baseRate:)` computes it.
  @inline(__always)
  package func isAbove(scoreOf other: Double) -> Bool {
    if let weight, abs(other - weight) > Self.margin { return other < weight }
    return Statistics.score(evidence: other, baseRate: baseRate) < score
  }
}

/// How many of two limits each of many scores is below.
package struct ScoreLimits: Sendable {
  private let first: ScoreLimit
  private let second: ScoreLimit

  package init(_ first: ScoreLimit, _ second: ScoreLimit) {
    self.first = first
    self.second = second
  }

  /// By weight how many limits its score is below, at column speed where no weight is near one.
  package func counts(scoresOf weights: [Double]) -> [UInt8] {
    var isNear: Int32 = 0
    let counts = [UInt8](unsafeUninitializedCapacity: weights.count) { counts, filled in
      if let counts = counts.baseAddress {
        isNear = ck_limit_counts(
          weights, weights.count, first.weight ?? .nan, second.weight ?? .nan, ScoreLimit.margin,
          counts)
      }
      filled = weights.count
    }
    if isNear == 0 { return counts }
    return weights.map { weight in
      (first.isAbove(scoreOf: weight) ? 1 : 0) &+ (second.isAbove(scoreOf: weight) ? 1 : 0)
    }
  }
}
