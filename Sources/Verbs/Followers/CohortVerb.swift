import Checking
import Columns
import Parsing
import Plans

/// `cohort in A..B`: the followers of a period.
struct CohortVerb: Verb {
  let signature = VerbSignature(
    name: "cohort", usage: "cohort in DAY..DAY, or cohort in 2024-03", items: .expressions,
    summary: "keeps those who followed in a period",
    help: """
      Both days are in the period; a month is all of it. The rows stay whole followers, so that any \
      verb may go on with them. Without a column followed_at the times come from the order of the \
      list (see timeline), and the columns followed_est, followed_lo and followed_hi say so.
      """,
    examples: [
      "example | cohort in 2024-03-01..2024-03-31 | count by lang",
      "example | cohort in 2024-03 | ratio friends / followers",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let item = call.items.first, call.items.count == 1 else {
      call.report("'cohort' needs one period", hint: call.usageHint, at: call.stage.range)
      return call.input
    }
    guard let list = call.followerList(),
      let isInside = call.expression(isFollowed(in: item.value), over: list.plan)
    else { return nil }
    return list.plan.filtered(by: isInside, range: call.range).withoutHidden(range: call.range)
  }

  /// `#followed in period`, at the place of the period.
  private func isFollowed(in period: Expression) -> Expression {
    let name = Name(text: "#followed", range: period.range)
    let followed = Expression(kind: .name(name), range: period.range)
    let container: Expression.Container =
      if case .range(let low, let high) = period.kind { .range(low, high) } else { .value(period) }
    return Expression(
      kind: .membership(followed, container, isNegated: false), range: period.range)
  }
}
