import Columns
package import Parsing
package import Plans

extension VerbCall {
  /// The items of `window` as they are checked: their window functions are gathered under hidden
  /// names, equal ones once.
  package struct WindowCollection {
    fileprivate let collector: WindowCollector
    fileprivate let call: VerbCall

    /// The functions so far.
    package var functions: [NamedWindow] { collector.functions }

    /// Whether a column is one of the functions.
    package func isHidden(_ column: String) -> Bool {
      collector.functions.contains { $0.name == column }
    }

    /// An expression over the input's columns and the functions in it, or nil with an error.
    package func check(_ expression: Expression) -> ScalarExpression? {
      call.checker.check(
        expression,
        ExpressionContext(rows: call.rows(over: nil), position: .windows(collector)))
    }
  }

  /// Begins to gather window functions.
  package func windowCollection() -> WindowCollection {
    WindowCollection(
      collector: WindowCollector(
        hasOrder: clause(.by) != nil, taken: Set(rows.schema.names)),
      call: self)
  }
}
