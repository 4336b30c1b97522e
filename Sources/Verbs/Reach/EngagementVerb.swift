import Checking
import Columns
import Parsing
import Plans

/// `engagement`: what posts get, by followers, by authentic followers and by views.
struct EngagementVerb: Verb {
  let signature = VerbSignature(
    name: "engagement", usage: "engagement [LIST] [with followers = N, authentic = N]",
    items: .tables,
    options: [
      .init("followers", .int, "the followers of the account, where no column and no list says"),
      .init("authentic", .int, "its followers without the fakes, as reach estimates them"),
    ],
    summary: "says what posts get: per post, by followers, by authentic followers, by views",
    help: """
      The rows are posts: account (one account where it is missing) and any of likes, comments, \
      shares, views, also under names such as likesCount, num_likes, favorite_count, reply_count and \
      retweets. A post's engagement is the sum of those of likes, comments and shares that are \
      known; a note says which columns were added up. All figures are medians over posts, which one viral post does not move: \
      rate_by_followers divides by the column followers (as of the post), else by the rows of LIST \
      of that account, else by `with followers`; rate_by_authentic by the followers of LIST that \
      classify does not call fake, corrected as in shares, else by `with authentic`; rate_by_views \
      by the post's views. n counts the posts whose engagement is known.
      """,
    examples: [
      "example | derive likes = statuses % 50, views = statuses | engagement with followers = 12k",
      "example | derive likes = statuses % 50 | engagement example",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    let lists = call.items.map { call.table($0) }
    guard areCounts(["followers", "authentic"], call),
      let posts = posts(call, of: lists.first ?? nil)
    else { return nil }
    guard !lists.contains(where: { $0 == nil }), lists.count <= 1 else {
      if lists.count > 1 {
        call.report(
          "'engagement' takes one list", hint: call.usageHint, at: call.items[1].range)
      }
      return nil
    }
    guard let list = lists.first ?? nil else { return rates(posts, call) }
    guard let sizes = call.listSizes(list) else { return nil }
    remarkOthers(than: list, posts, call)
    let account = ScalarExpression.column(Field(name: "account", type: .string))
    let joined = Plan.join(
      Join(
        left: posts, right: sizes, kind: .lookup, keys: [(left: account, right: account)],
        rightColumns: [
          (source: "followers", name: "#list"), (source: "authentic_est", name: "#authentic"),
        ]), range: call.range)
    return rates(joined, call)
  }

  /// `account`, `#got` (engagement), `#views` and `#own` (followers as of the post), floats.
  ///
  /// Posts that name no account are of that of the list.
  private func posts(_ call: VerbCall, of list: TableArgument?) -> Plan? {
    let fields = [FigureNames.likes, .comments, .shares].compactMap { figure($0, call) }
    let parts = fields.map { ScalarExpression.column($0).asFloat }
    let views = figure(.views, call)
    guard let first = parts.first else {
      let isList = call.input.properties.roles.contains(.followerList)
      call.report(
        "'engagement' needs posts with likes, comments or shares \(call.inputLabel)",
        hint: isList
          ? "these are followers; write posts | engagement LIST" : "name them: | derive likes = …",
        at: call.stage.range)
      return nil
    }
    let zero = ScalarExpression.constant(.float(0))
    func known(_ part: ScalarExpression) -> ScalarExpression {
      .call(.coalesce, [part, zero], type: .float)
    }
    let sum = parts.dropFirst().reduce(known(first)) { total, part in
      .call(.add, [total, known(part)], type: .float)
    }
    let isKnown = parts.dropFirst().reduce(
      ScalarExpression.call(.isNotNull, [first], type: .bool)
    ) { any, part in
      .call(.or, [any, .call(.isNotNull, [part], type: .bool)], type: .bool)
    }
    let used = fields.map(\.name).joined(separator: " + ")
    let seen = views.map { $0.name == "views" ? "" : ", views are \($0.name)" } ?? ""
    call.note("medians over posts; engagement is \(used)\(seen)")
    let nothing = ScalarExpression.constant(.null, type: .float)
    let own = call.input.schema.field("followers").flatMap { $0.type.isNumeric ? $0 : nil }
    let account: ScalarExpression =
      call.input.schema.field("account").map {
        $0.type == .string ? .column($0) : .call(.toString, [.column($0)], type: .string)
      } ?? .constant(.string(ownAccount(of: list) ?? call.input.originName))
    return call.input.projected(
      to: [
        NamedExpression("account", account),
        NamedExpression("#got", .call(.ifElse, [isKnown, sum, nothing], type: .float)),
        NamedExpression(
          "#views", views.map { .column($0).asFloat } ?? nothing),
        NamedExpression("#own", own.map { .column($0).asFloat } ?? nothing),
      ], range: call.range)
  }

  /// The first column of numbers with a name of a figure, the plain one before others; one of text is said to be
  /// left out.
  private func figure(_ names: FigureNames, _ call: VerbCall) -> Field? {
    // What followers liked themselves is nothing that posts got.
    let isList = call.input.properties.roles.contains(.followerList)
    let all = call.input.schema.fields.filter {
      (names.contains($0.name) || names.contains($0.originalName ?? ""))
        && !(isList && $0.name == "favourites")
    }
    let named = all.filter { names.plain == $0.name } + all.filter { names.plain != $0.name }
    let found = named.first { $0.type.isNumeric }
    if found == nil, let text = named.first {
      call.note("\(text.name) is left out: it is \(text.type), not a number")
    }
    return found
  }

  /// Whether the options of these names are numbers of people, with errors where not.
  private func areCounts(_ options: [String], _ call: VerbCall) -> Bool {
    var areAll = true
    for item in call.items(of: .with) {
      guard let name = item.name?.text, options.contains(name),
        case .int(let count)? = call.option(name), count < 1
      else { continue }
      call.report("'\(name)' is a number of people, found \(count)", at: item.value.range)
      areAll = false
    }
    if case .int(let followers)? = call.option("followers"),
      case .int(let authentic)? = call.option("authentic"), followers > 0, authentic > followers
    {
      call.report(
        "'authentic' is at most 'followers', found \(authentic) and \(followers)",
        at: call.stage.range)
      areAll = false
    }
    return areAll
  }

  /// The account of a list of one, by its name; nil where a column says it.
  private func ownAccount(of list: TableArgument?) -> String? {
    list.flatMap { $0.plan.schema.field("account") == nil ? $0.name : nil }
  }

  /// Has the accounts said of which the list has no row.
  private func remarkOthers(than list: TableArgument, _ posts: Plan, _ call: VerbCall) {
    let account = ScalarExpression.column(Field(name: "account", type: .string))
    let key = [NamedExpression("account", account)]
    let count = NamedAggregate("n", AggregateCall(.count, [], type: .int, range: call.range))
    let own: ScalarExpression =
      list.plan.schema.field("account").map {
        $0.type == .string ? .column($0) : .call(.toString, [.column($0)], type: .string)
      } ?? .constant(.string(list.name))
    let known = list.plan.projected(to: [NamedExpression("account", own)], range: call.range)
      .aggregated(by: key, [count], range: call.range)
    let joined = Plan.join(
      Join(
        left: posts.aggregated(by: key, [count], range: call.range), right: known, kind: .lookup,
        keys: [(left: account, right: account)], rightColumns: [(source: "n", name: "#known")]),
      range: call.range)
    let missing = joined.filtered(
      by: .call(
        .isNull, [.column(Field(name: "#known", type: .int))], type: .bool), range: call.range)
    call.remark(
      Remark(plan: missing) { table in
        let names = (0..<min(3, table.rowCount)).map { row -> String in
          if case .string(let name) = table.row(row)[0] { "'\(name)'" } else { "null" }
        }
        if names.isEmpty { return [] }
        let more = table.rowCount > 3 ? " and \(table.rowCount - 3) more" : ""
        return [
          "\(list.name) has no rows of the account \(names.joined(separator: ", "))\(more): "
            + "it gives no rate for them"
        ]
      })
  }

  private func rates(_ posts: Plan, _ call: VerbCall) -> Plan {
    func float(_ name: String) -> ScalarExpression { .column(Field(name: name, type: .float)) }
    func number(_ option: String) -> ScalarExpression {
      if case .int(let value)? = call.option(option) { return .constant(.float(Double(value))) }
      return .constant(.null, type: .float)
    }
    func column(_ name: String) -> [ScalarExpression] {
      posts.schema.field(name).map { [ScalarExpression.column($0).asFloat] } ?? []
    }
    let followers = ScalarExpression.call(
      .coalesce, [float("#own")] + column("#list") + [number("followers")], type: .float)
    let authentic = ScalarExpression.call(
      .coalesce, column("#authentic") + [number("authentic")], type: .float)
    let got = float("#got")
    let rated = posts.projected(
      to: [
        NamedExpression("account", .column(Field(name: "account", type: .string))),
        NamedExpression("#got", got),
        NamedExpression("#by_followers", .quotient(got, followers)),
        NamedExpression("#by_authentic", .quotient(got, authentic)),
        NamedExpression("#by_views", .quotient(got, float("#views"))),
      ], range: call.range)
    func aggregate(
      _ name: String, _ function: AggregateFunction, _ arguments: [ScalarExpression],
      _ type: DataType
    ) -> NamedAggregate {
      NamedAggregate(name, AggregateCall(function, arguments, type: type, range: call.range))
    }
    return rated.aggregated(
      by: [NamedExpression("account", .column(Field(name: "account", type: .string)))],
      [
        aggregate("posts", .count, [], .int),
        aggregate("median_per_post", .median, [got], .float),
        aggregate("rate_by_followers", .median, [float("#by_followers")], .float),
        aggregate("rate_by_authentic", .median, [float("#by_authentic")], .float),
        aggregate("rate_by_views", .median, [float("#by_views")], .float),
        aggregate("n", .count, [.call(.isNotNull, [got], type: .bool)], .int),
      ], range: call.range)
  }
}
