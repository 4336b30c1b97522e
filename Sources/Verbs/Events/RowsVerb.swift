import Checking
import Columns
import Diagnostics
import Parsing
package import Plans

/// `rows`: from events to the followers that are in them.
struct RowsVerb: Verb {
  let signature = VerbSignature(
    name: "rows", usage: "rows", items: .none,
    summary: "gives the followers of events, behind spike or drip",
    help: """
      Behind a table of events it gives the rows of the list that followed on the days of one, with \
      all their columns and the start and end of the event. The events may be filtered, sorted and \
      cut first. It needs the columns account, start and end.
      """,
    examples: [
      "example | spike | take 1 | rows",
      "example | spike | filter kind == \"spike\" | rows | count by lang",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let list = call.input.followersOfEvents else {
      call.report(
        "'rows' needs events of a list", hint: "it stands behind spike or drip: t | spike | rows",
        at: call.stage.range)
      return nil
    }
    let wanted: [(name: String, type: DataType)] = [
      ("account", .string), ("start", .date), ("end", .date),
    ]
    for column in wanted where call.input.schema.field(column.name)?.type != column.type {
      call.report(
        "'rows' needs the column '\(column.name)' of the events", hint: "keep account, start, end",
        at: call.stage.range)
      return nil
    }
    let day = NamedExpression("#day", .call(.day, [FollowerList.followed], type: .date))
    let found = list.extended(by: [day], range: call.range)
      .analysed(by: EventMembership(), with: [call.input], range: call.range)
    let isFound = ScalarExpression.call(
      .isNotNull, [.column(Field(name: "#start", type: .date))], type: .bool)
    return shown(found.filtered(by: isFound, range: call.range), call)
  }

  /// The list's own columns, then start and end of the event under names that are free.
  private func shown(_ plan: Plan, _ call: VerbCall) -> Plan {
    let own = plan.schema.fields.filter { !isHiddenColumn($0.name) }
    let taken = Set(own.map(\.name))
    let ends = ["start", "end"].map { name in
      NamedExpression(
        freeName(name, among: taken), .column(Field(name: "#" + name, type: .date)))
    }
    return plan.projected(
      to: own.map { NamedExpression($0.name, .column($0)) } + ends, range: call.range)
  }
}

/// An analysis whose rows are events (`account start end`) of the list that is its first input,
/// which has `#account` and `#followed`.
protocol EventAnalysis: Analysis {}

extension Plan {
  /// The list behind a table of events; nil where the rows are no events.
  package var followersOfEvents: Plan? {
    switch node {
    case .analysis(let analysis, let inputs):
      return analysis is any EventAnalysis ? inputs.first : nil
    case .filter(let input, _), .project(let input, _), .sort(let input, _),
      .slice(let input, _, _), .tail(let input, _), .sample(let input, _, _),
      .top(let input, _, _, _), .distinct(let input, _), .broadcast(let input, _, _),
      .window(let input, _, _, _):
      return input.followersOfEvents
    case .binding(let binding): return binding.plan.followersOfEvents
    case .table, .aggregate, .join, .union, .fill, .expand: return nil
    }
  }
}
