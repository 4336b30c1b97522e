import Checking
import Columns
import Parsing
import Plans

/// `derive`: new columns, of the row or, with aggregates, of its group.
struct DeriveVerb: Verb {
  let signature = VerbSignature(
    name: "derive", aliases: ["extend", "mutate"],
    usage: "derive NAME = EXPRESSION, … [per COLUMNS]",
    items: .expressions, clauses: [.per: .columns],
    summary: "adds columns, or gives columns new values",
    help: """
      Later items see the columns of earlier ones. An aggregate gives every row the value of its \
      group, or of all rows where there is no per.
      """,
    examples: [
      "example | derive r = friends / followers, far = r > 50",
      "example | derive part = followers / sum(followers) per account",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'derive' needs a column", hint: call.usageHint, at: call.stage.range)
    }
    _ = call.named(call.items(of: .per))
    var stages = DeriveStages(call: call)
    for item in call.items { stages.add(item) }
    return stages.finish()
  }
}

/// The items of `derive`, gathered into as few steps as their use of one another allows.
private struct DeriveStages {
  let call: VerbCall
  private var plan: Plan
  private var pending: [NamedExpression] = []
  private var seen: Set<String> = []

  init(call: VerbCall) {
    self.call = call
    plan = call.input
  }

  /// The columns of the input and of the items so far.
  private var extended: Plan {
    pending.isEmpty ? plan : plan.extended(by: pending, range: call.range)
  }

  mutating func add(_ item: Item) {
    let name = call.columnName(item)
    if !seen.insert(name).inserted {
      call.report("two columns are called '\(name)'", at: item.name?.range ?? item.range)
      return
    }
    guard let (aggregates, value) = call.broadcast(item.value, over: extended) else {
      call.markUnknown(name)
      return
    }
    if !aggregates.isEmpty { return addBroadcast(name, aggregates, value) }
    let reads = value.columnNames
    if pending.contains(where: { reads.contains($0.name) }) { flush() }
    pending.append(NamedExpression(name, value))
  }

  /// The aggregates come under hidden names, which the projection behind them drops.
  private mutating func addBroadcast(
    _ name: String, _ aggregates: [NamedAggregate], _ value: ScalarExpression
  ) {
    flush()
    // Over the columns of now: an item before may have changed what a key is.
    let partition = call.items(of: .per).compactMap { call.expression($0.value, over: plan) }
    let wide = plan.broadcasting(aggregates, per: partition, range: call.range)
    var columns = plan.schema.fields.map { NamedExpression($0.name, .column($0)) }
    let column = NamedExpression(name, value)
    if let position = columns.firstIndex(where: { $0.name == name }) {
      columns[position] = column
    } else {
      columns.append(column)
    }
    plan = wide.projected(to: columns, range: call.range)
  }

  private mutating func flush() {
    plan = extended
    pending = []
  }

  func finish() -> Plan { extended }
}
