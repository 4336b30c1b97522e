import Checking
import Columns
import Parsing
import Plans

/// `timeline`: when each follower followed, as far as the order of the list tells.
struct TimelineVerb: Verb {
  let signature = VerbSignature(
    name: "timeline", usage: "timeline [per KEY]", items: .none, clauses: [.per: .expressions],
    summary: "infers when each follower followed, from the order of the list",
    help: """
      Adds followed_est, followed_lo and followed_hi. Nobody follows before existing, and the order \
      of a list is the order of following, so a follow is later than every account creation before \
      it in the list (Meeder et al., WWW 2011). Accounts that followed soon after signing up are \
      records; between two of them the time is interpolated. The first rows of a list that begins in \
      the middle of an account's life are none, however young: their times go on at the pace of those \
      behind them. Rows out of order are left out of the records and counted. followed_hi is about: the \
      next record and a day. The notes say how many records a day there are: with fewer than about one, \
      days cannot be told apart.
      It needs created_at (on Twitter an id will do) and rows in follow order, newest or oldest \
      first, and refuses with the reason otherwise. Where the list has followed_at, that is exact \
      and all three columns are it.
      """,
    examples: [
      "example | timeline | select screen_name, followed_est, followed_lo | take 3",
      "example | timeline per lang | take 3",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let list = call.followerList() else { return nil }
    let followed = FollowerList.followed
    let bounds: [ScalarExpression] =
      list.isInferred
      ? ["#followed_lo", "#followed_hi"].map { .column(Field(name: $0, type: .time)) }
      : [followed, followed]
    if !list.isInferred { call.note("the list has followed_at: the times are its own") }
    return list.plan.extended(
      by: [
        NamedExpression("followed_est", followed), NamedExpression("followed_lo", bounds[0]),
        NamedExpression("followed_hi", bounds[1]),
      ], range: call.range
    ).withoutHidden(range: call.range)
  }
}
