import Checking
import Columns
import Parsing
import Plans

/// `drop`: all columns but these.
struct DropVerb: Verb {
  let signature = VerbSignature(
    name: "drop", usage: "drop COLUMN, …", items: .columns,
    summary: "leaves columns out",
    help: "The other columns stay in their order.",
    examples: [
      "example | drop description, location",
      "example | derive r = friends / followers | drop followers, friends",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'drop' needs a column", hint: call.usageHint, at: call.stage.range)
    }
    let dropped = Set(call.items.compactMap { call.column($0)?.name })
    let kept = call.input.schema.fields.filter { !dropped.contains($0.name) }
    if kept.isEmpty, !dropped.isEmpty {
      call.report("'drop' leaves no column", at: call.stage.range)
      return nil
    }
    return call.input.projected(
      to: kept.map { NamedExpression($0.name, .column($0)) }, range: call.range)
  }
}
