import Columns
import Plans

/// The rows at one point of a pipeline.
struct Rows {
  var plan: Plan
  /// As in `no column 'x' in acme`, `… after 'group'`.
  var label: String
  /// Columns that should be there but could not be checked: what uses them is not reported again.
  var unknownColumns: Set<String> = []

  var schema: Schema { plan.schema }
}

/// What an expression may use.
struct ExpressionContext {
  /// Where it stands with regard to aggregates and window functions.
  enum Position {
    /// A row at a time; the word names the verb.
    case row(String)
    /// Where aggregates may stand, outside of them.
    case outside(AggregateCollector)
    /// The argument of an aggregate of this name.
    case inside(String)
    /// Where window functions may stand, outside of them.
    case windows(WindowCollector)
    /// The argument of a window function of this name.
    case insideWindow(String)
  }

  /// nil where there are no columns at all.
  var rows: Rows?
  var position: Position

  /// No columns: options, parameters, bare expressions.
  static var constant: ExpressionContext {
    ExpressionContext(rows: nil, position: .row("an expression"))
  }

  /// One row at a time of these rows.
  static func row(_ rows: Rows, in word: String) -> ExpressionContext {
    ExpressionContext(rows: rows, position: .row(word))
  }
}
