package import Calendars
package import Columns
package import Diagnostics

/// A step that is no relational algebra: a statistic over named columns of whole tables.
///
/// It stands in a plan like any other step (`Plan.analysed`), so that filters, `explain` and pruning
/// work around it; the verb that it belongs to writes the relational part in front of it.
package protocol Analysis: Sendable {
  /// As `explain` shows it: `spike by day`.
  var title: String { get }
  /// The columns that it makes.
  var fields: [Field] { get }
  /// Whether its rows are those of its first input, whose columns stay in front of `fields`; else
  /// its rows are its own.
  var keepsRows: Bool { get }
  /// The columns that it reads of each input.
  func columnNames(ofInput index: Int) -> Set<String>
  /// Makes the columns of `wanted` (some of `fields`, in their order; never none unless there are
  /// none), all cut at the same rows: those of the first input where it keeps them.
  ///
  /// Polls `context.isCancelled` at least every few million rows.
  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult
}

/// What an analysis may use beside its inputs.
package struct AnalysisContext: Sendable {
  /// In which days begin.
  package let zone: TimeZoneRules
  /// Whether Ctrl-C asked to stop.
  package let isCancelled: @Sendable () -> Bool
  /// What other analyses of the evaluation kept.
  package let kept: KeptValues
  private let loop: @Sendable (Int, @escaping @Sendable (Int) -> Void) -> Bool

  /// `loop` runs a body for each index below a count on all cores, and tells whether all ran.
  package init(
    zone: TimeZoneRules, isCancelled: @escaping @Sendable () -> Bool,
    kept: KeptValues = KeptValues(),
    loop: @escaping @Sendable (Int, @escaping @Sendable (Int) -> Void) -> Bool
  ) {
    self.zone = zone
    self.isCancelled = isCancelled
    self.kept = kept
    self.loop = loop
  }

  /// Runs `body` once for each index below `count`, on all cores; throws when asked to stop.
  package func forEach(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Void
  ) throws(AnalysisFailure) {
    guard loop(count, body) else { throw .interrupted }
  }

  /// Throws when asked to stop.
  package func check() throws(AnalysisFailure) {
    if isCancelled() { throw .interrupted }
  }
}

/// What an analysis gives.
package struct AnalysisResult: Sendable {
  /// One for each wanted field.
  package let columns: [Column]
  /// Sentences for the reader.
  package let notes: [String]

  package init(columns: [Column], notes: [String] = []) {
    self.columns = columns
    self.notes = notes
  }
}

/// Why an analysis gave nothing.
package enum AnalysisFailure: Error {
  /// The rows cannot carry the question: what is missing, and what to do.
  case refused(String, hint: String?)
  case interrupted
}

extension Plan {
  /// The rows of an analysis over these inputs.
  package static func analysis(
    _ analysis: any Analysis, over inputs: [Plan], range: SourceRange? = nil
  ) -> Plan {
    let kept = analysis.keepsRows ? inputs.first?.schema.fields ?? [] : []
    let made = Set(analysis.fields.map(\.name))
    let fields = kept.filter { !made.contains($0.name) } + analysis.fields
    return Plan(
      .analysis(analysis, inputs), schema: Schema(fields),
      properties: analysis.keepsRows ? inputs.first?.properties ?? .init() : .init(), range: range)
  }

  /// This plan as the first input of an analysis.
  package func analysed(
    by analysis: any Analysis, with others: [Plan] = [], range: SourceRange? = nil
  ) -> Plan {
    .analysis(analysis, over: [self] + others, range: range)
  }
}
