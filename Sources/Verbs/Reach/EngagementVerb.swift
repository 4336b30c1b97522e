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
      shares, views. A post's engagement is the sum of those of likes, comments and shares that are \
      known. All figures are medians over posts, which one viral post does not move: \
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
    guard let posts = posts(call) else { return nil }
    let lists = call.items.map { call.table($0) }
    guard !lists.contains(where: { $0 == nil }), lists.count <= 1 else {
      if lists.count > 1 {
        call.report(
          "'engagement' takes one list", hint: call.usageHint, at: call.items[1].range)
      }
      return nil
    }
    guard let list = lists.first ?? nil else { return rates(posts, call) }
    guard let sizes = call.listSizes(list) else { return nil }
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
  private func posts(_ call: VerbCall) -> Plan? {
    func figure(_ names: [String]) -> ScalarExpression? {
      names.lazy.compactMap { call.input.schema.field($0) }.first { $0.type.isNumeric }
        .map { ScalarExpression.column($0).asFloat }
    }
    let parts = [
      figure(["likes", "like_count", "likes_count", "favorite_count", "favourite_count"]),
      figure(["comments", "comment_count", "comments_count", "reply_count", "replies"]),
      figure(["shares", "share_count", "shares_count", "retweet_count", "retweets", "reposts"]),
    ].compactMap { $0 }
    guard let first = parts.first else {
      call.report(
        "'engagement' needs posts with likes, comments or shares \(call.inputLabel)",
        hint: "name them: | derive likes = …", at: call.stage.range)
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
    let nothing = ScalarExpression.constant(.null, type: .float)
    let account: ScalarExpression =
      call.input.schema.field("account").map {
        $0.type == .string ? .column($0) : .call(.toString, [.column($0)], type: .string)
      } ?? .constant(.string(call.input.originName))
    return call.input.projected(
      to: [
        NamedExpression("account", account),
        NamedExpression("#got", .call(.ifElse, [isKnown, sum, nothing], type: .float)),
        NamedExpression(
          "#views", figure(["views", "view_count", "impression_count", "play_count"]) ?? nothing),
        NamedExpression("#own", figure(["followers"]) ?? nothing),
      ], range: call.range)
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
    call.note("medians over posts; engagement is likes + comments + shares, as far as known")
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
