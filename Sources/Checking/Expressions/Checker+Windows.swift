import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `lag(x)` where window functions may stand; elsewhere an error.
  func checkWindow(
    _ entry: CatalogueEntry, _ items: [Item], _ whole: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    switch context.position {
    case .windows(let collector):
      var inner = context
      inner.position = .insideWindow(entry.name)
      guard let call = windowCall(entry, items, whole, inner) else { return nil }
      if call.function == .rank, !collector.hasOrder {
        report(
          "'rank' needs an order", hint: "say by which: window … by followers desc",
          at: whole.range)
        return nil
      }
      return collector.add(call)
    case .insideWindow(let outer):
      report(
        "'\(entry.name)' inside of '\(outer)'",
        hint: "window twice: | window x = \(whole.formatted) | window \(outer)(x)",
        at: whole.range)
    case .row(let word): reportMisplacedWindow(entry, whole, in: word, context)
    case .outside(let collector):
      reportMisplacedWindow(entry, whole, in: collector.keys == nil ? "derive" : "group", context)
    case .inside(let outer): reportMisplacedWindow(entry, whole, in: outer, context)
    }
    return nil
  }

  private func reportMisplacedWindow(
    _ entry: CatalogueEntry, _ whole: Expression, in word: String, _ context: ExpressionContext
  ) {
    report(
      "'\(entry.name)' is a window function and cannot stand in '\(word)'",
      hint: misplacedHint(entry, whole, context), at: whole.range)
  }

  private func misplacedHint(
    _ entry: CatalogueEntry, _ whole: Expression, _ context: ExpressionContext
  ) -> String {
    if let name = whole.aggregateName, context.rows?.schema.field(name) != nil {
      return "the column \(quotedName(name)) holds it"
    }
    let stage = "| window x = \(whole.formatted)" + (entry.meaning == .window(.rank) ? " by y" : "")
    return context.rows == nil ? "it needs rows: t \(stage)" : "it stands in window: \(stage)"
  }

  /// A window function with its argument over the input's rows.
  private func windowCall(
    _ entry: CatalogueEntry, _ items: [Item], _ whole: Expression, _ context: ExpressionContext
  ) -> WindowCall? {
    guard case .window(let function) = entry.meaning,
      let arguments = arranged(items, for: entry, context),
      let values = checkedArguments(arguments, of: entry, context)
    else { return nil }
    let call = Call(entry: entry, expression: whole, argumentRanges: arguments.map(\.range))
    guard let overload = overload(of: entry, for: values, call) else { return nil }
    let converted = converted(values, for: overload)
    var parameter: Int?
    if overload.parameters.count > 1 {
      let least: Int64 = function == .lag || function == .lead ? 0 : 1
      guard let number = rows(converted, overload, least: least, call) else { return nil }
      parameter = number
    }
    return WindowCall(
      function, converted.first, parameter: parameter, type: overload.result,
      range: place(whole.range))
  }

  /// The number of rows that a window function takes, or nil with an error.
  private func rows(
    _ values: [ScalarExpression], _ overload: Overload, least: Int64, _ call: Call
  ) -> Int? {
    let value =
      values.count > 1 ? values[1].constantValue : overload.parameters[1].defaultValue
    guard case .int(let number)? = value, number >= least else {
      report(
        "'\(overload.parameters[1].name)' of '\(call.name)' is a whole number from \(least) on",
        hint: "write \(call.entry.usage)", at: call.range(of: 1))
      return nil
    }
    return Int(number)
  }
}
