import Glibc

/// Judges whether an event was bought or went viral, by its followers and its course.
///
/// The cohort is compared with the account's own usual followers, never with an absolute norm, and with
/// the dilution by the normal followers of its days taken out. Columns that are missing are named and
/// the rest decides. Deterministic. O(20 (nE log nE + nB)).
package func judgeCohort(_ input: CohortInput) -> CohortFinding {
  let evidence = CohortEvidence(input)
  let verdict = evidence.verdict
  let bought = evidence.boughtEstimate(verdict)
  return CohortFinding(
    verdict: verdict, signs: evidence.signs, score: evidence.score(for: verdict),
    lowQuality: evidence.lowQuality, creation: evidence.creation, shape: evidence.shape,
    bought: bought.estimate, boughtInterval: bought.interval, reasons: evidence.reasons(verdict),
    missing: evidence.missing)
}

/// The measured differences between a cohort and the usual followers.
struct CohortEvidence {
  let input: CohortInput
  let lowQuality: LowQualityExcess?
  let creation: CreationConcentration?
  let shape: Double?
  let signs: [CohortFinding.Sign]

  /// Cohorts above this size are judged by a seeded sample, which loses nothing that matters.
  private static let largestSample = 20_000

  init(_ input: CohortInput) {
    let size = min(input.cohort.count, CohortEvidence.largestSample)
    let old = input.cohort.creationDays(olderThan: 30)
    let usualOld = input.usual.creationDays(olderThan: 30)
    let oldSamples = referenceSamples(of: usualOld.count, size: old.count)
      .map { sample in risingValues(of: usualOld, at: sample) }
    self.input = input
    lowQuality = lowQualityExcess(input)
    creation = creationConcentration(old, samples: oldSamples, usual: usualOld)
    shape = shapeDistance(input, samples: referenceSamples(of: input.usual.count, size: size))
    signs = CohortEvidence.signs(lowQuality, creation, shape, input)
  }

  private static func signs(
    _ lowQuality: LowQualityExcess?, _ creation: CreationConcentration?, _ shape: Double?,
    _ input: CohortInput
  ) -> [CohortFinding.Sign] {
    var signs: [CohortFinding.Sign] = []
    if let lowQuality, lowQuality.difference > 0.2, lowQuality.interval.low > 0.1 {
      signs.append(.lowQuality)
    }
    if let creation, creation.isStrong { signs.append(.creation) }
    if let shape, shape > 0.22 { signs.append(.shape) }
    if input.course?.endsAbruptly ?? false { signs.append(.abruptEnd) }
    if input.isShared { signs.append(.shared) }
    return signs
  }

  var excess: Double { Double(input.cohort.count) - input.expected }

  /// The columns that one of both sides lacks.
  var missing: [String] {
    func lacks(_ column: KeyPath<FollowerProfiles, [Double]?>) -> Bool {
      input.cohort[keyPath: column] == nil || input.usual[keyPath: column] == nil
    }
    let numbers: [(String, KeyPath<FollowerProfiles, [Double]?>)] = [
      ("created_at", \.created), ("followed_at", \.followed), ("statuses", \.statuses),
      ("followers", \.followers), ("friends", \.friends),
    ]
    return numbers.filter { lacks($0.1) }.map(\.0)
  }
}
