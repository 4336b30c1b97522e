import Checking
import Parsing
import Plans

/// `tail`: the last rows.
struct TailVerb: Verb {
  let signature = VerbSignature(
    name: "tail", usage: "tail [COUNT = 10]", items: .count,
    summary: "keeps the last rows",
    help: "In their order. `take` keeps the first ones.",
    examples: ["example | tail 3", "example | sort followers | tail 1"])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty { return call.input.tail(10, range: call.range) }
    guard let count = call.onlyCount() else { return call.input }
    return call.input.tail(count, range: call.range)
  }
}
