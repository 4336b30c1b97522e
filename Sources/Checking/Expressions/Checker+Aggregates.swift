import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `sum(x)` where aggregates may stand; elsewhere an error.
  func checkAggregate(
    _ entry: CatalogueEntry, _ items: [Item], _ whole: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    switch context.position {
    case .row(let word):
      reportMisplaced(entry, whole, in: word, context)
      return nil
    case .windows, .insideWindow:
      reportMisplaced(entry, whole, in: "window", context)
      return nil
    case .inside(let outer):
      report(
        "'\(entry.name)' inside of '\(outer)'",
        hint: "group twice: | group x = \(entry.name)(…) by k | group \(outer)(x)",
        at: whole.range)
      return nil
    case .outside(let collector):
      var inner = context
      inner.position = .inside(entry.name)
      guard let call = aggregateCall(entry, items, whole, inner) else { return nil }
      return collector.add(call)
    }
  }

  private func reportMisplaced(
    _ entry: CatalogueEntry, _ whole: Expression, in word: String, _ context: ExpressionContext
  ) {
    let text = whole.formatted
    var hint = "aggregates stand in group, or in derive for the rows: | derive x = \(text)"
    if let name = whole.aggregateName, context.rows?.schema.field(name) != nil {
      hint = "the column \(quotedName(name)) holds it"
    } else if context.rows == nil {
      hint = "it needs rows: t | group x = \(text)"
    } else if word == "window" {
      hint = "derive first: | derive x = \(text)"
    } else if word == "group" {
      hint = "aggregates stand before by: group x = \(text) by k"
    } else if case .call(_, let items) = whole.kind, items.count > 1,
      entry.name == "min" || entry.name == "max"
    {
      hint =
        "the \(entry.name == "min" ? "smaller" : "larger") of two values is "
        + (entry.name == "min" ? "least(a, b)" : "greatest(a, b)")
    }
    report(
      "'\(entry.name)' is an aggregate and cannot stand in '\(word)'", hint: hint, at: whole.range)
  }

  /// An aggregate with its arguments over the input's rows.
  private func aggregateCall(
    _ entry: CatalogueEntry, _ items: [Item], _ whole: Expression, _ context: ExpressionContext
  ) -> AggregateCall? {
    guard case .aggregate(let function) = entry.meaning,
      let arguments = arranged(items, for: entry, context)
    else { return nil }
    guard let values = checkedArguments(arguments, of: entry, context) else { return nil }
    let call = Call(
      entry: entry, expression: whole, argumentRanges: arguments.map(\.range))
    guard let overload = overload(of: entry, for: values, call) else { return nil }
    var converted = converted(values, for: overload)
    var parameter: Double?
    if function == .quantile {
      guard let value = quantileParameter(converted.removeLast(), call) else { return nil }
      parameter = value
    }
    return AggregateCall(
      function, converted, parameter: parameter, type: overload.result, range: place(whole.range))
  }

  private func quantileParameter(_ value: ScalarExpression, _ call: Call) -> Double? {
    guard case .float(let number)? = value.constantValue, number >= 0, number <= 1 else {
      report(
        "'p' of 'quantile' is a number from 0 to 1", hint: "the upper quarter: quantile(x, 0.75)",
        at: call.range(of: 1))
      return nil
    }
    return number
  }
}
