import Checking
import Columns
import Parsing
import Plans
import Statistics
import Synchronization

/// `classify | shares`: how many of each class, corrected for the known errors of the model.
struct SharesVerb: Verb {
  let signature = VerbSignature(
    name: "shares", usage: "shares [per KEY]", items: .none, clauses: [.per: .expressions],
    summary: "gives the share of each class, behind classify, with what is sure of it",
    help: """
      One row for each account and class: n, share, and for fake the share corrected for the errors \
      of the model, corrected_lo to corrected_hi, which is the range over the lowest and highest \
      sensitivity and specificity that were measured on vendors and lists that the model had not \
      seen (Rogan and Gladen 1978), and over the chance of whom these errors strike. Followers of \
      whom nothing tells (a platform without a model and no cohort) may be fake or not: the range \
      reaches over them, and where they are more than a tenth there is no corrected share. clean is \
      how many a list of this size without a single fake would show as fake. Of a complete list there \
      is no sampling error; low to high is Wilson's interval, for lists that are a random sample only. \
      Notes say how the share moves when the threshold does.
      """,
    examples: [
      "example | classify | shares", "example | classify with base_rate = 0.2 | shares per lang",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let classification = call.input.classification else {
      call.report(
        "'shares' needs the classes of one scorecard",
        hint: "it stands behind classify: t | classify | shares", at: call.stage.range)
      return nil
    }
    guard ClassCounts.areIn(call.input.schema) else {
      call.report(
        "'shares' needs the columns of classify as they are",
        hint: "keep class, fake_score and evidence", at: call.stage.range)
      return nil
    }
    let account = call.accountName(
      of: call.input, per: call.named(call.items(of: .per)).map(\.expression))
    return call.input.extended(
      by: [NamedExpression("#account", account)], range: call.range
    ).analysed(
      by: SharesAnalysis(
        classification: classification,
        isSample: call.input.properties.selection == .random), range: call.range)
  }
}

extension Plan {
  /// How the rows were classified; nil where they were not, or not by a scorecard.
  var classification: ClassifyAnalysis? {
    switch node {
    case .analysis(let analysis, let inputs):
      if let classification = analysis as? ClassifyAnalysis { return classification }
      return analysis.keepsRows ? inputs.first?.classification : nil
    case .filter(let input, _), .project(let input, _), .sort(let input, _),
      .slice(let input, _, _), .tail(let input, _), .sample(let input, _, _),
      .top(let input, _, _, _), .distinct(let input, _), .broadcast(let input, _, _),
      .window(let input, _, _, _):
      return input.classification
    case .binding(let binding): return binding.plan.classification
    case .table, .aggregate, .join, .union, .fill, .expand: return nil
    }
  }
}

/// The shares of classes.
///
/// Reads `#account class fake_score evidence`. O(n).
struct SharesAnalysis: Analysis {
  let classification: ClassifyAnalysis
  let isSample: Bool

  let title = "shares"
  let keepsRows = false
  let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "class", type: .string),
    Field(name: "n", type: .int), Field(name: "share", type: .float),
    Field(name: "low", type: .float), Field(name: "high", type: .float),
    Field(name: "corrected", type: .float), Field(name: "corrected_lo", type: .float),
    Field(name: "corrected_hi", type: .float), Field(name: "clean", type: .float),
  ]

  func columnNames(ofInput index: Int) -> Set<String> { ClassCounts.columnNames }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    var rows: [[Scalar]] = []
    var notes: [String] = []
    let all = try ClassCounts.all(inputs[0], context)
    for (counts, estimate) in zip(all, try FakeEstimate.all(all, classification, context)) {
      for (index, name) in ClassCounts.classes.enumerated() {
        let n = counts.classes[index]
        let isFake = name == "fake"
        // None called fake is no estimate of none.
        guard n > 0 || isFake && estimate.isKnown else { continue }
        let wilson = isSample ? wilsonInterval(successes: n, trials: counts.total) : nil
        rows.append([
          .string(counts.account), .string(name), .int(Int64(n)),
          .float(Double(n) / Double(max(1, counts.total))), float(wilson?.low),
          float(wilson?.high), float(isFake ? estimate.share : nil),
          float(isFake ? estimate.shareRange.low : nil),
          float(isFake ? estimate.shareRange.high : nil), float(isFake ? estimate.clean : nil),
        ])
      }
      notes += estimate.isKnown ? estimate.sentences(counts) : []
    }
    return AnalysisResult(columns: columns(of: rows, fields, wanted), notes: notes)
  }

  private func float(_ value: Double?) -> Scalar { value.map { .float($0) } ?? .null }
}

/// How many followers of an account are of each class, and at which scores.
struct ClassCounts: Sendable {
  static let classes = ["fake", "suspect", "engaged", "active", "quiet", "unknown"]

  /// Whether it is known of anybody how active they are.
  var tellsActivity: Bool { classes[2] + classes[3] + classes[4] > 0 }
  static let columnNames: Set<String> = ["#account", "class", "fake_score", "evidence"]

  /// Whether the columns of classes are there, as classify makes them.
  static func areIn(_ schema: Schema) -> Bool {
    schema.field("class")?.type == .string && schema.field("fake_score")?.type == .float
      && schema.field("evidence")?.type == .float
  }

  let account: String
  private(set) var total = 0
  private(set) var classes = [Int](repeating: 0, count: Self.classes.count)
  /// Scores of followers that have one, and their profile's evidence (NaN where unknown).
  private(set) var scores: [Double] = []
  private(set) var evidence: [Double] = []

  /// How many could be judged, and how many are of a known class: those of whom shares are told.
  var judged: Int { scores.count }
  /// The part of them of whom nothing tells whether they are fake.
  var unjudgedShare: Double { Double(total - judged) / Double(max(1, total)) }
  /// Whether those who could be judged stand for all.
  var areMostlyJudged: Bool { unjudgedShare <= 0.1 }
  var known: Int { total - classes[Self.classes.count - 1] }

  /// Each account of a classified table that has `#account`, in order of first appearance.
  static func all(
    _ table: Table, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [ClassCounts] {
    guard let account = table.column("#account") else { preconditionFailure("no #account") }
    let (names, numbers) = try context.textNumbers(account)
    let parts = try RowPartition(numbers, parts: names.count, context) { _ in true }
    return try all(table, names, numbers, parts, context)
  }

  /// The same where the accounts are numbered already.
  static func all(
    _ table: Table, _ names: [String], _ numbers: BufferSlice<Int32>, _ parts: RowPartition,
    _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [ClassCounts] {
    guard let kinds = table.column("class"), let score = table.column("fake_score"),
      let evidence = table.column("evidence")
    else { preconditionFailure("a table without classes") }
    let (words, codes) = try context.textNumbers(kinds)
    let places = words.map { word in classes.firstIndex(of: word) ?? classes.count - 1 }
    let all = Mutex(names.map { ClassCounts(account: $0) })
    try context.forEach(names.count) { index in
      var counts = ClassCounts(account: names[index])
      counts.add(parts.order.part(parts.rows(of: index)), codes, places, score, evidence)
      let done = counts
      all.withLock { $0[index] = done }
    }
    return all.withLock { $0.filter { $0.total > 0 } }
  }

  private mutating func add(
    _ rows: BufferSlice<Int32>, _ codes: BufferSlice<Int32>, _ places: [Int], _ score: Column,
    _ evidence: Column
  ) {
    total = rows.count
    for place in 0..<rows.count {
      let code = codes.pointer[Int(rows.pointer[place])]
      classes[code < 0 ? Self.classes.count - 1 : places[Int(code)]] += 1
    }
    let (ownScores, ownEvidence) = (score.doubles(at: rows), evidence.doubles(at: rows))
    scores.reserveCapacity(rows.count)
    self.evidence.reserveCapacity(rows.count)
    for place in 0..<rows.count where !ownScores[place].isNaN {
      scores.append(ownScores[place])
      self.evidence.append(ownEvidence[place])
    }
  }

  private init(account: String) { self.account = account }

  /// The share of all followers with at least a score.
  func share(from score: Double) -> Double {
    Double(scores.lazy.filter { $0 >= score }.count) / Double(max(1, total))
  }
}

/// How many followers of an account are fake: those called so, corrected for what the profile model
/// misses and accuses wrongly.
///
/// Those of whom a cohort speaks count by their scores; the share of the others is that of the profile
/// alone at a weight of evidence where the model's errors are best known, corrected for them. Those of whom
/// nothing tells may be all fake or none.
struct FakeEstimate: Sendable {
  /// The estimate, a share of all followers; nil where many of them could not be judged.
  let share: Double?
  /// The range that comes of not knowing the model's errors, nor those who could not be judged.
  let shareRange: Interval
  /// How many would be called fake in a list of this size without one.
  let clean: Double?
  /// Whether any follower could be judged; else the figures say nothing.
  let isKnown: Bool
  private let classification: ClassifyAnalysis

  /// The weight of evidence at which the profile model is held against its known errors.
  private static let threshold = 1.0

  init(_ counts: ClassCounts, _ classification: ClassifyAnalysis) {
    self.classification = classification
    isKnown = !counts.scores.isEmpty
    let total = Double(max(1, counts.total))
    let called = Double(counts.classes[0]) / total
    let accused = Double(counts.classes[0] + counts.classes[1]) / total
    let thresholds = classification.thresholds
    let points = classification.scorecard.points
    let needed = evidence(score: thresholds.fake, baseRate: thresholds.baseRate)
    clean = points.at(evidence: needed).map { point in
      (1 - (point.specificity.lowerBound + point.specificity.upperBound) / 2) * total
    }
    let split = CohortSplit(counts, thresholds)
    let unjudged = counts.unjudgedShare
    guard split.others > 0, let point = points.at(evidence: Self.threshold) else {
      let own = split.expected / total
      share = counts.areMostlyJudged ? min(1, max(own, called)) : nil
      shareRange = Interval(
        low: split.low / total, high: min(1, max(split.high / total, accused) + unjudged))
      return
    }
    let corrected = correctedShare(
      hits: split.above(Self.threshold), of: split.others, at: point)
    let others = Double(split.others) / total
    let estimate = split.expected / total + others * corrected.estimate
    let found = min(1, max(called, estimate))
    share = counts.areMostlyJudged ? found : nil
    let high = max(accused, found, split.high / total + others * corrected.range.high)
    shareRange = Interval(
      low: min(found, split.low / total + others * corrected.range.low),
      high: min(1, high + unjudged))
  }

  /// Those of several accounts, on all cores.
  static func all(
    _ counts: [ClassCounts], _ classification: ClassifyAnalysis, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> [FakeEstimate] {
    let made = Mutex([FakeEstimate?](repeating: nil, count: counts.count))
    try context.forEach(counts.count) { index in
      let estimate = FakeEstimate(counts[index], classification)
      made.withLock { $0[index] = estimate }
    }
    return made.withLock { $0.compactMap { $0 } }
  }

  /// How the share moves with the threshold, and what a clean list would show.
  func sentences(_ counts: ClassCounts) -> [String] {
    let fake = classification.thresholds.fake
    let lower = fake * 0.8
    let upper = 1 - (1 - fake) * 0.8
    var text =
      "\(counts.account): with the threshold of fake at \(short(lower)) instead of \(short(fake)) "
      + "\(percent(counts.share(from: lower))) would be called so, at \(short(upper)) "
      + percent(counts.share(from: upper))
    if let clean {
      text += "; a clean list of this size would show about \(Int(clean.rounded()))"
    }
    return [text]
  }

  private func short(_ value: Double) -> String { ((value * 100).rounded() / 100).description }
}

/// The followers of whom a cohort speaks, by their scores, and the evidence of the others.
private struct CohortSplit {
  /// How many of the first are fake: the sum of their scores, at least, at most.
  private(set) var expected = 0.0
  private(set) var low = 0.0
  private(set) var high = 0.0
  /// How many others have a known profile.
  private(set) var others = 0
  private var evidences: [Double] = []

  init(_ counts: ClassCounts, _ thresholds: ClassThresholds) {
    let base = portableLog(thresholds.baseRate / (1 - thresholds.baseRate))
    for (score, evidence) in zip(counts.scores, counts.evidence) {
      let odds = portableLog(max(1e-300, score) / max(1e-16, 1 - score))
      let isByCohort = evidence.isNaN || abs(odds - base - evidence) > 0.01 && abs(odds) < 30
      guard isByCohort else {
        others += 1
        evidences.append(evidence)
        continue
      }
      let isAccused = score >= thresholds.suspect
      expected += score
      low += isAccused ? score : 0
      high += isAccused ? 1 : score
    }
  }

  func above(_ threshold: Double) -> Int { evidences.lazy.filter { $0 >= threshold }.count }
}
