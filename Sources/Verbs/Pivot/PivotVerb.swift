import Checking
import Columns
import Parsing
import Plans

/// `pivot`: a column for each value of an expression.
struct PivotVerb: Verb {
  let signature = VerbSignature(
    name: "pivot", usage: "pivot NAME = AGGREGATE, … on EXPRESSION [by KEY, …]",
    items: .aggregates, clauses: [.on: .expressions, .by: .expressions],
    summary: "makes a column for each value of an expression, with aggregates of its rows",
    help: """
      One row for each key of by, in order of first appearance; without by one row. The columns \
      are called as the values print, ascending, null last; several aggregates make columns \
      VALUE_NAME. Where a key has no rows of a value the cell is what the aggregate gives for no \
      rows: 0 for count and sum, else null. At most 500 columns. Which columns there are depends \
      on the data, so what stands before pivot runs when the statement is checked, once.
      """,
    examples: [
      "example | pivot count() on lang by account",
      "example | pivot n = count(), top = max(followers) on verified by account",
    ])

  /// More columns than this are a mistake.
  static let maximumColumns = 500

  func lower(_ call: VerbCall) -> Plan? {
    guard let value = pivotExpression(call) else { return nil }
    let keys = call.named(call.items(of: .by))
    guard !call.items.isEmpty else {
      call.report("'pivot' needs an aggregate", hint: call.usageHint, at: call.stage.range)
      return nil
    }
    let aggregation = call.aggregation(call.items, keys: keys)
    guard aggregation.columns.count == call.items.count,
      keys.count == call.items(of: .by).count
    else { return nil }
    let taken = keys.map(\.name) + aggregation.aggregates.map(\.name)
    let pivot = NamedExpression(freeName("#on", among: Set(taken)), value)
    let grouped = call.input.aggregated(
      by: keys + [pivot], aggregation.aggregates, range: call.range)
    // What decides on the columns is computed now; the rest of the plan reads it again.
    let kept = Plan.binding(Binding(name: "grouped rows of pivot", plan: grouped))
    guard let values = values(of: pivot, in: kept, call) else { return nil }
    return Spread(rows: kept, keys: keys, pivot: pivot, aggregation: aggregation, values: values)
      .plan(range: call.range)
  }

  private func pivotExpression(_ call: VerbCall) -> ScalarExpression? {
    guard let clause = call.clause(.on), let item = clause.items.first else {
      call.report(
        "'pivot' needs on", hint: "pivot count() on lang by account", at: call.stage.range)
      return nil
    }
    if clause.items.count > 1 {
      call.report(
        "'on' takes one expression here",
        hint: "join texts to pivot on two: on account + \" \" + lang", at: clause.items[1].range)
      return nil
    }
    return call.expression(item.value)
  }

  /// The values, ascending, null last; nil where there are too many, or no data to look at.
  private func values(
    of pivot: NamedExpression, in kept: Plan, _ call: VerbCall
  ) -> [Scalar]? {
    let column = ScalarExpression(.column(pivot.name), type: pivot.expression.type)
    let sorted = kept.projected(to: [NamedExpression(pivot.name, column)])
      .distinct(on: []).sorted(by: [SortKey(column)])
    guard let table = call.computed(sorted) else { return nil }
    let columnCount = table.rowCount * call.items.count
    guard columnCount <= Self.maximumColumns else {
      call.report(
        "pivot would make \(columnCount) columns, more than \(Self.maximumColumns)",
        hint: "group it first, or leave values out with filter",
        at: call.clause(.on)?.range ?? call.stage.range)
      return nil
    }
    return (0..<table.rowCount).map { table.row($0)[0] }
  }
}
