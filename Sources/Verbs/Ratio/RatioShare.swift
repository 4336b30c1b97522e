import Checking
import Columns
import Plans

/// `ratio (condition) by k`: the share of rows for which it is true, with its Wilson interval.
struct RatioShare {
  let call: VerbCall
  let condition: ScalarExpression

  func plan(by keys: [NamedExpression]) -> Plan {
    var taken = Set(keys.map(\.name))
    let names = ["n", "hits", "share", "low", "high"].map { wanted in
      let name = freeName(wanted, among: taken)
      taken.insert(name)
      return name
    }
    let isKnown = ScalarExpression.call(.isNotNull, [condition], type: .bool)
    let counts = [
      NamedAggregate(names[0], AggregateCall(.count, [isKnown], type: .int, range: call.range)),
      NamedAggregate(names[1], AggregateCall(.count, [condition], type: .int, range: call.range)),
    ]
    let plan = call.input.aggregated(by: keys, counts, range: call.range)
    call.note(
      "share is hits / n, the rows where \(condition.text) is not null; low to high is its 95 % "
        + "interval (Wilson)")
    guard let n = plan.schema.field(names[0]), let hits = plan.schema.field(names[1]) else {
      return plan
    }
    return plan.extended(
      by: .share(names[2...].map { $0 }, of: .column(hits), in: .column(n)), range: call.range)
  }
}

extension [NamedExpression] {
  /// Share, low and high, under these names, of k of n.
  static func share(
    _ names: [String], of k: ScalarExpression, in n: ScalarExpression
  ) -> [NamedExpression] {
    [
      NamedExpression(names[0], .quotient(k, n)),
      NamedExpression(names[1], .call(.wilsonLow, [k, n], type: .float)),
      NamedExpression(names[2], .call(.wilsonHigh, [k, n], type: .float)),
    ]
  }
}
