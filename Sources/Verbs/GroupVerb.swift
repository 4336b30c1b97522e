import Checking
import Columns
import Parsing
import Plans

/// `group`: one row for each key, with aggregates of its rows.
struct GroupVerb: Verb {
  let signature = VerbSignature(
    name: "group", aliases: ["summarize", "summarise", "aggregate"],
    usage: "group NAME = AGGREGATE, … [by KEY, …] [per KEY, …] [with fill = true]",
    items: .aggregates, clauses: [.by: .expressions, .per: .expressions],
    options: [
      .init("fill", .bool, default: "false", "adds rows for the periods that have none")
    ],
    summary: "makes one row for each key, with aggregates of its rows",
    help: """
      Keys stay in the order of their first appearance. Without aggregates it gives n, the number \
      of rows, and share, their part of all (of the group of per), largest first. Without keys it \
      makes one row. Null is a key like any other.

      With `fill = true` one key of by must be a period: day week month quarter year hour \
      bin(time, 6h), or a date. Each combination of the other keys then has every period from the \
      first to the last of the whole result, in order; those without rows count 0.
      """,
    examples: [
      "example | group n = count(), typical = median(statuses) by lang",
      "example | group by lang",
      "example | group n = count(), r = sum(friends) / sum(followers) by month(created_at)",
      "example | group n = count() by day(followed_at) with fill = true",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    let outer = call.named(call.items(of: .per))
    let inner = call.named(call.items(of: .by), taken: Set(outer.map(\.name)))
    let keys = outer + inner
    var fill: PeriodFill?
    if call.option("fill") == .bool(true) {
      fill = call.fill(inner, besides: outer)
      guard fill != nil else { return nil }
    }
    if call.items.isEmpty {
      guard call.clause(.by) != nil || call.clause(.per) != nil else {
        call.report("'group' needs an aggregate or by", hint: call.usageHint, at: call.stage.range)
        return nil
      }
      return call.counts(by: keys, per: outer.map(\.name), withShare: true, fill)
    }
    let aggregation = call.aggregation(call.items, keys: keys)
    if let plain = aggregation.plain {
      return call.input.aggregated(by: keys, plain, range: call.range)
        .filled(fill, zeros: plain, range: call.range)
    }
    let aggregated = call.input.aggregated(by: keys, aggregation.aggregates, range: call.range)
      .filled(fill, zeros: aggregation.aggregates, range: call.range)
    let kept = keys.map { key in
      NamedExpression(
        key.name, ScalarExpression(.column(key.name), type: key.expression.type))
    }
    return aggregated.projected(to: kept + aggregation.columns, range: call.range)
  }
}

extension VerbCall {
  /// `n` (and `share`) of each key, largest first; within the groups of `partition` where given.
  ///
  /// Filled, they stay in the order of the periods.
  func counts(
    by keys: [NamedExpression], per partition: [String], withShare: Bool, _ fill: PeriodFill? = nil
  ) -> Plan {
    let names = Set(keys.map(\.name))
    let n = freeName("n", among: names)
    let count = NamedAggregate(n, AggregateCall(.count, [], type: .int, range: range))
    var plan = input.aggregated(by: keys, [count], range: range)
      .filled(fill, zeros: [count], range: range)
    if withShare { plan = sharing(plan, n, freeName("share", among: names), per: partition) }
    if fill != nil { return plan }
    let outer = partition.map { SortKey(column($0, of: plan)) }
    return plan.sorted(by: outer + [SortKey(column(n, of: plan), isDescending: true)], range: range)
  }

  /// Adds the share of `n` in its sum over the partition.
  private func sharing(
    _ plan: Plan, _ n: String, _ share: String, per partition: [String]
  ) -> Plan {
    let count = column(n, of: plan)
    let total = freeName("#total", among: Set(plan.schema.names))
    let sum = NamedAggregate(total, AggregateCall(.sum, [count], type: .int, range: range))
    let wide = plan.broadcasting([sum], per: partition.map { column($0, of: plan) }, range: range)
    let kept = plan.schema.fields.map { NamedExpression($0.name, .column($0)) }
    let quotient = ScalarExpression.quotient(count, column(total, of: wide))
    return wide.projected(to: kept + [NamedExpression(share, quotient)], range: range)
  }

  private func column(_ name: String, of plan: Plan) -> ScalarExpression {
    plan.schema.field(name).map { .column($0) } ?? .constant(.null)
  }
}

extension ScalarExpression {
  /// `a / b` of numbers.
  static func quotient(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression {
    .call(.divide, [a.asFloat, b.asFloat], type: .float, range: a.range)
  }

  /// The same number as a float.
  var asFloat: ScalarExpression {
    guard type != .float else { return self }
    if case .constant(.int(let value)) = node { return .constant(.float(Double(value))) }
    return .call(.toFloat, [self], type: .float, range: range)
  }
}
