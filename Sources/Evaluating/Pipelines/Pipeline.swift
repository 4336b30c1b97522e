import Columns
import Plans

/// Steps that run in one pass: a source, the conditions its rows must pass, and what is computed
/// of those that do; all expressions are over the source.
struct Pipeline: Sendable {
  let source: any BlockSource
  var conditions: [Condition] = []
  /// The columns of the plan.
  var outputs: [NamedExpression]
  /// Steps that drop no rows and share the pass: projections.
  var passing: [RunningStep] = []

  /// All columns of a source.
  init(_ source: any BlockSource) {
    self.source = source
    outputs = source.schema.fields.map { NamedExpression($0.name, .column($0)) }
  }

  /// An expression over the plan's columns, written over the source's.
  func substituted(_ expression: ScalarExpression) -> ScalarExpression {
    expression.replacingColumns { name in
      outputs.first { $0.name == name }?.expression
    }
  }

  /// What is known of an expression over the source.
  func facts(_ expression: ScalarExpression) -> ColumnFacts {
    expression.facts { source.facts($0) }
  }

  /// Forgets what was counted, before the rows are read again.
  func resetCounts() {
    for condition in conditions { condition.counter.reset() }
    for step in passing { step.setCount(0) }
    for input in source.inputs { input.resetCounts() }
  }

  /// The same rows, read again without counting them.
  var uncounted: Pipeline {
    var again = over(uncounted(source))
    again.passing = []
    again.conditions = conditions.map { condition in
      let step = RunningStep("", depth: 0)
      return Condition(test: condition.test, counter: ConditionCounter(label: "", step: step))
    }
    return again
  }

  private func uncounted(_ source: some BlockSource) -> any BlockSource {
    source.over(source.inputs.map(\.uncounted))
  }

  /// The same steps over another source of the same columns.
  func over(_ source: any BlockSource) -> Pipeline {
    var pipeline = Pipeline(source)
    pipeline.conditions = conditions
    pipeline.outputs = outputs
    pipeline.passing = passing
    return pipeline
  }

  /// Steps of one pass share its time.
  func share(_ seconds: Double) {
    for step in passing { step.take(seconds) }
    for condition in conditions { condition.counter.step.take(seconds) }
    for input in source.inputs { input.share(seconds) }
  }

  /// What the pass dropped and met, after it.
  var notes: [String] {
    source.inputs.flatMap(\.notes) + (source.note.map { [$0] } ?? [])
      + conditions.compactMap(\.counter.note)
  }

  /// Whether every row passes and no column is computed.
  var isPlainSelection: Bool { conditions.isEmpty && hasOnlyColumns }

  /// Whether no column is computed.
  var hasOnlyColumns: Bool {
    outputs.allSatisfy { if case .column = $0.expression.node { true } else { false } }
  }
}
