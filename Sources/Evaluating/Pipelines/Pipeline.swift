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

  /// The notes of the conditions, after the pass.
  var notes: [String] { conditions.compactMap(\.counter.note) }

  /// Whether every row passes and no column is computed.
  var isPlainSelection: Bool {
    conditions.isEmpty
      && outputs.allSatisfy { if case .column = $0.expression.node { true } else { false } }
  }
}
