/// How well a scorecard does when everything at or above a weight of evidence is called fake.
///
/// Ranges over vendors that the model had not seen (sensitivity: the share of fakes found) and over
/// lists that it had not seen (specificity: the share of others spared).
package struct OperatingPoint: Hashable, Sendable {
  /// The weight of evidence from which a follower is called fake.
  package let evidence: Double
  package let sensitivity: ClosedRange<Double>
  package let specificity: ClosedRange<Double>

  package init(
    evidence: Double, sensitivity: ClosedRange<Double>, specificity: ClosedRange<Double>
  ) {
    self.evidence = evidence
    self.sensitivity = sensitivity
    self.specificity = specificity
  }
}

extension [OperatingPoint] {
  /// The point at a weight of evidence: on the straight line between its neighbours, the nearest
  /// outside.
  ///
  /// Nil without any. The points are in rising order.
  package func at(evidence: Double) -> OperatingPoint? {
    guard let first, let last else { return nil }
    if evidence <= first.evidence { return first }
    if evidence >= last.evidence { return last }
    guard let above = firstIndex(where: { $0.evidence >= evidence }), above > 0 else { return last }
    let low = self[above - 1]
    let high = self[above]
    let part = (evidence - low.evidence) / (high.evidence - low.evidence)
    return OperatingPoint(
      evidence: evidence, sensitivity: between(low.sensitivity, high.sensitivity, part),
      specificity: between(low.specificity, high.specificity, part))
  }
}

private func between(
  _ low: ClosedRange<Double>, _ high: ClosedRange<Double>, _ part: Double
) -> ClosedRange<Double> {
  let lower = low.lowerBound + (high.lowerBound - low.lowerBound) * part
  let upper = low.upperBound + (high.upperBound - low.upperBound) * part
  return min(lower, upper)...max(lower, upper)
}
