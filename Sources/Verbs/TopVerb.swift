import Checking
import Parsing
import Plans

/// `top`: the first rows by an order, of all or of each group.
struct TopVerb: Verb {
  let signature = VerbSignature(
    name: "top", usage: "top COUNT by COLUMN [asc], … [per COLUMN, …]", items: .count,
    clauses: [.by: .sortKeys, .per: .expressions],
    summary: "keeps the rows with the largest values, of all or of each group",
    help: """
      Largest first unless asc is written. Exactly COUNT rows (of each group of per), and the notes \
      say how many more tied at the edge.
      """,
    examples: ["example | top 3 by followers", "example | top 1 by followers per account"])

  func lower(_ call: VerbCall) -> Plan? {
    let count = call.onlyCount()
    guard call.clause(.by) != nil else {
      call.report("'top' needs by", hint: call.usageHint, at: call.stage.range)
      return call.input
    }
    let keys = call.sortKeys(call.items(of: .by), isDescending: true)
    let partition = call.named(call.items(of: .per)).map(\.expression)
    guard let count, !keys.isEmpty else { return call.input }
    return call.input.top(count, by: keys, per: partition, range: call.range)
  }
}
