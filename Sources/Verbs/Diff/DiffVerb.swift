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
      before stands newer, but for those who left and followed again; deeper in the list it came \
      back, or was hidden in between, and is no new follower: kind says new or returned, null where \
      the order is not known. class is that of \
      classify within the newer list, within the older one for the lost, and where the newer says \
      nothing of the follower. A purge by the platform looks like leaving.
      """,
    examples: [
      "diff example, (example | filter followers > 10) | select change, screen_name, old_position",
      "diff (example | filter id > 3), example | group n = count() by change",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let pair = call.captures(), let old = capture(pair.old, call),
      let new = capture(pair.new, call)
    else { return nil }
    return Captures(key: pair.key, range: call.range).compared(old: old, new: new)
  }

  /// A list with its classes.
  private func capture(_ table: TableArgument, _ call: VerbCall) -> Capture? {
    guard let list = call.followerListForClasses(table),
      let classified = call.classified(list, .trained, ClassThresholds(), isTold: false)
    else { return nil }
    let isNewestFirst: Bool? =
      switch table.plan.properties.order {
      case .newestFirst: true
      case .oldestFirst: false
      case .notInFollowOrder, .unknown: nil
      }
    return Capture(list: table.plan, classified: classified, isNewestFirst: isNewestFirst)
  }
}

/// One of two lists to compare.
private struct Capture {
  let list: Plan
  let classified: Plan
  /// Whether the newest follower stands first; nil where that is not known.
  let isNewestFirst: Bool?
}

/// Two captures of a list, joined by the key of its followers.
private struct Captures {
  let key: Field
  let range: SourceRange

  private static let change = Field(name: "change", type: .string)
  private static let kind = Field(name: "kind", type: .string)
  private static let kindOfClass = Field(name: "class", type: .string)
  private static let otherPosition = Field(name: "#other_position", type: .int)
  private static let otherClass = Field(name: "#other_class", type: .string)

  /// The gained, then the lost, then the kept.
  func compared(old: Capture, new: Capture) -> Plan {
    // Read for the lost and for what is known of those in the newer list: computed once.
    let older = Plan.binding(
      Binding(name: "older list", plan: placed(old.classified)), range: range)
    let lost = marked(older, old, isNewer: false, by: placed(new.list), new, told: [])
    let newer = Plan.binding(
      Binding(
        name: "newer list",
        plan: present(
          marked(
            placed(new.classified), new, isNewer: true, by: older, old, told: [Self.kindOfClass]))),
      range: range)
    return .union(
      [part(newer, "gained"), part(self.lost(lost), "lost"), part(newer, "kept")], range: range)
  }

  /// A list with the place of each row.
  private func placed(_ list: Plan) -> Plan { list.analysed(by: ListPositions(), range: range) }

  /// A list with what became of each follower in the other one: where that stands there, and what is
  /// told of it.
  private func marked(
    _ plan: Plan, _ own: Capture, isNewer: Bool, by others: Plan, _ other: Capture,
    told: [Field]
  ) -> Plan {
    let places = others.projected(
      to: [
        NamedExpression("#key", .column(key)),
        NamedExpression(Self.otherPosition.name, .column(ListPositions.field)),
      ] + told.map { NamedExpression("#other_\($0.name)", .column($0)) }, range: range)
    let joined = Plan.join(
      Join(
        left: plan, right: places, kind: .lookup,
        keys: [(left: .column(key), right: .column(Field(name: "#key", type: key.type)))],
        rightColumns: places.schema.names.filter { $0 != "#key" }.map {
          (source: $0, name: $0)
        }), range: range)
    let changes = ListChanges(
      isNewer: isNewer, isNewestFirst: own.isNewestFirst,
      isOtherNewestFirst: other.isNewestFirst, key: key.name)
    return joined.analysed(by: changes, range: range)
  }

  /// The newer list with the places and classes of the older one.
  private func present(_ new: Plan) -> Plan {
    let own = ScalarExpression.column(Self.kindOfClass)
    let before = ScalarExpression.column(Self.otherClass)
    let isUnknown = ScalarExpression.call(
      .equal, [own, .constant(.string("unknown"))], type: .bool)
    let known = ScalarExpression.call(
      .ifElse, [isUnknown, .call(.coalesce, [before, own], type: .string), own], type: .string)
    return new.projected(
      to: columns(
        new, known, old: .column(Self.otherPosition), new: .column(ListPositions.field)),
      range: range)
  }

  private func lost(_ old: Plan) -> Plan {
    old.projected(
      to: columns(
        old, .column(Self.kindOfClass), old: .column(ListPositions.field),
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
