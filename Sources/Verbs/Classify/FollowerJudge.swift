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
  /// Whether the scorecard fits the platform.
  let usesProfiles: Bool
  let cohorts: FollowerCohorts?
  let activity: ActivityColumns

  /// Fewer profile columns than this say nothing.
  private static let fewestColumns = 3
  /// The most that a profile says against the batch it came in: bought accounts are padded to look
  /// ordinary, so an ordinary profile clears nobody of a bought block (methods: part 11).
  private static let leastInSpike = -2.0
  /// Reasons given for one follower.
  private static let mostReasons = 3

  /// The wanted columns of all rows, cut like the list.
  func columns(
    _ wanted: [Field], cuts: [Int], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [Column] {
    let count = evidence.count
    let scores = BufferSlice<Double>(capacity: count)
    let classes = BufferSlice<UInt8>(capacity: count)
    let authenticities = BufferSlice<UInt8>(capacity: count)
    let activities = BufferSlice<UInt8>(capacity: count)
    let judgesProfiles = usesProfiles && profiles.known.count >= Self.fewestColumns
    let step = ClassifyAnalysis.blockRows
    try context.forEach((count + step - 1) / step) { block in
      for row in block * step..<min(count, (block + 1) * step) {
        let gain = cohorts?.gains.pointer[row] ?? 0
        var weight = judgesProfiles ? evidence.pointer[row] : 0
        if gain > 0, cohorts?.isInSpike[row] ?? false { weight = max(weight, Self.leastInSpike) }
        weight += gain
        let score = score(evidence: weight, baseRate: thresholds.baseRate)
        scores.pointer[row] = judgesProfiles || gain != 0 ? score : .nan
        let authenticity = authenticity(score, isKnown: judgesProfiles || gain > 0)
        let doing = activity.activity(row)
        authenticities.pointer[row] = authenticity.rawValue
        activities.pointer[row] = doing.rawValue
        classes.pointer[row] = ClassTable.code(authenticity, doing)
      }
    }
    var made: [String: Column] = [:]
    made["class"] = Column(classes, in: ClassTable.classes, cuts: cuts)
    made["authenticity"] = Column(authenticities, in: ClassTable.authenticities, cuts: cuts)
    made["activity"] = Column(activities, in: ClassTable.activities, cuts: cuts)
    made["fake_score"] = Column(scores, cuts: cuts)
    made["evidence"] = Column(
      judgesProfiles ? evidence : BufferSlice([Double](repeating: .nan, count: count)), cuts: cuts)
    if wanted.contains(where: { $0.name == "why" }) {
      made["why"] = try reasons(authenticities, judgesProfiles, cuts: cuts, context)
    }
    return wanted.compactMap { made[$0.name] }
  }

  private func authenticity(_ score: Double, isKnown: Bool) -> ClassTable.Authenticity {
    if !isKnown { return .unknown }
    if score >= thresholds.fake { return .fake }
    return score >= thresholds.suspect ? .suspect : .genuine
  }

  // MARK: Reasons

  /// Why each follower is called fake or suspect; null for the others.
  private func reasons(
    _ authenticities: BufferSlice<UInt8>, _ judgesProfiles: Bool, cuts: [Int],
    _ context: AnalysisContext
  ) throws(AnalysisFailure) -> Column {
    var starts: [Int] = []
    var start = 0
    for cut in cuts {
      starts.append(start)
      start += cut
    }
    let segments = Mutex([Segment?](repeating: nil, count: cuts.count))
    let ends = starts
    try context.forEach(cuts.count) { index in
      let rows = ends[index]..<ends[index] + cuts[index]
      var texts = TextBuilder()
      var present: [UInt8] = []
      present.reserveCapacity(rows.count)
      for row in rows {
        let isAccused = authenticities.pointer[row] <= ClassTable.Authenticity.suspect.rawValue
        present.append(isAccused ? 1 : 0)
        texts.append(isAccused ? reason(row, judgesProfiles) : "")
      }
      let segment = Segment(
        rowCount: rows.count, values: .text(texts.finish()),
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
      segments.withLock { $0[index] = segment }
    }
    return Column(type: .string, segments: segments.withLock { $0.compactMap { $0 } })
  }

  private func reason(_ row: Int, _ judgesProfiles: Bool) -> String {
    var reasons: [String] = []
    if let cohorts, let words = cohorts.words[Int32(truncatingIfNeeded: row)] {
      reasons.append("\(words) (\(signed(cohorts.gains.pointer[row])))")
    }
    if judgesProfiles {
      let all = scorecard.reasons(profiles.numbers(row..<row + 1), row: 0)
      reasons += all.filter { $0.evidence >= 0.05 }.prefix(Self.mostReasons).map(\.text)
    }
    return reasons.joined(separator: "; ")
  }

  private func signed(_ value: Double) -> String {
    let tenths = (abs(value) * 10).rounded() / 10
    return (value < 0 ? "−" : "+") + tenths.description
  }
}
