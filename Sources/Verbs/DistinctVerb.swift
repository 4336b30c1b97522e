import Checking
import Parsing
import Plans

/// `distinct`: each row, combination of values, or key once.
struct DistinctVerb: Verb {
  let signature = VerbSignature(
    name: "distinct", aliases: ["dedupe"], usage: "distinct [COLUMN, …] [by COLUMN, …]",
    items: .expressions, clauses: [.by: .columns],
    summary: "keeps each row, or each combination of values, once",
    help: """
      `distinct a, b` gives these columns only, each combination once. `distinct by id` keeps whole \
      rows, the first of each id. Alone it compares whole rows. Null is a value here.
      """,
    examples: ["example | distinct lang", "example | distinct by id", "example | distinct"])

  func lower(_ call: VerbCall) -> Plan? {
    var plan = call.input
    if !call.items.isEmpty {
      if let clause = call.clause(.by) {
        call.report(
          "'distinct' takes columns or by, not both", hint: call.usageHint, at: clause.wordRange)
      }
      plan = plan.projected(to: call.named(call.items), range: call.range)
    }
    let keys = call.items.isEmpty ? call.named(call.items(of: .by)).map(\.expression) : []
    return plan.distinct(on: keys, range: call.range)
  }
}
