import Calendars
import Columns
import Statistics

/// The metrics of accounts, each against the first.
struct Comparison {
  private let accounts: [ComparedAccount]
  /// Why shares of whole lists cannot be compared, by account; nil where they can.
  private let refusals: [String: String]

  /// The people who follow the first account.
  private let firstPeople: PeopleMarks

  /// More values than this are thinned for the shift, which takes some 200 looks at each.
  private static let mostForShift = 20_000
  /// Captures further apart than this are not compared as whole lists.
  private static let mostDaysApart: Int64 = 30

  init(_ accounts: [ComparedAccount]) {
    self.accounts = accounts
    firstPeople = PeopleMarks(accounts.first?.people ?? [])
    var refusals: [String: String] = [:]
    for account in accounts.dropFirst() {
      refusals[account.name] = Self.refusal(accounts[0], account)
    }
    self.refusals = refusals
  }

  private static func refusal(_ first: ComparedAccount, _ other: ComparedAccount) -> String? {
    let selections = (first.source.selection, other.source.selection)
    if selections.0 != selections.1 {
      return "\(first.name) is \(selections.0.rawValue), \(other.name) \(selections.1.rawValue) "
        + "of its list"
    }
    if selections.0 == .newest { return "newest rows say nothing of a whole list" }
    if let a = first.source.capturedAt, let b = other.source.capturedAt,
      abs(a - b) > mostDaysApart * 86_400_000_000
    {
      return "captured \(abs(a - b) / 86_400_000_000) days apart"
    }
    return nil
  }

  var notes: [String] {
    var notes: [String] = []
    for account in accounts.dropFirst() {
      if let reason = refusals[account.name] {
        notes.append(
          "shares of \(accounts[0].name) and \(account.name) are not compared: \(reason)")
      }
    }
    for account in accounts where account.estimate.isKnown && !account.counts.areMostlyJudged {
      notes.append(
        "\(account.name): \(percent(account.counts.unjudgedShare)) of the followers could not be "
          + "judged: they may be fake or not")
    }
    for account in accounts where account.source.isPart { notes.append(account.partNote) }
    if accounts.count < 2 { notes.append("one account: nothing to compare it with") }
    if accounts.contains(where: { $0.daily == nil }) {
      notes.append("growth, spikes and drips need follow times")
    }
    notes.append(
      "differences are from \(accounts.first?.name ?? "the first"); p_holm is adjusted over all")
    notes.append(
      "likely inauthentic by the stated rules; not proof of a purchase, nor of who made it")
    return notes
  }

  /// All rows: by metric, then by account.
  var metrics: [Metric] {
    MetricName.allCases.flatMap { name in
      accounts.indices.compactMap { metric(name, $0) }
    }
  }

  private func metric(_ name: MetricName, _ index: Int) -> Metric? {
    let account = accounts[index]
    let first = index == 0 ? nil : accounts[0]
    switch name {
    case .followers: return followers(account, first)
    case .coverage: return coverage(account)
    case .growth: return growth(account, first)
    case .ratio: return shift(name, account, first, \.ratios, onLogs: true)
    case .age: return shift(name, account, first, \.ages, onLogs: false)
    case .fake: return share(name, account, first) { $0.accused(0) }
    case .suspect: return share(name, account, first) { $0.accused(1) }
    case .active:
      return share(name, account, first) {
        ($0.counts.classes[2] + $0.counts.classes[3], $0.counts.known)
      }
    case .quiet: return share(name, account, first) { ($0.counts.classes[4], $0.counts.known) }
    case .noPosts: return share(name, account, first) { ($0.posts.none, $0.posts.known) }
    case .fakeEstimated: return estimated(account, first)
    case .spikes:
      return account.daily.map { _ in Metric(name, account.name, Double(account.spikes)) }
    case .bought: return bought(account)
    case .drips:
      return account.daily.map { _ in Metric(name, account.name, Double(account.drips.count)) }
    case .shared: return shared(account, first)
    }
  }

  /// Rows, or where they are a part of the list what was stated; compared where both sizes are known.
  private func followers(_ account: ComparedAccount, _ first: ComparedAccount?) -> Metric {
    let own = account.size
    var metric = Metric(.followers, account.name, Double(own ?? account.rowCount))
    guard let first, let own, let other = first.size else { return metric }
    metric.versus = first.name
    metric.difference = Double(own - other)
    return metric
  }

  private func coverage(_ account: ComparedAccount) -> Metric? {
    guard let stated = account.source.statedFollowers, stated > 0 else { return nil }
    return Metric(.coverage, account.name, Double(account.rowCount) / Double(stated))
  }

  /// Rates with the spread of their days; the test is on their logarithms.
  private func growth(_ account: ComparedAccount, _ first: ComparedAccount?) -> Metric? {
    guard let own = account.growth?.scaled(by: account.weight) else { return nil }
    var metric = Metric(.growth, account.name, own.rate)
    let half = normal95 * own.variance.squareRoot()
    metric.interval = Interval(low: max(0, own.rate - half), high: own.rate + half)
    metric.n = own.days
    guard let first, account.weight != nil, first.weight != nil,
      let other = first.growth?.scaled(by: first.weight), own.rate > 0, other.rate > 0
    else { return metric }
    metric.versus = first.name
    metric.difference = own.rate - other.rate
    let wide = normal95 * (own.variance + other.variance).squareRoot()
    metric.differenceInterval = Interval(
      low: own.rate - other.rate - wide, high: own.rate - other.rate + wide)
    let deviation =
      (own.variance / (own.rate * own.rate) + other.variance / (other.rate * other.rate))
      .squareRoot()
    metric.p = normalP(portableLog(own.rate / other.rate) / max(1e-12, deviation))
    return metric
  }

  private func share(
    _ name: MetricName, _ account: ComparedAccount, _ first: ComparedAccount?,
    _ counts: (ComparedAccount) -> (hits: Int, of: Int)
  ) -> Metric? {
    let own = counts(account)
    guard own.of > 0 else { return nil }
    var metric = Metric(name, account.name, Double(own.hits) / Double(own.of))
    metric.interval = wilsonInterval(successes: own.hits, trials: own.of)
    metric.n = own.of
    guard let first, refusals[account.name] == nil else { return metric }
    let other = counts(first)
    guard other.of > 0 else { return metric }
    let difference = newcombeDifference(
      successes1: own.hits, trials1: own.of, successes2: other.hits, trials2: other.of)
    metric.versus = first.name
    metric.difference = difference.difference
    metric.differenceInterval = difference.interval
    metric.p = twoProportionsP(
      successes1: own.hits, trials1: own.of, successes2: other.hits, trials2: other.of)
    return metric
  }

  /// nil where no follower could be judged.
  private func estimated(_ account: ComparedAccount, _ first: ComparedAccount?) -> Metric? {
    let own = account.estimate
    guard own.isKnown else { return nil }
    var metric = Metric(.fakeEstimated, account.name, own.share)
    metric.interval = own.shareRange
    metric.n = account.counts.total
    guard let first, refusals[account.name] == nil else { return metric }
    guard let share = own.share, let other = first.estimate.share, first.estimate.isKnown else {
      return metric
    }
    metric.versus = first.name
    metric.difference = share - other
    return metric
  }

  /// Medians by order statistics; the difference by Hodges and Lehmann, on logs a factor.
  private func shift(
    _ name: MetricName, _ account: ComparedAccount, _ first: ComparedAccount?,
    _ values: KeyPath<ComparedAccount, ComparedValues>, onLogs: Bool
  ) -> Metric? {
    let own = account[keyPath: values].sorted
    guard !own.isEmpty else { return nil }
    var metric = Metric(name, account.name, median(own))
    metric.n = own.count
    if let ranks = quantileRanks(count: own.count) {
      metric.interval = Interval(low: own[ranks.low - 1], high: own[ranks.high - 1])
    }
    guard let first, refusals[account.name] == nil else { return metric }
    let other = first[keyPath: values].sorted
    // Ratios of 0 have no logarithm; half of the least that is above is near enough.
    let least = onLogs ? leastAbove(0, own, other).map { $0 / 2 } ?? 1 : 0
    func scaled(_ values: [Double]) -> [Double] {
      onLogs ? values.map { portableLog(max($0, least)) } : values
    }
    let (a, b) = (scaled(thinned(own)), scaled(thinned(other)))
    guard let found = hodgesLehmannShift(a, b) else { return metric }
    metric.versus = first.name
    metric.difference = onLogs ? portableExp(found.shift) : found.shift
    metric.differenceInterval = Interval(
      low: onLogs ? portableExp(found.interval.low) : found.interval.low,
      high: onLogs ? portableExp(found.interval.high) : found.interval.high)
    metric.p =
      onLogs
      ? mannWhitneyP(sorted: own, other) : kolmogorovSmirnov(sorted: own, other).p
    return metric
  }

  private func bought(_ account: ComparedAccount) -> Metric? {
    guard account.daily != nil, let bought = account.bought else { return nil }
    var metric = Metric(.bought, account.name, bought.estimate)
    metric.interval = Interval(low: bought.low, high: bought.high)
    return metric
  }

  private func shared(_ account: ComparedAccount, _ first: ComparedAccount?) -> Metric? {
    guard let first, !account.people.isEmpty, !first.people.isEmpty else { return nil }
    let both = account.people.reduce(0) { $0 + (firstPeople.contains($1) ? 1 : 0) }
    var metric = Metric(.shared, account.name, Double(both))
    metric.versus = first.name
    metric.n = account.people.count
    return metric
  }

  /// The least value above a bound in two sorted lists.
  private func leastAbove(_ bound: Double, _ first: [Double], _ second: [Double]) -> Double? {
    [first, second].compactMap { values in values.first { $0 > bound } }.min()
  }

  private func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// Of more values the middles of as many equal parts of them in order: the shift between a list and
  /// itself is 0, where samples of both would differ.
  private func thinned(_ sorted: [Double]) -> [Double] {
    guard sorted.count > Self.mostForShift else { return sorted }
    let part = Double(sorted.count) / Double(Self.mostForShift)
    return (0..<Self.mostForShift).map { sorted[Int((Double($0) + 0.5) * part)] }
  }
}
