import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// `retention old, new`: how much of each event's cohort a later capture of the list still has.
struct RetentionVerb: Verb {
  let signature = VerbSignature(
    name: "retention", isSource: true, usage: "retention OLD, NEW", items: .tables,
    summary: "says how much of each event a later capture of the list still has",
    help: """
      Spikes are found in the older list; its followers are looked up in the newer one by id (or \
      screen_name). cohort counts the followers of the event, kept those that the newer list still \
      has, lost the others; usual_lost_share is the part that is lost of all followers outside \
      events. Bought followers leave in bulk when a platform or a buyer purges them (Stringhini et \
      al. 2013): a lost_share far above the usual one shows there, and a purge of honest quiet \
      accounts looks alike.
      """,
    examples: [
      "retention example, (example | filter followers > 10)", "retention example, example | count",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let pair = call.captures(), let list = call.followerList(pair.old),
      let events = call.spikeEvents(of: list)
    else { return nil }
    return plan(list, events, pair.new, pair.key, call)
  }

  private func plan(
    _ list: FollowerList, _ events: Plan, _ new: TableArgument, _ key: Field, _ call: VerbCall
  ) -> Plan? {
    let range = call.range
    guard let newKey = new.plan.schema.field(key.name) else { return nil }
    let keys = new.plan.projected(to: [NamedExpression(key.name, .column(newKey))], range: range)
    let isKept = ScalarExpression(.isInPlan(.column(key), keys), type: .bool, range: range)
    let members = list.plan.extended(
      by: [
        NamedExpression("#day", .call(.day, [FollowerList.followed], type: .date)),
        NamedExpression("#kept", isKept),
      ], range: range
    ).analysed(
      by: EventMembership(
        notes: key.name == "screen_name" ? [Self.handlesNote] : [], kept: "#kept"),
      with: [events.spikesOnly(range)], range: range)
    // Read twice: kept once it is computed.
    let found = Plan.binding(Binding(name: "members of events", plan: members), range: range)
    return joined(counted(found, inEvents: true, range), usual(found, range), range)
  }

  private static let handlesNote =
    "known by screen_name: who took a new handle counts as lost"

  /// Cohort and kept of each account and event, or of each account outside events.
  private func counted(_ found: Plan, inEvents: Bool, _ range: SourceRange) -> Plan {
    let start = ScalarExpression.column(Field(name: "#start", type: .date))
    let keys = [NamedExpression("account", FollowerList.account)]
    let days = ["start", "end"].map {
      NamedExpression($0, .column(Field(name: "#" + $0, type: .date)))
    }
    let isKept = ScalarExpression.column(Field(name: "#kept", type: .bool))
    return found.filtered(
      by: .call(inEvents ? .isNotNull : .isNull, [start], type: .bool), range: range
    ).aggregated(
      by: inEvents ? keys + days : keys,
      [
        NamedAggregate("cohort", AggregateCall(.count, [], type: .int, range: range)),
        NamedAggregate("kept", AggregateCall(.count, [isKept], type: .int, range: range)),
      ], range: range)
  }

  private func usual(_ found: Plan, _ range: SourceRange) -> Plan {
    counted(found, inEvents: false, range).projected(
      to: [
        NamedExpression("#account", .column(Field(name: "account", type: .string))),
        NamedExpression("#usual", lostShare),
      ], range: range)
  }

  private var lost: ScalarExpression {
    .call(.subtract, [Self.int("cohort"), Self.int("kept")], type: .int)
  }

  private var lostShare: ScalarExpression { .quotient(lost, Self.int("cohort")) }

  private func joined(_ events: Plan, _ usual: Plan, _ range: SourceRange) -> Plan {
    let account = ScalarExpression.column(Field(name: "account", type: .string))
    let join = Plan.join(
      Join(
        left: events, right: usual, kind: .lookup,
        keys: [(left: account, right: FollowerList.account)],
        rightColumns: [(source: "#usual", name: "usual_lost_share")]), range: range)
    var columns = events.schema.fields.map { NamedExpression($0.name, .column($0)) }
    columns.append(NamedExpression("lost", lost))
    columns.append(NamedExpression("lost_share", lostShare))
    columns.append(
      NamedExpression("usual_lost_share", .column(Field(name: "usual_lost_share", type: .float))))
    return join.projected(to: columns, range: range).sorted(
      by: ["account", "start"].compactMap { events.schema.field($0).map { SortKey(.column($0)) } },
      range: range)
  }

  private static func int(_ name: String) -> ScalarExpression {
    .column(Field(name: name, type: .int))
  }
}

extension Plan {
  /// The events that brought followers: spikes and catch-up days.
  func spikesOnly(_ range: SourceRange) -> Plan {
    guard let kind = schema.field("kind") else { return self }
    return filtered(
      by: ScalarExpression(
        .isIn(.column(kind), [.string("spike"), .string("catch-up")]), type: .bool, range: range),
      range: range)
  }
}
