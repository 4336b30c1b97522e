import Checking
import Columns
import Parsing
import Plans

/// `window`: columns computed along an order of the rows.
struct WindowVerb: Verb {
  let signature = VerbSignature(
    name: "window",
    usage: "window NAME = EXPRESSION, … [by KEY [desc], …] [per KEY, …]",
    items: .windows, clauses: [.by: .sortKeys, .per: .expressions],
    summary: "adds columns computed along the rows: values before, sums and extremes so far",
    help: """
      The rows stay as they are; the values are computed along by, or without it in the order of \
      the rows, and anew for each group of per. Rows of equal keys go in their own order. A rolling \
      window of k is this row and the k - 1 before it, fewer at the start. All items see the \
      columns of the input.
      """,
    examples: [
      "example | window before = lag(screen_name) by followed_at per account",
      "example | group n = count() by month(followed_at) | window growth = n - lag(n) by month",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report(
        "'window' needs a window function", hint: call.usageHint, at: call.stage.range)
    }
    let order = call.sortKeys(call.items(of: .by))
    let partition = call.named(call.items(of: .per)).map(\.expression)
    let windows = call.windows(call.items)
    if windows.columns.isEmpty { return call.input }
    var all = call.input.schema.fields.map { NamedExpression($0.name, .column($0)) }
    for column in windows.columns {
      if let position = all.firstIndex(where: { $0.name == column.name }) {
        all[position] = column
      } else {
        all.append(column)
      }
    }
    return call.input.windowed(windows.functions, by: order, per: partition, range: call.range)
      .projected(to: all, range: call.range)
  }
}

extension VerbCall {
  /// The items of `window`: window functions under hidden names, and what is made of them.
  fileprivate func windows(
    _ items: [Item]
  ) -> (functions: [NamedWindow], columns: [NamedExpression]) {
    let collection = windowCollection()
    var columns: [NamedExpression] = []
    var seen: Set<String> = []
    for item in items {
      let name = columnName(item)
      if !seen.insert(name).inserted {
        report("two columns are called '\(name)'", at: item.name?.range ?? item.range)
        continue
      }
      guard let value = collection.check(item.value) else {
        markUnknown(name)
        continue
      }
      guard value.columnNames.contains(where: collection.isHidden) else {
        report(
          "there is no window function in '\(name)'",
          hint: "derive computes within a row: | derive \(quotedName(name)) = …", at: item.range)
        markUnknown(name)
        continue
      }
      columns.append(NamedExpression(name, value))
    }
    return (collection.functions, columns)
  }
}
