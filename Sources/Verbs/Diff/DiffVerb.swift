import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

/// `diff old, new`: who was gained, lost and kept between two captures of one list.
struct DiffVerb: Verb {
  let signature = VerbSignature(
    name: "diff", isSource: true, usage: "diff OLD, NEW", items: .tables,
    summary: "says who was gained, lost and kept between two captures of a list",
    help: """
      One row is a follower, known by id (or screen_name): change is gained, lost or kept; positions \
      count from 1 in the order of each list. A gained follower is new where nobody who was there \
      before stands newer; deeper in the list it came back, or was hidden in between, and is no new \
      follower: kind says new or returned, null where the order is not known. class is that of \
      classify within the newer list, within the older one for the lost, and where the newer says \
      nothing of the follower. A purge by the platform looks like leaving.
      """,
    examples: [
      "diff example, (example | filter followers > 10) | select change, screen_name, old_position",
      "diff (example | filter id > 3), example | group n = count() by change",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let pair = call.captures(), let old = capture(pair.old, isNewer: false, call),
      let new = capture(pair.new, isNewer: true, call)
    else { return nil }
    let captures = Captures(key: pair.key, range: call.range)
    return captures.compared(old: captures.marked(old, by: new), new: captures.marked(new, by: old))
  }

  /// A list with its classes.
  private func capture(_ table: TableArgument, isNewer: Bool, _ call: VerbCall) -> Capture? {
    guard let list = call.followerListForClasses(table),
      let classified = call.classified(list, .trained, ClassThresholds(), isTold: false)
    else { return nil }
    let isNewestFirst: Bool? =
      switch table.plan.properties.order {
      case .newestFirst: true
      case .oldestFirst: false
      case .notInFollowOrder, .unknown: nil
      }
    return Capture(
      list: table.plan, classified: classified,
      changes: ListChanges(isNewer: isNewer, isNewestFirst: isNewestFirst))
  }
}

/// One of two lists to compare.
private struct Capture {
  let list: Plan
  let classified: Plan
  let changes: ListChanges
}

/// Two captures of a list, joined by the key of its followers.
private struct Captures {
  let key: Field
  let range: SourceRange

  private static let change = Field(name: "change", type: .string)
  private static let kind = Field(name: "kind", type: .string)
  private static let kindOfClass = Field(name: "class", type: .string)
  private static let position = Field(name: "#position", type: .int)

  /// The list with what became of each follower in the other one.
  func marked(_ capture: Capture, by other: Capture) -> Plan {
    let keys = other.list.projected(
      to: [NamedExpression(key.name, .column(key))], range: range)
    let isInOther = ScalarExpression(.isInPlan(.column(key), keys), type: .bool, range: range)
    return capture.classified.extended(by: [NamedExpression("#in_other", isInOther)], range: range)
      .analysed(by: capture.changes, range: range)
  }

  /// The gained, then the lost, then the kept.
  func compared(old: Plan, new: Plan) -> Plan {
    // Read for the gained and for the kept: computed once.
    let newer = Plan.binding(Binding(name: "newer list", plan: joined(old, new)), range: range)
    return .union(
      [part(newer, "gained"), part(lost(old), "lost"), part(newer, "kept")], range: range)
  }

  /// The newer list with the places and classes of the older one.
  private func joined(_ old: Plan, _ new: Plan) -> Plan {
    let places = old.projected(
      to: [
        NamedExpression("#key", .column(key)),
        NamedExpression("#old_position", .column(Self.position)),
        NamedExpression("#old_class", .column(Self.kindOfClass)),
      ], range: range)
    let joined = Plan.join(
      Join(
        left: new, right: places, kind: .lookup,
        keys: [(left: .column(key), right: .column(Field(name: "#key", type: key.type)))],
        rightColumns: [
          (source: "#old_position", name: "#old_position"),
          (source: "#old_class", name: "#old_class"),
        ]), range: range)
    let own = ScalarExpression.column(Self.kindOfClass)
    let before = ScalarExpression.column(Field(name: "#old_class", type: .string))
    let isUnknown = ScalarExpression.call(
      .equal, [own, .constant(.string("unknown"))], type: .bool)
    let known = ScalarExpression.call(
      .ifElse, [isUnknown, .call(.coalesce, [before, own], type: .string), own], type: .string)
    return joined.projected(
      to: columns(
        joined, known, old: .column(Field(name: "#old_position", type: .int)),
        new: .column(Self.position)), range: range)
  }

  private func lost(_ old: Plan) -> Plan {
    old.projected(
      to: columns(
        old, .column(Self.kindOfClass), old: .column(Self.position),
        new: .constant(.null, type: .int)), range: range)
  }

  private func columns(
    _ plan: Plan, _ kindOfClass: ScalarExpression, old: ScalarExpression, new: ScalarExpression
  ) -> [NamedExpression] {
    var columns = [
      NamedExpression("change", .column(Self.change)), NamedExpression("kind", .column(Self.kind)),
      NamedExpression(key.name, .column(key)),
    ]
    if key.name != "screen_name" {
      let name = plan.schema.field("screen_name").flatMap { $0.type == .string ? $0 : nil }
      columns.append(
        NamedExpression(
          "screen_name", name.map { .column($0) } ?? .constant(.null, type: .string)))
    }
    return columns + [
      NamedExpression("class", kindOfClass), NamedExpression("old_position", old),
      NamedExpression("new_position", new),
    ]
  }

  private func part(_ plan: Plan, _ change: String) -> Plan {
    plan.filtered(
      by: ScalarExpression(
        .isIn(.column(Self.change), [.string(change)]), type: .bool, range: range), range: range)
  }
}
