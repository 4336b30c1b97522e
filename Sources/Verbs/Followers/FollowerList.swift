import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// Rows read as a follower list: all their columns, and under hidden names what every analyst verb
/// reads.
///
/// `#account` (text: the account followed, or the group of `per`), `#created` (time, null where
/// unknown) and, where times were asked for, `#followed` (time).
struct FollowerList {
  let plan: Plan
  /// Whether the follow times come from the order of the list and not from a column.
  let isInferred: Bool
  /// Whether `#low` was made.
  var hasFlag = false
  /// Whether these are the columns that searches for events by day read, and nothing is to be added.
  var isForEvents = false

  /// Days on either side of an event that inferred times may have moved its followers to: a week, as the bounds of
  /// such times are days apart.
  static let inferredEdge = 7

  static let account = ScalarExpression(.column("#account"), type: .string)
  static let created = ScalarExpression(.column("#created"), type: .time)
  static let followed = ScalarExpression(.column("#followed"), type: .time)

  /// A column of the list as it is called there; nil where it has none of this type.
  func column(_ name: String, _ type: DataType) -> ScalarExpression? {
    guard let field = plan.schema.field(name), field.type == type else { return nil }
    return .column(field)
  }
}

extension VerbCall {
  /// The input as a follower list; nil, with an error, where it lacks what the verb needs.
  ///
  /// `time`: the follow times, where the verb names them itself.
  /// `mayInfer`: whether the order of the list may tell them, where it has no column and they are not
  /// needed.
  /// `whole`: another plan in the place of the input.
  func followerList(
    over whole: Plan? = nil, time: ScalarExpression? = nil, needsTimes: Bool = true,
    mayInfer: Bool = false
  ) -> FollowerList? {
    let keys = named(items(of: .per)).map(\.expression)
    return followerList(
      whole ?? input, label: inputLabel, account: accountName(of: whole ?? input, per: keys),
      time: time,
      needsTimes: needsTimes, mayInfer: mayInfer)
  }

  /// Another table as a follower list.
  func followerList(
    _ table: TableArgument, needsTimes: Bool = true, mayInfer: Bool = false
  ) -> FollowerList? {
    followerList(
      table.plan, label: table.label, account: accountName(of: table.plan, per: []), time: nil,
      needsTimes: needsTimes, mayInfer: mayInfer)
  }

  private func followerList(
    _ plan: Plan, label: String, account: ScalarExpression, time given: ScalarExpression?,
    needsTimes: Bool, mayInfer: Bool
  ) -> FollowerList? {
    var columns = [
      NamedExpression("#account", account),
      NamedExpression("#created", creationTime(of: plan)),
    ]
    let followed = given ?? time("followed_at", of: plan)
    if let followed {
      let possible = given ?? followed.where(arePossibleFollows(in: plan))
      columns.append(NamedExpression("#followed", possible))
    }
    let known = plan.extended(by: columns, range: range)
    if followed != nil || !needsTimes && !mayInfer {
      return FollowerList(plan: known, isInferred: false)
    }
    return inferred(known, label: label, isNeeded: needsTimes)
  }

  /// A list with the times that its order tells; nil with an error where it can tell none.
  private func inferred(_ plan: Plan, label: String, isNeeded: Bool) -> FollowerList? {
    let readsIDs = hasTwitterIDs(plan)
    let hasCreation = readsIDs || plan.schema.field("created_at") != nil
    if !isNeeded, !hasCreation { return FollowerList(plan: plan, isInferred: false) }
    guard hasCreation else {
      report(
        "'\(stage.verb.text)' needs a column followed_at, or created_at with the rows in follow "
          + "order; there is neither \(label)",
        hint: plan.schema.field("id")?.type == .int && plan.properties.platform == .unknown
          ? "Twitter's ids in follow order tell it too: load … with platform = \"twitter\"" : nil,
        at: stage.verb.range)
      return nil
    }
    if plan.properties.order == .notInFollowOrder {
      report(
        "'\(stage.verb.text)' needs a column followed_at: creation times do not show that the rows "
          + "\(label) are in follow order",
        hint:
          "load all of the list, newest or oldest first; some hundred rows may be too few to tell",
        at: stage.verb.range)
      return nil
    }
    let analysis = TimelineAnalysis(
      readsIDs: readsIDs, isNeeded: isNeeded, capturedAt: plan.properties.capturedAt)
    // Read by several steps of one verb: kept once it is computed.
    let timeline = Binding(
      name: plan.originName, plan: plan.analysed(by: analysis, range: range))
    return FollowerList(plan: .binding(timeline, range: range), isInferred: true)
  }

  /// Whether `id` holds Twitter's ids, which tell when an account was made.
  func hasTwitterIDs(_ plan: Plan) -> Bool {
    plan.properties.platform == .twitter && plan.schema.field("id")?.type == .int
  }

  /// The keys of per as one text, else the column `account`, else the name of the table.
  func accountName(of plan: Plan, per keys: [ScalarExpression]) -> ScalarExpression {
    if !keys.isEmpty { return groupName(keys) }
    guard let field = plan.schema.field("account") else {
      return .constant(.string(plan.originName))
    }
    return text(.column(field))
  }

  /// The keys of `per` as one text.
  private func groupName(_ keys: [ScalarExpression]) -> ScalarExpression {
    let separator = ScalarExpression.constant(.string(", "))
    let parts = keys.map {
      ScalarExpression.call(.coalesce, [text($0), .constant(.string("null"))], type: .string)
    }
    return parts.dropFirst().reduce(parts[0]) { left, right in
      .call(.add, [.call(.add, [left, separator], type: .string), right], type: .string)
    }
  }

  private func text(_ value: ScalarExpression) -> ScalarExpression {
    value.type == .string ? value : .call(.toString, [value], type: .string)
  }

  /// `created_at`, or the time in a Twitter id; null where neither is there.
  private func creationTime(of plan: Plan) -> ScalarExpression {
    if let created = time("created_at", of: plan) { return created }
    if hasTwitterIDs(plan), let id = plan.schema.field("id") {
      return .call(.snowflakeTime, [.column(id)], type: .time)
    }
    return .constant(.null, type: .time)
  }

  /// Where the follow time of a row can be one; nil where loading found all of them to be.
  private func arePossibleFollows(in plan: Plan) -> ScalarExpression? {
    guard let possible = plan.properties.possibleFollows,
      let field = plan.schema.field("followed_at"), field.type == possible.type
    else { return nil }
    let bounds = [possible.range.lowerBound, possible.range.upperBound].map {
      ScalarExpression.constant(Scalar.make($0, of: field.type))
    }
    var conditions: [ScalarExpression] = [
      .call(.greaterOrEqual, [.column(field), bounds[0]], type: .bool),
      .call(.lessOrEqual, [.column(field), bounds[1]], type: .bool),
    ]
    if let created = time("created_at", of: plan) {
      let next = ScalarExpression.call(
        .add, [convert(.column(field), to: .time), .constant(.duration(86_400_000_000))],
        type: .time)
      let isLater = ScalarExpression.call(.greaterOrEqual, [next, created], type: .bool)
      conditions.append(.call(.coalesce, [isLater, .constant(.bool(true))], type: .bool))
    }
    return conditions.dropFirst().reduce(conditions[0]) { .call(.and, [$0, $1], type: .bool) }
  }

  /// A column of times or dates as times; nil where it is none.
  private func time(_ name: String, of plan: Plan) -> ScalarExpression? {
    guard let field = plan.schema.field(name), field.type == .time || field.type == .date else {
      return nil
    }
    return convert(.column(field), to: .time)
  }
}

extension ScalarExpression {
  /// The same where a condition holds, and null elsewhere.
  fileprivate func `where`(_ condition: ScalarExpression?) -> ScalarExpression {
    condition.map { .call(.ifElse, [$0, self, .constant(.null, type: type)], type: type) } ?? self
  }
}

extension Plan {
  /// The columns that verbs make for themselves (`#…`) left out.
  func withoutHidden(range: SourceRange) -> Plan {
    let shown = schema.fields.filter { !isHiddenColumn($0.name) }
    guard shown.count < schema.fields.count else { return self }
    return projected(to: shown.map { NamedExpression($0.name, .column($0)) }, range: range)
  }
}
