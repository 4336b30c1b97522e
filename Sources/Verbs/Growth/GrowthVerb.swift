import Calendars
import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// `growth`: who came and left, period by period.
struct GrowthVerb: Verb {
  let signature = VerbSignature(
    name: "growth", usage: "growth [by day | week | month | quarter | year] [per KEY]",
    items: .none, clauses: [.by: .expressions, .per: .expressions],
    summary: "counts the new followers of each period, and how many of them were likely bought",
    help: """
      One row for each account and period, months unless by says otherwise; periods without a row \
      count 0. A follower list holds those who are still there: measure is surviving, gained counts \
      them by the period in which they followed, lost and net are unknown (null). A series of daily \
      counts (account, date, followers) gives measure net: the change of the last count of each \
      period; a period without a count is null. bought_est is the sum of what spike estimates for \
      the events of the period, by the days that they share; it leaves out slow drips.
      """,
    examples: ["example | growth", "example | growth by week", "example | growth by day per lang"])

  func lower(_ call: VerbCall) -> Plan? {
    guard let unit = unit(call) else { return nil }
    if let series = countSeries(call) {
      return series.analysed(by: NetGrowth(unit: unit), range: call.range)
    }
    guard let list = call.followerList(), let events = call.spikeEvents(of: list) else {
      return nil
    }
    let period = NamedExpression("#day", .call(.day, [FollowerList.followed], type: .date))
    let counts = list.plan.extended(by: [period], range: call.range).aggregated(
      by: [
        NamedExpression("#account", FollowerList.account),
        NamedExpression("#day", .column(Field(name: "#day", type: .date))),
      ],
      [NamedAggregate("#n", AggregateCall(.count, [], type: .int, range: call.range))],
      range: call.range)
    return counts.analysed(by: SurvivingGrowth(unit: unit), with: [events], range: call.range)
  }

  /// The unit of by: a word, or a call such as `month(followed_at)`; nil with an error.
  private func unit(_ call: VerbCall) -> PeriodUnit? {
    guard let item = call.items(of: .by).first else { return .month }
    let word: String? =
      switch item.value.kind {
      case .name(let name): name.text
      case .call(let name, _): name.text
      default: nil
      }
    if let word, let unit = PeriodUnit(name: word), call.items(of: .by).count == 1 {
      return unit
    }
    call.report(
      "'growth' goes by day, week, month, quarter or year", hint: call.usageHint, at: item.range)
    return nil
  }

  /// A table of counts by date as `#account`, `#day` and `#n`; nil where the input is no such table.
  private func countSeries(_ call: VerbCall) -> Plan? {
    guard call.input.properties.roles.contains(.dailyCounts),
      let date = call.input.schema.field("date"), let count = call.input.schema.field("followers")
    else { return nil }
    let account: ScalarExpression =
      call.input.schema.field("account").map { field in
        field.type == .string ? .column(field) : .call(.toString, [.column(field)], type: .string)
      } ?? .constant(.string(call.input.originName))
    return call.input.projected(
      to: [
        NamedExpression("#account", account),
        NamedExpression("#day", .call(.day, [.column(date)], type: .date)),
        NamedExpression(
          "#n", count.type == .float ? .call(.toInt, [.column(count)], type: .int) : .column(count)),
      ], range: call.range)
  }
}
