import Checking
import Columns
import Parsing
import Plans
import Statistics
import Synchronization

/// `reach`: how many people an account reaches without the fakes.
struct ReachVerb: Verb {
  let signature = VerbSignature(
    name: "reach", usage: "reach [per KEY] [with log = LOG]", items: .none,
    clauses: [.per: .expressions],
    options: [
      .init("base_rate", .float, default: "0.05", "as of classify"),
      .init("fake", .float, default: "0.9", "as of classify"),
      .init("suspect", .float, default: "0.5", "as of classify"),
      .init("cohort", .bool, default: "true", "as of classify"),
      .init("log", .string, default: "none", "an engagement log: a table of those who took part"),
    ],
    summary: "says how many an account reaches without the fakes, and how far they carry",
    help: """
      authentic_est is the number of followers less the estimated fakes, authentic_lo to \
      authentic_hi the range that comes of the model's errors and of those who could not be judged \
      (see shares). active and engaged count those who are neither fake nor suspect; engaged and \
      reposters need an engagement log (a table with id or screen_name; where it has a column kind, \
      its reposts count as reposters). Where nothing tells of anybody's activity, active and \
      potential_gross are null. potential_gross is the sum of the active ones' own followers: \
      duplicates are not removed, so it is an upper bound of the domino effect and never a number of \
      people; top10_share is the part of it that the ten largest hold.
      """,
    examples: ["example | reach", "example | reach per lang"])

  func lower(_ call: VerbCall) -> Plan? {
    guard let thresholds = ClassThresholds(call), let list = call.followerListForClasses() else {
      return nil
    }
    return call.reach(list, thresholds)
  }
}

extension VerbCall {
  /// The reach of the accounts of a list.
  func reach(_ list: FollowerList, _ thresholds: ClassThresholds) -> Plan? {
    guard let classified = classified(list, .trained, thresholds, isTold: false),
      let classification = classified.classification
    else { return nil }
    return reach(of: classified, classification, list)
  }

  /// The reach of a list that is classified already.
  func reach(of classified: Plan, _ classification: ClassifyAnalysis, _ list: FollowerList) -> Plan
  {
    classified.analysed(
      by: ReachAnalysis(
        classification: classification, hasLog: list.plan.schema.field("#engaged") != nil,
        hasFollowers: list.plan.schema.field("followers")?.type.isNumeric ?? false,
        selection: list.plan.properties.selection),
      range: range)
  }

  /// For another table: `account`, `followers` (rows) and `authentic_est`.
  func listSizes(_ table: TableArgument) -> Plan? {
    followerListForClasses(table).flatMap { reach($0, ClassThresholds()) }
  }
}

/// The reach of each account.
///
/// Reads the classes, `#account` and `followers`. O(n).
struct ReachAnalysis: Analysis {
  let classification: ClassifyAnalysis
  let hasLog: Bool
  let hasFollowers: Bool
  /// Which rows of the list are here.
  let selection: TableProperties.Selection

  let title = "reach"
  let keepsRows = false
  var fields: [Field] { Self.fields }

  static let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "followers", type: .int),
    Field(name: "authentic_est", type: .float), Field(name: "authentic_lo", type: .float),
    Field(name: "authentic_hi", type: .float), Field(name: "active", type: .int),
    Field(name: "engaged", type: .int), Field(name: "potential_gross", type: .int),
    Field(name: "top10_share", type: .float), Field(name: "reposters", type: .int),
    Field(name: "note", type: .string),
  ]

  func columnNames(ofInput index: Int) -> Set<String> {
    hasFollowers ? ClassCounts.columnNames.union(["followers"]) : ClassCounts.columnNames
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let audiences = hasFollowers ? try Audience.byAccount(inputs[0], context) : [:]
    let counts = try ClassCounts.all(inputs[0], context)
    let estimates = try FakeEstimate.all(counts, classification, context)
    let rows = zip(counts, estimates).map { counts, estimate -> [Scalar] in
      let total = Double(counts.total)
      let audience = counts.tellsActivity ? audiences[ExactText(counts.account)] : nil
      let engaged = counts.classes[2]
      func authentic(_ fake: Double?) -> Scalar {
        estimate.isKnown ? fake.map { .float(total * (1 - $0)) } ?? .null : .null
      }
      return [
        .string(counts.account), .int(Int64(counts.total)),
        authentic(estimate.share), authentic(estimate.shareRange.high),
        authentic(estimate.shareRange.low),
        counts.tellsActivity ? .int(Int64(engaged + counts.classes[3])) : .null,
        hasLog ? .int(Int64(engaged)) : .null,
        audience.flatMap { Int64(exactly: $0.gross.rounded()) }.map { .int($0) } ?? .null,
        audience.map { $0.gross > 0 ? .float($0.topShare) : .null } ?? .null,
        hasLog ? .int(Int64(engaged)) : .null, .string(note(audience, counts)),
      ]
    }
    return AnalysisResult(
      columns: columns(of: rows, fields, wanted),
      notes: [
        "authentic: followers less the estimated fakes; the range is that of the model's errors"
      ])
  }

  private func note(_ audience: Audience?, _ counts: ClassCounts) -> String {
    var parts = ["potential_gross: duplicates not removed"]
    if audience == nil {
      let reason = hasFollowers ? "nothing tells who is active" : "no column followers"
      parts = ["\(reason): potential_gross is not known"]
    }
    if let audience, Int64(exactly: audience.gross.rounded()) == nil {
      parts = ["potential_gross is too large to tell: followers are no counts"]
    }
    if counts.judged == 0 {
      parts.append("no follower could be judged: authentic is not known")
    } else if !counts.areMostlyJudged {
      parts.append(
        "\(percent(counts.unjudgedShare)) could not be judged: authentic_lo is without them, "
          + "authentic_hi with all of them")
    }
    if selection == .random || selection == .newest {
      parts.append("all numbers are of these rows, \(selection.rawValue) of the list")
    }
    if !hasLog { parts.append("engagement not measured: no log") }
    return parts.joined(separator: "; ")
  }
}

/// The followers of an account's active followers.
private struct Audience: Sendable {
  var gross = 0.0
  /// The ten largest, ascending.
  private var largest: [Double] = []

  var topShare: Double { largest.reduce(0, +) / max(1, gross) }

  mutating func add(_ followers: Double) {
    guard followers > 0 else { return }
    gross += followers
    if largest.count < 10 {
      largest.append(followers)
      largest.sort()
    } else if followers > largest[0] {
      largest[0] = followers
      largest.sort()
    }
  }

  static func byAccount(
    _ table: Table, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [ExactText: Audience] {
    guard let account = table.column("#account"), let kinds = table.column("class"),
      let followers = table.column("followers")
    else { return [:] }
    let (names, numbers) = try context.textNumbers(account)
    let (words, codes) = try context.textNumbers(kinds)
    let counts = words.map { $0 == "active" || $0 == "engaged" }
    let parts = try RowPartition(numbers, parts: names.count, context) { row in
      let code = Int(codes.pointer[row])
      return code >= 0 && counts[code]
    }
    let all = Mutex(names.map { _ in Audience() })
    try context.forEach(names.count) { index in
      var audience = Audience()
      for value in followers.doubles(at: parts.order.part(parts.rows(of: index)), null: 0) {
        audience.add(value)
      }
      let done = audience
      all.withLock { $0[index] = done }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(names.map { ExactText($0) }, all.withLock { $0 }))
  }
}
