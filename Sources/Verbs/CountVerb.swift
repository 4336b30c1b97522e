import Checking
import Columns
import Parsing
import Plans

/// `count`: the number of rows, of those where a condition holds, or of each key's.
struct CountVerb: Verb {
  let signature = VerbSignature(
    name: "count", aliases: ["tally"], usage: "count [CONDITION] [by KEY, …]", items: .conditions,
    clauses: [.by: .expressions],
    summary: "counts the rows, or those for which a condition is true",
    help: "With by, the rows of each key, largest first.",
    examples: ["example | count", "example | count followers < 10", "example | count by lang"])

  func lower(_ call: VerbCall) -> Plan? {
    let keys = call.named(call.items(of: .by))
    let conditions = call.items.map { call.condition($0) }
    guard !conditions.isEmpty else {
      if call.clause(.by) != nil { return call.counts(by: keys, per: [], withShare: false) }
      return call.input.aggregated(by: [], [count([], call, keys)], range: call.range)
    }
    // Wrong conditions are reported; the columns are known all the same.
    let known = conditions.compactMap { $0 }
    let all = known.dropFirst().reduce(known.first) { left, right in
      left.map { .call(.and, [$0, right], type: .bool, range: call.range) }
    }
    return call.input.aggregated(
      by: keys, [count(all.map { [$0] } ?? [], call, keys)], range: call.range)
  }

  private func count(
    _ arguments: [ScalarExpression], _ call: VerbCall, _ keys: [NamedExpression]
  ) -> NamedAggregate {
    NamedAggregate(
      freeName("n", among: Set(keys.map(\.name))),
      AggregateCall(.count, arguments, type: .int, range: call.range))
  }
}
