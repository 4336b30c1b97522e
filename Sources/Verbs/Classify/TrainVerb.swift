import Checking
import Columns
import Parsing
import Plans
import Statistics

/// `train`: a scorecard fitted to the user's own labels.
struct TrainVerb: Verb {
  let signature = VerbSignature(
    name: "train", usage: "train CONDITION [with name = \"mine\"] to \"FILE.model\"",
    items: .conditions,
    options: [.init("name", .string, default: "own labels", "what the model is called")],
    summary: "fits the scorecard of classify to labels of your own",
    help: """
      The condition says which rows are fake; rows where it is null are left out. The same features, \
      bins and ridge regression as the built-in model, both classes weighed equally, the ridge \
      chosen by cross-validation in five parts; at least 20 rows of each class. The result is the \
      model as lines of text: save it with to, use it with `classify with model = "FILE.model"`. Its \
      operating points are measured on the parts left out. A model that has seen no quiet people \
      calls them fake: label some.
      """,
    examples: [
      "example | union example, example, example, example, example | train followers < 100",
      "example | union example, example, example, example, example | train followers < 96 | take 3",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let item = call.items.first, call.items.count == 1 else {
      call.report("'train' needs one condition", hint: call.usageHint, at: call.stage.range)
      return nil
    }
    guard let isFake = call.condition(item), let list = call.followerListForClasses() else {
      return nil
    }
    var name = "own labels"
    if case .string(let given)? = call.option("name") { name = given }
    let labelled = list.plan.extended(by: [NamedExpression("#fake", isFake)], range: call.range)
    return labelled.analysed(
      by: TrainAnalysis(
        name: name, capturedAt: labelled.properties.capturedAt,
        columns: Set(labelled.schema.names)), range: call.range)
  }
}

/// The lines of a fitted model, under its first line as the name of the column.
struct TrainAnalysis: Analysis {
  let name: String
  let capturedAt: Int64?
  let columns: Set<String>

  let keepsRows = false
  let fields = [Field(name: Self.firstLine, type: .string)]
  var title: String { "train '\(name)'" }

  private static let firstLine = "decoy scorecard 1"

  func columnNames(ofInput index: Int) -> Set<String> {
    ProfileColumns.names.union(["#fake", "#followed"]).intersection(columns)
  }

  /// What the model did where it had not learnt.
  private func measured(_ model: Scorecard) -> [String] {
    guard let point = model.points.at(evidence: 0) else { return [] }
    let (found, spared) = (point.sensitivity, point.specificity)
    func range(_ low: Double, _ high: Double) -> String { "\(percent(low)) to \(percent(high))" }
    let text =
      "on the parts left out, at even odds, \(range(found.lowerBound, found.upperBound)) of the fake "
      + "were found and \(range(1 - spared.upperBound, 1 - spared.lowerBound)) of the others accused"
    guard found.lowerBound + spared.lowerBound - 1 < 0.1 else { return [text] }
    return [text, "that may be no better than chance: profiles hardly tell these labels apart"]
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let table = inputs[0]
    guard let labels = table.column("#fake")?.integers() else {
      preconditionFailure("rows without labels")
    }
    let captured = capturedAt ?? table.latestTime(of: ["#created", "#followed"]) ?? 0
    let all = ProfileColumns(table, captured: captured).numbers(table)
    let rows = (0..<table.rowCount).filter { labels.pointer[$0] != .min }
    do throws(ScorecardFittingError) {
      let model = try fitScorecard(
        name: name, numbers: all.only(rows: rows), fake: rows.map { labels.pointer[$0] > 0 })
      let lines = model.text.split(separator: "\n").dropFirst().map { [Scalar.string(String($0))] }
      return AnalysisResult(
        columns: Verbs.columns(of: Array(lines), fields, wanted),
        notes: ["fitted on \(rows.count) labelled rows"] + measured(model))
    } catch {
      switch error {
      case .tooFew(let fake, let genuine, let least):
        throw .refused(
          "\(fake) fake and \(genuine) other rows are too few to learn from",
          hint: "label at least \(least) of each")
      case .nothingToLookAt:
        throw .refused(
          "no profile column tells the rows apart",
          hint:
            "the list needs some of followers, friends, statuses, favourites, listed, created_at")
      }
    }
  }
}
