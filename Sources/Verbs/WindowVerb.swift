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
      window of k is this row and the k - 1 before it, fewer at the start. Later items see the \
      columns of earlier ones.
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
    _ = call.sortKeys(call.items(of: .by))
    _ = call.named(call.items(of: .per))
    var stages = WindowStages(call: call)
    for item in call.items { stages.add(item) }
    return stages.finish()
  }
}

/// The items of `window`, gathered into as few steps as their use of one another allows.
private struct WindowStages {
  let call: VerbCall
  private var plan: Plan
  private var functions: [NamedWindow] = []
  private var columns: [NamedExpression] = []
  private var seen: Set<String> = []

  init(call: VerbCall) {
    self.call = call
    plan = call.input
  }

  mutating func add(_ item: Item) {
    let name = call.columnName(item)
    if !seen.insert(name).inserted {
      call.report("two columns are called '\(name)'", at: item.name?.range ?? item.range)
      return
    }
    guard var found = call.windowed(item.value, over: finish()) else {
      call.markUnknown(name)
      return
    }
    if found.functions.isEmpty {
      call.report(
        "there is no window function in '\(name)'",
        hint: "derive computes within a row: | derive \(quotedName(name)) = …", at: item.range)
      call.markUnknown(name)
      return
    }
    let earlier = Set(columns.map(\.name))
    let arguments = found.functions.compactMap(\.call.argument)
    let reads = arguments.reduce(into: found.value.columnNames) { $0.formUnion($1.columnNames) }
    if !reads.isDisjoint(with: earlier) { flush() }
    found = renamed(found)
    functions += found.functions
    columns.append(NamedExpression(name, found.value))
  }

  /// The same under hidden names that the functions so far leave free; equal functions are shared.
  private func renamed(
    _ found: (functions: [NamedWindow], value: ScalarExpression)
  ) -> (functions: [NamedWindow], value: ScalarExpression) {
    var names: [String: NamedWindow] = [:]
    var added: [NamedWindow] = []
    for function in found.functions {
      let text = function.call.text
      if let known = functions.first(where: { $0.call.text == text }) {
        names[function.name] = known
        continue
      }
      let taken = Set(plan.schema.names + (functions + added).map(\.name))
      var number = functions.count + added.count + 1
      while taken.contains("#\(number)") { number += 1 }
      let fresh = NamedWindow("#\(number)", function.call)
      names[function.name] = fresh
      added.append(fresh)
    }
    let value = found.value.replacingColumns { name in
      names[name].map { ScalarExpression(.column($0.name), type: $0.call.type) }
    }
    return (added, value)
  }

  private mutating func flush() {
    plan = finish()
    functions = []
    columns = []
  }

  /// The input with the columns of the items so far; the functions' hidden columns go.
  func finish() -> Plan {
    if columns.isEmpty { return plan }
    // Over the columns of now: an item before may have changed what a key is.
    let order = call.items(of: .by).compactMap { item in
      call.expression(item.value, over: plan).map {
        SortKey($0, isDescending: item.direction == .descending)
      }
    }
    let partition = call.items(of: .per).compactMap { call.expression($0.value, over: plan) }
    let wide = plan.windowed(functions, by: order, per: partition, range: call.range)
    var all = plan.schema.fields.map { NamedExpression($0.name, .column($0)) }
    for column in columns {
      if let position = all.firstIndex(where: { $0.name == column.name }) {
        all[position] = column
      } else {
        all.append(column)
      }
    }
    return wide.projected(to: all, range: call.range)
  }
}
