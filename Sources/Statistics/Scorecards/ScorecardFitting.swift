/// Why a scorecard could not be fitted.
package enum ScorecardFittingError: Error, Hashable, Sendable {
  /// Fewer labelled rows of a class than `least`.
  case tooFew(fake: Int, genuine: Int, least: Int)
  /// No column that a scorecard looks at has two different values.
  case nothingToLookAt
}

/// The least number of labelled rows of each class.
package let leastLabelled = 20

/// Fits a scorecard to labelled followers: what `train` does.
///
/// Logistic regression on binned features (at most 8 bins of equal weight a feature, the classes weighed
/// equally, so that W is a log likelihood ratio) with a ridge on the weights and on the steps between
/// neighbouring bins, chosen by cross-validation in five parts among 0.3, 1, 3 and 10. Newton's method
/// (iteratively reweighted least squares; McCullagh and Nelder, "Generalized Linear Models", 1989).
/// The operating points are those of the left-out parts with their Wilson intervals. The same rows give
/// the same model. O(rows × features² × iterations); above 60,000 rows a class a seeded sample is fitted.
package func fitScorecard(
  name: String, numbers: ProfileNumbers, fake: [Bool], seed: UInt64 = 1
) throws(ScorecardFittingError) -> Scorecard {
  precondition(fake.count == numbers.count, "a label for every row")
  let rows = labelledSample(fake, seed: seed)
  let bought = rows.count { fake[$0] }
  guard bought >= leastLabelled, rows.count - bought >= leastLabelled else {
    throw .tooFew(fake: bought, genuine: rows.count - bought, least: leastLabelled)
  }
  let sample = numbers.only(rows: rows)
  let labels = rows.map { fake[$0] }
  let weights = labels.map { $0 ? 0.5 / Double(bought) : 0.5 / Double(rows.count - bought) }
    .map { $0 * Double(rows.count) }
  let shapes = termShapes(sample, weights: weights)
  guard !shapes.isEmpty else { throw .nothingToLookAt }
  let fitting = LogisticFitting(
    cells: shapes.compactMap { $0.cells(sample) }, sizes: shapes.map(\.weights.count),
    fake: labels, weights: weights)
  let folds = foldNumbers(labels, seed: seed)
  let tried = [0.3, 1, 3, 10].map { fitting.leftOut(ridge: $0, folds: folds) }
  guard let best = tried.min(by: { $0.loss < $1.loss }) else { throw .nothingToLookAt }
  let found = fitting.fit(ridge: best.ridge, leaving: nil, folds: folds)
  return Scorecard(
    name: name, intercept: rounded(found.intercept), terms: filled(shapes, with: found.weights),
    points: measuredPoints(best.evidence, fake: labels))
}

/// The rows to fit on, in list order: all, or a seeded sample of the larger class.
private func labelledSample(_ fake: [Bool], seed: UInt64) -> [Int] {
  let most = 60_000
  var generator = SplitMix64(seed: seed)
  let bought = fake.count { $0 }
  let shares = (
    fake: Double(most) / Double(max(most, bought)),
    genuine: Double(most) / Double(max(most, fake.count - bought))
  )
  return fake.indices.filter { generator.uniform() < (fake[$0] ? shares.fake : shares.genuine) }
}

/// Which of five parts each row is left out with; every class is dealt out evenly.
private func foldNumbers(_ fake: [Bool], seed: UInt64) -> [Int] {
  var generator = SplitMix64(seed: seed ^ 0xF01D)
  var folds = [Int](repeating: 0, count: fake.count)
  for label in [true, false] {
    let rows = fake.indices.filter { fake[$0] == label }.shuffled(using: &generator)
    for (place, row) in rows.enumerated() { folds[row] = place % LogisticFitting.parts }
  }
  return folds
}

/// Terms with bins of equal weight and weights of 0, one for each feature that varies.
private func termShapes(_ numbers: ProfileNumbers, weights: [Double]) -> [ScorecardTerm] {
  ScorecardFeature.allCases.compactMap { feature in
    guard let values = numbers.feature(feature) else { return nil }
    let edges = quantileEdges(values, weights: weights, bins: 8)
    guard !edges.isEmpty else { return nil }
    return ScorecardTerm(
      feature, edges: edges, weights: Array(repeating: 0, count: edges.count + 1))
  }
}

/// Edges of bins of about equal weight, rising, each once, none at or below the least value.
///
/// NaN is left out. O(n log n).
func quantileEdges(_ values: [Double], weights: [Double], bins: Int) -> [Double] {
  let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
  guard let first = order.first else { return [] }
  let total = order.reduce(0) { $0 + weights[$1] }
  var edges: [Double] = []
  var run = 0.0
  var bin = 1
  for row in order {
    run += weights[row]
    while bin < bins, run >= total * Double(bin) / Double(bins) {
      if values[row] > (edges.last ?? values[first]) { edges.append(values[row]) }
      bin += 1
    }
  }
  return edges
}

private func filled(_ shapes: [ScorecardTerm], with weights: [Double]) -> [ScorecardTerm] {
  var start = 0
  return shapes.map { shape in
    defer { start += shape.weights.count }
    let own = weights[start..<start + shape.weights.count].map(rounded)
    return ScorecardTerm(shape.feature, edges: shape.edges, weights: own)
  }
}

/// To four decimals: a saved model is read by people.
private func rounded(_ weight: Double) -> Double {
  (weight * 10_000).rounded() / 10_000
}

/// Shares found and spared at whole and half weights of evidence from −2 to 8, of left-out evidence.
private func measuredPoints(_ evidence: [Double], fake: [Bool]) -> [OperatingPoint] {
  let bought = fake.count { $0 }
  return (-4...16).map { half in
    let limit = Double(half) / 2
    let found = evidence.indices.count { fake[$0] && evidence[$0] >= limit }
    let spared = evidence.indices.count { !fake[$0] && evidence[$0] < limit }
    let sensitivity = wilsonInterval(successes: found, trials: bought)
    let specificity = wilsonInterval(successes: spared, trials: fake.count - bought)
    return OperatingPoint(
      evidence: limit, sensitivity: sensitivity.low...sensitivity.high,
      specificity: specificity.low...specificity.high)
  }
}
