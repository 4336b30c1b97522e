import Checking
import Parsing
import Plans

/// `select`: exactly these columns.
struct SelectVerb: Verb {
  let signature = VerbSignature(
    name: "select", aliases: ["project", "keep"], usage: "select COLUMN, NAME = EXPRESSION, …",
    items: .expressions,
    summary: "keeps these columns only, in this order",
    help: "An expression without a name is called as it is written.",
    examples: [
      "example | select screen_name, r = friends / followers",
      "example | select id, day(followed_at)",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'select' needs a column", hint: call.usageHint, at: call.stage.range)
      return call.input
    }
    return call.input.projected(to: call.named(call.items), range: call.range)
  }
}
