import Checking
import Columns
import Parsing
import Plans
import Statistics

/// `drip`: few bought followers a day, for weeks.
struct DripVerb: Verb {
  let signature = VerbSignature(
    name: "drip", usage: "drip [per KEY]", items: .none, clauses: [.per: .expressions],
    summary: "finds slow purchases: a few alike followers a day for weeks",
    help: """
      A daily count cannot show ten more a day. Three signs can: creation dates that supply far more \
      of a stretch's followers than the dates around them do, and than they do at other times (weeks \
      × creation days, Poisson; dates of months against week × age × date, Kulldorff's scan); the \
      same among low-quality followers alone; and a lasting rise of the low-quality share with a \
      beginning and an end, against a share that wanders by itself (generalised least squares). \
      Younger or older people than usual, as attention or a campaign brings, are no drip: dates of \
      months must stand out of a smooth change of the ages in these weeks (logistic regression on \
      ln age). Nor are dates that always supply followers, nor quiet people: where the share alone \
      rose, fewer of the low-quality followers must have just signed up than real people would bring, \
      since accounts for sale were made before. What spike reports is left out \
      first, with a week around it where times are inferred. One row is a stretch: followers of \
      its days, excess over the expected (a lower bound), p of the strongest sign before correction \
      for the search, the creation dates (created_in: each range of them).
      A drip of fewer than about 100 accounts, or of well padded accounts with scattered creation \
      dates, stays hidden; so does one of scattered dates where nobody signs up to follow, and one \
      that grew so fast that spike has it.
      """,
    examples: ["example | drip", "example | drip per lang"])

  func lower(_ call: VerbCall) -> Plan? {
    call.followerList().flatMap { call.dripSegments(of: $0, isTold: true) }
  }
}

extension VerbCall {
  /// The drips of a list, as other verbs use them.
  ///
  /// `spikes`: those of the list, where they were found already.
  func dripSegments(
    of list: FollowerList, without spikes: Plan? = nil, isTold: Bool = false
  ) -> Plan? {
    let list = spikes == nil ? list.forEvents(range) : list.withPeriods(.day, range).withFlag(range)
    guard let events = spikes ?? spikeEvents(of: list) else { return nil }
    return list.plan.analysed(
      by: DripAnalysis(hasFlag: list.hasFlag, isInferred: list.isInferred, isTold: isTold),
      with: [events], range: range)
  }
}
