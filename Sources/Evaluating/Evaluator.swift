import Calendars
import Columns
import Plans
import Tasks

/// One evaluation: settings, and what is collected while it runs.
///
/// `table` computes a plan whole; `pipeline` leaves the last steps open, so that what consumes the
/// rows runs in the same pass. Both are told which columns are needed.
final class Evaluator: Sendable {
  /// Sizes at which one way of working gives way to another; results do not depend on them.
  struct Limits: Sendable {
    /// The keys of a worker's table before it is put aside: what stays in the cache.
    var tableKeys = 1 << 18
    /// The groups of all workers that one of them merges alone.
    var smallGroups = 1 << 16
    /// The rows and the keys from which these are grouped part by part, and the rows of a part, whose
    /// table stays in the cache.
    var scatteredRows = 1 << 17
    var manyKeys = 1 << 16
    var partRows = 1 << 14
    /// The rows for each combination of texts that are all put together beforehand.
    var combinationRows = 8
    /// The rows from which quantiles of integers go by histogram.
    var histogramRows = 1 << 14
    /// More first rows of each group than this are found by sorting: of one group those that may be among them.
    var topRows = 1 << 12
  }

  let settings: EvaluationSettings
  let limits: Limits
  let context: ExpressionContext
  let steps = StepLog()
  let notes = NoteLog()
  let readings = BindingReadings()
  /// What analyses keep for one another.
  let kept = KeptValues()

  init(_ settings: EvaluationSettings, limits: Limits = Limits()) {
    self.settings = settings
    self.limits = limits
    context = ExpressionContext(zone: settings.zone)
  }

  var workers: Workers { settings.workers }

  private var keepsAll: Bool { if case .all = settings.keeping { true } else { false } }

  /// The expression with its plans computed.
  func resolved(
    _ expression: ScalarExpression, depth: Int
  ) throws(EvaluationFailure) -> ScalarExpression {
    try resolve(expression) { plan throws(EvaluationFailure) in
      try table(settings.planning(plan, nil), needing: nil, depth: depth + 1)
    }
  }

  /// Several expressions with their plans computed.
  func resolved(
    _ expressions: [ScalarExpression], depth: Int
  ) throws(EvaluationFailure) -> [ScalarExpression] {
    var resolved: [ScalarExpression] = []
    for expression in expressions { resolved.append(try self.resolved(expression, depth: depth)) }
    return resolved
  }

  /// A pipeline for one worker, with resolved expressions over the plan's columns.
  func runner(
    _ pipeline: Pipeline, _ expressions: [ScalarExpression], context: ExpressionContext? = nil
  ) throws(EvaluationFailure) -> PipelineRunner {
    try PipelineRunner(
      pipeline, expressions.map { pipeline.substituted($0) }, context ?? self.context,
      blockRows: pipeline.source.blockRows)
  }

  /// The context for rows that are read twice: what does not convert is counted by the other reading.
  var contextOfSecondReading: ExpressionContext {
    var context = self.context
    context.conversions = ConversionCounts()
    return context
  }

  /// Times a step.
  func timed<Result>(
    _ step: RunningStep, _ body: () throws(EvaluationFailure) -> Result
  ) throws(EvaluationFailure) -> Result {
    let start = ContinuousClock.now
    let result = try body()
    step.take((ContinuousClock.now - start).seconds)
    return result
  }

  /// Says what the conditions of a pipeline dropped, after its pass.
  func report(_ pipeline: Pipeline) {
    for note in pipeline.notes { notes.add(note) }
  }

  /// The table of a binding with at least the needed columns (nil for all), computed and kept.
  ///
  /// At first those that the evaluation reads are computed; where another one reads more, all are.
  func table(
    _ binding: Binding, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table {
    if let known = binding.table(with: needed) { return known }
    let wanted = binding.isKept || keepsAll ? nil : readings.columns(of: binding, and: needed)
    let plan = settings.planning(binding.plan, wanted)
    readings.add(plan, settings.planning)
    let table = try settled(table(plan, needing: wanted, depth: depth))
    binding.keep(table)
    return table
  }
}

extension Duration {
  /// As a number of seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
