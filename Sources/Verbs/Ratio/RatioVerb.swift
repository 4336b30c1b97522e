import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// `ratio`: quotients with what they rest on, and shares with their interval.
struct RatioVerb: Verb {
  let signature = VerbSignature(
    name: "ratio", usage: "ratio A / B [by KEY, …] [per KEY, …], or ratio (CONDITION) [by KEY, …]",
    items: .expressions, clauses: [.by: .expressions, .per: .expressions],
    options: [
      .init("own_followers", .int, "how many follow the account itself, for a note on its ratio"),
      .init("own_friends", .int, "how many accounts the account itself follows"),
    ],
    summary: "says how two figures of each row relate, and how far rows are off",
    help: """
      `ratio a / b by k` gives for each key: n, the rows that have both; median, the middle of the \
      rows' a / max(1, b), with low and high, its 95 % interval (by order statistics; none under 6 \
      rows); ratio, the sum of a over the sum of b; zero, the rows where b is 0; caution, why the \
      ratio of sums says little: fewer than 5,000 rows, or one row with over 5 % of the sum of b.
      `ratio a / b` without by counts the rows in seven bands, symmetric around one to one.
      `ratio (condition)` gives the share of rows for which it is true, with its 95 % interval \
      (Wilson 1927). On a follower list `ratio` alone is `ratio friends / followers`.
      Of accounts themselves: on a list of accounts `ratio` alone gives followers / friends of each \
      with a careful reading, and `with own_followers = 100, own_friends = 2` adds a note on the \
      account that a follower list belongs to (50:1 is common for brands), with the share that it \
      follows back where a column followed_back is there.
      """,
    examples: [
      "example | ratio friends / followers by lang", "example | ratio friends / followers",
      "example | ratio (followers < 10) by account", "example | ratio",
      "example | ratio with own_followers = 100, own_friends = 2",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    let outer = call.named(call.items(of: .per))
    let inner = call.named(call.items(of: .by), taken: Set(outer.map(\.name)))
    if let accounts = accounts(call) { return accounts }
    guard let subject = subject(call) else { return nil }
    selectionNote(call)
    accountNotes(call)
    switch subject {
    case .share(let condition):
      return RatioShare(call: call, condition: condition).plan(by: outer + inner)
    case .quotient(let quotient):
      if call.clause(.by) == nil {
        return RatioBands(call: call, quotient: quotient).plan(per: outer)
      }
      return RatioTable(call: call, quotient: quotient).plan(by: outer + inner)
    }
  }

  /// The ratios of a list of accounts; nil where the input is none, or where a quotient was given.
  private func accounts(_ call: VerbCall) -> Plan? {
    guard call.items.isEmpty, call.stage.clauses.isEmpty,
      call.input.properties.roles.contains(.accountsList),
      let followers = call.input.schema.field("followers"),
      let friends = call.input.schema.field("friends"),
      followers.type.isNumeric, friends.type.isNumeric
    else { return nil }
    return AccountRatio(call: call).plan(followers: followers, friends: friends)
  }

  private func accountNotes(_ call: VerbCall) {
    guard case .int(let followers)? = call.option("own_followers"),
      case .int(let friends)? = call.option("own_friends")
    else { return }
    let account = AccountRatio(call: call)
    account.note(followers: followers, friends: friends)
    account.addFollowedBack()
  }

  private enum Subject {
    case quotient(Quotient)
    case share(ScalarExpression)
  }

  private func subject(_ call: VerbCall) -> Subject? {
    guard let item = call.items.first else { return defaultSubject(call).map { .quotient($0) } }
    guard call.items.count == 1, item.name == nil else {
      let extra = call.items.count > 1 ? call.items[1].range : item.range
      call.report("'ratio' takes one quotient or condition", hint: call.usageHint, at: extra)
      return nil
    }
    if case .binary(.divide, let above, let below) = item.value.kind {
      return quotient(above, below, call).map { .quotient($0) }
    }
    guard let value = call.expression(item.value) else { return nil }
    guard value.type == .bool else {
      call.report(
        "'ratio' takes a / b or a condition, found \(value.type.phrase)",
        hint: "write ratio friends / followers, or ratio (followers < 10)", at: item.range)
      return nil
    }
    return .share(value)
  }

  private func quotient(
    _ above: Expression, _ below: Expression, _ call: VerbCall
  ) -> Quotient? {
    let first = call.expression(above)
    let second = call.expression(below)
    guard let first, let second else { return nil }
    for (value, range) in [(first, above.range), (second, below.range)]
    where !value.type.isNumeric {
      call.report("'ratio' takes numbers, found \(value.type.phrase)", at: range)
      return nil
    }
    return Quotient(above: first, below: second)
  }

  /// `friends / followers`, where the input has both.
  private func defaultSubject(_ call: VerbCall) -> Quotient? {
    let fields = ["friends", "followers"].map { call.input.schema.field($0) }
    guard let above = fields[0], let below = fields[1], above.type.isNumeric, below.type.isNumeric
    else {
      call.report(
        "'ratio' needs a / b, or a follower list with the columns friends and followers",
        hint: call.usageHint, at: call.stage.range)
      return nil
    }
    return Quotient(above: .column(above), below: .column(below))
  }

  /// Rows that are no sample of the list carry no interval for it.
  private func selectionNote(_ call: VerbCall) {
    if call.input.properties.selection == .newest {
      call.note(
        "the rows are the newest of the list only: the intervals do not speak for all of it")
    }
  }
}
