import Columns
import Plans
import Statistics

/// The class of each follower by a scorecard, with the evidence of its cohort where that is known.
///
/// Reads the profile columns of the list and `#account #followed #day`; of its other inputs, spikes and
/// drips. Blocks of rows go on all cores; O(n · edges), and O(n log n) where follow times are known.
struct ClassifyAnalysis: Analysis {
  let scorecard: Scorecard
  let thresholds: ClassThresholds
  let platform: TableProperties.Platform
  /// When the list was taken, microseconds since 1970; nil to go by its latest time.
  let capturedAt: Int64?
  /// The names of the list's columns.
  let columns: Set<String>
  let isInferred: Bool
  /// Whether spikes are given; where drips are not, only who came in spikes is asked about.
  let hasCohorts: Bool
  /// Whether the reader is told how it was judged.
  let isTold: Bool

  let keepsRows = true
  let fields = ClassTable.fields

  var title: String { "classify with model = \(scorecard.name)" }

  /// Rows worked on together.
  static let blockRows = 1 << 11

  func columnNames(ofInput index: Int) -> Set<String> {
    switch index {
    case 0:
      return ProfileColumns.names.union(ActivityColumns.names)
        .union(["#account", "#followed", "#day", "last_status_at"]).intersection(columns)
    case 1:
      return [
        "account", "start", "end", "verdict", "bought_score", "excess", "expected", "cohort",
        "created_from", "created_to",
      ]
    default:
      return ["account", "start", "end", "excess", "followers", "created_in"]
    }
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let table = inputs[0]
    let captured =
      capturedAt ?? table.latestTime(of: ["#created", "#followed", "#last_status"]) ?? 0
    let profiles = ProfileColumns(table, captured: captured)
    let usesProfiles = platform == .twitter || platform == .unknown
    let evidence: BufferSlice<Double> =
      usesProfiles ? BufferSlice(capacity: table.rowCount) : try context.zeros(table.rowCount)
    let activity = ActivityColumns(table, captured: captured)
    let activities: BufferSlice<UInt8>? =
      FollowerVerdicts.wantsActivities(wanted) ? BufferSlice(capacity: table.rowCount) : nil
    let blocks = table.rowBlocks(of: Self.blockRows)
    let judgesProfiles = usesProfiles && FollowerJudge.judge(profiles)
    let judge = FollowerJudge(
      scorecard: scorecard, thresholds: thresholds, profiles: profiles, evidence: evidence,
      judgesProfiles: judgesProfiles, blocks: blocks, cuts: table.segmentRowCounts)
    let verdicts = FollowerVerdicts(wanted, rows: table.rowCount, activities: activities)
    try context.forEach(blocks.count) { index in
      let block = blocks[index]
      let lives = profiles.lives(block)
      let numbers = usesProfiles ? profiles.numbers(block, lives) : nil
      if let numbers {
        scorecard.writeEvidence(numbers, to: evidence.pointer + block.start)
      }
      if let activities {
        let own = activity.activities(block, lives, numbers: numbers)
        own.withUnsafeBufferPointer { activities.write($0, at: block.start) }
      }
      judge.judge(block, nil, to: verdicts)
    }
    let cohorts =
      hasCohorts
      ? try FollowerCohorts(
        table, spikes: inputs[1], drips: inputs.count > 2 ? inputs[2] : nil, evidence: evidence,
        judgesProfiles: judgesProfiles, thresholds: thresholds,
        limits: judgesProfiles ? thresholds.weights(where: wanted) : nil,
        holdsReasons: wanted.contains { $0.name == "why" }, isInferred: isInferred, context) : nil
    // The few blocks in which a cohort speaks are judged anew.
    if let cohorts {
      try context.forEach(blocks.count) { index in
        let block = blocks[index]
        if cohorts.gains.speak(of: block) { judge.judge(block, cohorts, to: verdicts) }
      }
    }
    let columns = try judge.columns(wanted, verdicts, cohorts, context)
    return AnalysisResult(columns: columns, notes: notes(profiles, cohorts))
  }

  private func notes(_ profiles: ProfileColumns, _ cohorts: FollowerCohorts?) -> [String] {
    guard isTold else { return [] }
    var notes = [
      "fake from a score of \(thresholds.fake), suspect from \(thresholds.suspect), at a base rate of "
        + percent(thresholds.baseRate)
    ]
    let missing = scorecard.columns.subtracting(profiles.known).map(\.title).sorted()
    if !missing.isEmpty {
      notes.append("not in the list, so not judged: " + missing.joined(separator: ", "))
    }
    if platform == .unknown {
      notes.append("the platform is not known: profiles are judged as Twitter's")
    }
    if platform != .twitter, platform != .unknown {
      notes.append("no model of profiles for \(platform.rawValue): the cohort alone speaks")
    }
    if cohorts == nil {
      notes.append("no cohort evidence: the score is that of the profile alone, no probability")
    }
    notes.append(
      "likely inauthentic by the stated rules; not proof of a purchase, nor of who made it")
    return notes
  }
}

extension ProfileColumn {
  /// As the list calls it.
  fileprivate var title: String {
    switch self {
    case .followers: "followers"
    case .friends: "friends"
    case .statuses: "statuses"
    case .favourites: "favourites"
    case .listed: "listed"
    case .emptyDescription: "description"
    case .accountAge: "created_at"
    }
  }
}
