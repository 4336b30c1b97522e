import Checking
import Parsing
import Plans

/// `filter`: the rows for which a condition is true.
struct FilterVerb: Verb {
  let signature = VerbSignature(
    name: "filter", aliases: ["where"], usage: "filter CONDITION, …", items: .conditions,
    summary: "keeps the rows for which a condition is true",
    help: """
      Several conditions, separated by commas, must all hold. Rows where the condition is null are \
      dropped, and the notes say how many. A single = is read as ==.
      """,
    examples: [
      "example | filter followers < 10 and friends > 1k",
      "example | filter followed_at in 2024-03, lang != \"en\"",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'filter' needs a condition", hint: call.usageHint, at: call.stage.range)
    }
    let conditions = call.items.map { call.condition($0) }
    var plan = call.input
    for condition in conditions.compactMap({ $0 }) {
      plan = plan.filtered(by: condition, range: call.range)
    }
    return plan
  }
}
