/// A score that others are compared with by their weights of evidence: most need no exponential.
package struct ScoreLimit: Sendable {
  private let score: Double
  private let baseRate: Double
  /// The weight that has about this score; nil where scores are so near 0 or 1 that it is no guide.
  package let weight: Double?

  /// How far from the limit a weight tells the order of scores beyond doubt: theirs differ by far more
  /// than they are wrong.
  private static let margin = 1e-6
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

  /// Adds 1 where the score of a weight is below the limit; at column speed where no weight is near it.
  package func addBelow(scoresOf weights: [Double], in counts: inout [UInt8]) {
    let limit = weight ?? .nan
    var near = 0
    for weight in weights { near &+= abs(weight - limit) > Self.margin ? 0 : 1 }
    guard near == 0 else {
      for index in weights.indices { counts[index] &+= isAbove(scoreOf: weights[index]) ? 1 : 0 }
      return
    }
    weights.withUnsafeBufferPointer { weights in
      counts.withUnsafeMutableBufferPointer { counts in
        for index in 0..<weights.count { counts[index] &+= weights[index] < limit ? 1 : 0 }
      }
    }
  }
}
