import Columns
import Plans
import Statistics
import Synchronization

/// Puts the evidence together: score, class and reasons of each follower.
struct FollowerJudge: Sendable {
  let scorecard: Scorecard
  let thresholds: ClassThresholds
  let profiles: ProfileColumns
  let evidence: BufferSlice<Double>
  /// Whether profiles are judged, by the scorecard.
  let judgesProfiles: Bool
  /// All rows, and how they are cut.
  let blocks: [RowBlock]
  let cuts: [Int]

  /// Fewer profile columns than this say nothing.
  private static let fewestColumns = 3
  /// Reasons given for one follower, and the evidence of the least of them.
  private static let mostReasons = 3
  private static let leastReason = 0.05

  /// Whether so much is known of profiles that they are judged.
  static func judge(_ profiles: ProfileColumns) -> Bool {
    profiles.known.count >= fewestColumns
  }

  /// Writes what is said of the rows of a block: by the profiles alone without cohorts.
  func judge(_ block: RowBlock, _ cohorts: FollowerCohorts?, to verdicts: FollowerVerdicts) {
    let weights = weights(block, cohorts)
    var authenticities = authenticities(weights)
    var scores =
      verdicts.holdsScores ? scores(evidence: weights, baseRate: thresholds.baseRate) : []
    if !judgesProfiles { hideUnjudged(block, cohorts, &scores, &authenticities) }
    verdicts.write(
      BlockVerdict(start: block.start, scores: scores, authenticities: authenticities))
  }

  /// The wanted columns of all rows, which are judged, cut like the list.
  func columns(
    _ wanted: [Field], _ verdicts: FollowerVerdicts, _ cohorts: FollowerCohorts?,
    _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [Column] {
    var columns: [Column] = []
    for field in wanted {
      if let column = verdicts.column(field.name, cuts: cuts) {
        columns.append(column)
      } else if field.name == "why", let authenticities = verdicts.authenticities {
        columns.append(try reasons(authenticities, cohorts, context))
      } else {
        columns.append(Column(ownEvidence(), cuts: cuts))
      }
    }
    return columns
  }

  private func ownEvidence() -> BufferSlice<Double> {
    judgesProfiles
      ? evidence : BufferSlice([Double](repeating: .nan, count: evidence.count))
  }

  // MARK: Verdicts

  /// Codes by the thresholds of the score.
  private func authenticities(_ weights: [Double]) -> [UInt8] {
    ScoreLimits(
      ScoreLimit(thresholds.fake, baseRate: thresholds.baseRate),
      ScoreLimit(thresholds.suspect, baseRate: thresholds.baseRate)
    ).counts(scoresOf: weights)
  }

  /// The log odds of each row less those of the base rate.
  private func weights(_ block: RowBlock, _ cohorts: FollowerCohorts?) -> [Double] {
    guard judgesProfiles || cohorts != nil else { return Array(repeating: 0, count: block.count) }
    let own = evidence.pointer + block.start
    return [Double](unsafeUninitializedCapacity: block.count) { weights, filled in
      for index in 0..<block.count { weights[index] = judgesProfiles ? own[index] : 0 }
      if let gains = cohorts?.gains {
        for index in 0..<block.count {
          weights[index] = gains.weight(block.start + index, evidence: weights[index])
        }
      }
      filled = block.count
    }
  }

  /// Without a profile only those are judged of whom a cohort speaks.
  private func hideUnjudged(
    _ block: RowBlock, _ cohorts: FollowerCohorts?, _ scores: inout [Double],
    _ authenticities: inout [UInt8]
  ) {
    for index in authenticities.indices {
      let gain = cohorts?.gains.gain(block.start + index) ?? 0
      if gain == 0, !scores.isEmpty { scores[index] = .nan }
      if gain <= 0 { authenticities[index] = ClassTable.Authenticity.unknown.rawValue }
    }
  }

  // MARK: Reasons

  /// Why each follower is called fake or suspect; null for the others.
  private func reasons(
    _ authenticities: BufferSlice<UInt8>, _ cohorts: FollowerCohorts?, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> Column {
    let segments = Mutex([Segment?](repeating: nil, count: cuts.count))
    let ownBlocks = Dictionary(grouping: blocks, by: \.segment)
    try context.forEach(cuts.count) { index in
      var texts = TextBuilder()
      var present: [UInt8] = []
      present.reserveCapacity(cuts[index])
      for block in ownBlocks[index] ?? [] {
        let isAccused = (0..<block.count).map {
          authenticities.pointer[block.start + $0] <= ClassTable.Authenticity.suspect.rawValue
        }
        var reasons = reasons(block, isAccused, cohorts).makeIterator()
        for row in 0..<block.count {
          present.append(isAccused[row] ? 1 : 0)
          texts.append(isAccused[row] ? reasons.next() ?? "" : "")
        }
      }
      let segment = Segment(
        rowCount: cuts[index], values: .text(texts.finish()),
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
      segments.withLock { $0[index] = segment }
    }
    return Column(type: .string, segments: segments.withLock { $0.compactMap { $0 } })
  }

  /// The reasons of the accused of a block, in words.
  private func reasons(
    _ block: RowBlock, _ isAccused: [Bool], _ cohorts: FollowerCohorts?
  ) -> [String] {
    let accused = isAccused.indices.filter { isAccused[$0] }
    if accused.isEmpty { return [] }
    let own =
      judgesProfiles
      ? scorecard.reasons(
        profiles.numbers(block), rows: accused, from: Self.leastReason, most: Self.mostReasons)
      : accused.map { _ in [] }
    return zip(accused, own).map { index, own in
      let row = block.start + index
      let cohort = cohorts?.words(row).map { words in
        "\(words) (\(signed(cohorts?.gains.gain(row) ?? 0)))"
      }
      return ((cohort.map { [$0] } ?? []) + own.map(\.text)).joined(separator: "; ")
    }
  }

  private func signed(_ value: Double) -> String {
    let tenths = (abs(value) * 10).rounded() / 10
    return (value < 0 ? "−" : "+") + tenths.description
  }
}
