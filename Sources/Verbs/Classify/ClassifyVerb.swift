import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

/// `classify`: who is fake, suspect, quiet, active or engaged, and why.
struct ClassifyVerb: Verb {
  let signature = VerbSignature(
    name: "classify", usage: "classify [per KEY] [with base_rate = 0.05, model = decoy]",
    items: .none, clauses: [.per: .expressions],
    options: [
      .init("base_rate", .float, default: "0.05", "the share of fakes where nothing else is known"),
      .init("fake", .float, default: "0.9", "the score from which a follower is called fake"),
      .init("suspect", .float, default: "0.5", "the score from which one is called suspect"),
      .init(
        "model", .string, default: "decoy",
        choices: ["decoy", "all"] + PublicChecker.allCases.map(\.rawValue), isOpen: true,
        "the built-in scorecard, a public checker, all of them, or a file that train saved"),
      .init("cohort", .bool, default: "true", "whether spikes, drips and neighbours count"),
      .init("log", .string, default: "none", "an engagement log: a table of those who took part"),
    ],
    summary: "says who is fake, suspect, quiet, active or engaged, and why",
    help: """
      Adds class, authenticity (fake, suspect, genuine, unknown), activity (engaged, active, quiet, \
      unknown), fake_score from 0 to 1, why, and evidence (the weight of the profile alone). class \
      is fake or suspect by authenticity, else the activity. Quiet is not fake: having gone silent \
      moves no score.
      The score is the odds of a prior times the profile's evidence (an additive scorecard: a sum of \
      looked-up log likelihood ratios, every part a reason) times that of the cohort: inside a spike \
      that looks bought the prior is its share of bought followers, and accounts made in its \
      creation window weigh more, others less, and an ordinary profile clears as far as those of the \
      block are not ordinary; inside a drip its excess over its followers; \
      neighbours in follow order that were made within weeks of one another count as well; \
      elsewhere the base rate. Where no times can be told, the base rate is all, and a note says so.
      Missing columns add nothing and are named. Fewer than three profile columns, or a platform \
      that the model was not made for, give unknown unless the cohort tells. active: posted within \
      180 days of the capture, or posts or likes at least once in ten days; engaged needs a log.
      Public checkers answer by their published rules as far as a profile shows them; model = all \
      gives a row for each follower and model. The scorecard was fitted on purchases of 2013 and \
      ordinary followers of 2022: it misses well made fakes, and its score is no probability where \
      no cohort speaks. `classify | shares` corrects the share for its known errors.
      """,
    examples: [
      "example | classify | count by class",
      "example | classify with base_rate = 0.2 | filter class == \"fake\" | select screen_name, why",
      "example | classify with model = all | count class in (\"fake\", \"suspect\") by model",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let thresholds = ClassThresholds(call) else { return nil }
    for name in ["class", "why"] where call.input.schema.field(name) != nil {
      call.note("the list's own column '\(name)' gives way; rename it first to keep it")
    }
    // The groups of per are columns of the part.
    let whole = call.clause(.per) == nil ? WholeList(of: call.input) : nil
    let isPart = whole?.isPart ?? false
    guard let plan = classes(thresholds, isPart ? whole?.whole : nil, call) else { return nil }
    guard isPart, let whole else { return plan }
    call.note("judged within the whole list, of which these rows are a part")
    let shown = whole.part(of: plan)
    let fields =
      call.input.schema.fields
      + plan.schema.fields.filter {
        whole.whole.schema.field($0.name) == nil && call.input.schema.field($0.name) == nil
      }
    return shown.projected(
      to: fields.map { NamedExpression($0.name, .column($0)) }, range: call.range)
  }

  /// The rows of a list (the input unless given) with their classes; nil with an error.
  private func classes(
    _ thresholds: ClassThresholds, _ whole: Plan?, _ call: VerbCall
  ) -> Plan? {
    guard let list = call.followerListForClasses(over: whole) else { return nil }
    switch model(call) {
    case nil: return nil
    case .all?: return all(list, thresholds, call)
    case .checker(let checker)?:
      return list.checked(by: checker, thresholds, call)?.withoutHidden(range: call.range)
    case .scorecard(let scorecard)?:
      return call.classified(list, scorecard, thresholds)?.withoutHidden(range: call.range)
    }
  }

  private enum Model {
    case scorecard(Scorecard)
    case checker(PublicChecker)
    case all
  }

  /// nil with an error.
  private func model(_ call: VerbCall) -> Model? {
    guard case .string(let name)? = call.option("model") ?? .string("decoy") else { return nil }
    if name == "decoy" { return .scorecard(.trained) }
    if name == "all" { return .all }
    if let checker = PublicChecker(rawValue: name) { return .checker(checker) }
    let place = call.items(of: .with).first { $0.name?.text == "model" }?.range ?? call.stage.range
    guard let text = call.readText(name) else {
      let known = ["decoy", "all"] + PublicChecker.allCases.map(\.rawValue)
      call.report(
        "no model '\(name)'",
        hint: Suggestion.hint(for: name, among: known)
          ?? "there are \(known.joined(separator: ", ")), and files that train saved", at: place)
      return nil
    }
    do throws(ScorecardTextError) {
      return .scorecard(try Scorecard(text: text))
    } catch {
      call.report(
        "'\(name)' is no saved model: line \(error.line): \(error.message)", at: place)
      return nil
    }
  }

  /// A row for each follower and model.
  private func all(
    _ list: FollowerList, _ thresholds: ClassThresholds, _ call: VerbCall
  ) -> Plan? {
    guard let own = call.classified(list, .trained, thresholds) else { return nil }
    var plans = [(name: "decoy", plan: own)]
    for checker in PublicChecker.allCases {
      guard let plan = list.checked(by: checker, thresholds, call) else { return nil }
      plans.append((checker.rawValue, plan))
    }
    return .union(
      plans.map { name, plan in
        plan.withoutHidden(range: call.range).extended(
          by: [NamedExpression("model", .constant(.string(name)))], range: call.range)
      }, range: call.range)
  }
}

extension ClassThresholds {
  /// The weights of evidence from which a follower is suspect, and fake, where the wanted columns tell no more
  /// than classes; nil otherwise, and where scores are too near 0 or 1 to be told by weights.
  func weights(where wanted: [Field]) -> [Double]? {
    if wanted.contains(where: { ["fake_score", "why"].contains($0.name) }) { return nil }
    guard let suspect = ScoreLimit(suspect, baseRate: baseRate).weight,
      let fake = ScoreLimit(fake, baseRate: baseRate).weight
    else { return nil }
    return [suspect, fake]
  }
}

/// From which scores a follower is called what.
struct ClassThresholds: Sendable {
  var baseRate = 0.05
  var fake = 0.9
  var suspect = 0.5
  var usesCohorts = true

  init() {}

  /// The options of a call; nil with an error.
  init?(_ call: VerbCall) {
    for (name, path) in [
      ("base_rate", \ClassThresholds.baseRate), ("fake", \.fake), ("suspect", \.suspect),
    ] {
      guard let value = call.option(name)?.number else { continue }
      guard value > 0, value < 1 else {
        call.report("'\(name)' is between 0 and 1, found \(value)", at: call.stage.range)
        return nil
      }
      self[keyPath: path] = value
    }
    if case .bool(let uses)? = call.option("cohort") { usesCohorts = uses }
    guard suspect <= fake else {
      call.report(
        "'suspect' is at most 'fake', found \(suspect) and \(fake)", at: call.stage.range)
      return nil
    }
  }
}
