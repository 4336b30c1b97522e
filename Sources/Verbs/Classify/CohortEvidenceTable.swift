import Calendars
import Columns
import Statistics

/// What spikes and drips say of the followers in them: a prior, and the weight of a creation window.
///
/// Methods: part 11. Within a spike that is bought-like or unusual the prior is its bought score times
/// excess over cohort; creation inside its window weighs q₁ / q₀, outside (1 − q₁) / (1 − q₀). Within a
/// drip the prior of those made in its creation dates is the excess over the followers of the stretch that were
/// made in them, for each range of dates by itself; without such dates, the excess over all its followers.
struct CohortEvidenceTable: Sendable {
  struct Cohort: Sendable {
    let days: ClosedRange<Int>
    fileprivate(set) var prior: Double
    /// Creation days, where they tell; nil for all.
    fileprivate(set) var created: ClosedRange<Int>?
    /// ln of what creation inside and outside of the window weighs.
    var inside = 0.0
    var outside = 0.0
    /// The number of its sentence: `one of 1,598 that followed on 2015-05-02`.
    let sentence: Int
    let isSpike: Bool
    /// The followers that a spike's days have without it, of which the window's weights are made.
    fileprivate(set) var expected = 0.0
    /// How many followers of a drip are more than expected, and the ranges of dates it has by itself.
    fileprivate var excess = 0.0
    fileprivate var dates: [ClosedRange<Int>] = []
  }

  private var cohorts: [ExactText: [Cohort]] = [:]
  /// What is said of the members of each cohort.
  private(set) var sentences: [String] = []

  /// Takes the tables of `spike` and `drip`.
  init(spikes: Table, drips: Table?) {
    for row in 0..<spikes.rowCount { addSpike(spikes.namedRow(row)) }
    if let drips {
      for row in 0..<drips.rowCount { addDrip(drips.namedRow(row)) }
    }
  }

  private mutating func addSpike(_ cells: [String: Scalar]) {
    guard case .string(let account)? = cells["account"],
      case .string(let verdict)? = cells["verdict"], let days = Self.days(cells),
      verdict == "bought-like" || verdict == "unusual",
      let score = cells["bought_score"]?.number, let excess = cells["excess"]?.number,
      let count = cells["cohort"]?.integer, count > 0, let expected = cells["expected"]?.number
    else { return }
    let prior = min(0.99, max(0, score * max(0, excess) / Double(count)))
    let from = formatDate(days: days.lowerBound)
    let to = days.count > 1 ? " to \(formatDate(days: days.upperBound))" : ""
    add(
      "one of \(count) that followed on \(from)\(to)",
      Cohort(
        days: days, prior: prior, created: Self.created(cells), sentence: sentences.count,
        isSpike: true, expected: expected), to: account)
  }

  private mutating func addDrip(_ cells: [String: Scalar]) {
    guard case .string(let account)? = cells["account"], let days = Self.days(cells),
      let excess = cells["excess"]?.number, let followers = cells["followers"]?.integer,
      followers > 0
    else { return }
    var dates: [CreatedDates] = []
    if case .string(let text)? = cells["created_in"] { dates = CreatedDates.dates(text) }
    add(
      "came in a drip of \(Int(excess.rounded())) from "
        + "\(formatDate(days: days.lowerBound)) to \(formatDate(days: days.upperBound))",
      Cohort(
        days: days, prior: min(0.95, max(0, excess / Double(followers))), created: nil,
        sentence: sentences.count, isSpike: false, excess: excess, dates: dates.map(\.days)),
      to: account)
  }

  private mutating func add(_ sentence: String, _ cohort: Cohort, to account: String) {
    sentences.append(sentence)
    cohorts[ExactText(account), default: []].append(cohort)
  }

  /// The days of each spike of an account that looks bought or unusual.
  func spikeDays(of account: String) -> [ClosedRange<Int>] {
    (cohorts[ExactText(account)] ?? []).filter(\.isSpike).map(\.days)
  }

  private static func days(_ cells: [String: Scalar]) -> ClosedRange<Int>? {
    guard let start = cells["start"]?.integer, let end = cells["end"]?.integer, start <= end
    else { return nil }
    return Int(start)...Int(end)
  }

  private static func created(_ cells: [String: Scalar]) -> ClosedRange<Int>? {
    guard let from = cells["created_from"]?.integer, let to = cells["created_to"]?.integer,
      from <= to
    else { return nil }
    return Int(from)...Int(to)
  }

  /// The cohorts of an account, the creation windows of its spikes and the dates of its drips weighed by its rows.
  ///
  /// The account's periods are days; `created` has the days of signing up of its rows, `Int32.min` where unknown.
  func weighed(_ account: AccountRows.Account, created: BufferSlice<Int32>) -> [Cohort] {
    let own = cohorts[ExactText(account.name)] ?? []
    let spikes = own.filter(\.isSpike)
    return own.flatMap { cohort -> [Cohort] in
      if !cohort.dates.isEmpty { return byDates(cohort, among: own, account, created) }
      guard cohort.isSpike, let window = cohort.created else { return [cohort] }
      var (members, usual) = (WindowCount(), WindowCount())
      for (period, day) in zip(0..<account.periodCount, account.first...) {
        let isUsual = !spikes.contains { $0.days.contains(day) }
        guard isUsual || cohort.days.contains(day) else { continue }
        let own = created.part(account.starts[period]..<account.starts[period + 1])
        let counted = WindowCount(own, day: day, window: window)
        if isUsual { usual.add(counted) } else { members.add(counted) }
      }
      return [cohort.weighed(members, usual)]
    }
  }

  /// A cohort for each range of dates of a drip, with a prior of its own; days of spikes and of other drips tell
  /// nothing.
  private func byDates(
    _ drip: Cohort, among all: [Cohort], _ account: AccountRows.Account,
    _ created: BufferSlice<Int32>
  ) -> [Cohort] {
    var counts = DripDates(drip.dates)
    for (period, day) in zip(0..<account.periodCount, account.first...) {
      let isMember = drip.days.contains(day)
      let isElsewhere = all.contains { ($0.isSpike || !isMember) && $0.days.contains(day) }
      guard !isElsewhere else { continue }
      counts.add(
        created.part(account.starts[period]..<account.starts[period + 1]), day: day,
        isMember: isMember)
    }
    return zip(drip.dates, counts.priors(excess: drip.excess)).map { range, prior in
      var cohort = drip
      (cohort.created, cohort.prior) = (range, prior)
      return cohort
    }
  }
}

/// How many followers were old enough at following, and how many of them were made in a window.
private struct WindowCount {
  private(set) var all = 0
  private(set) var inside = 0

  init() {}

  /// Those who sign up to follow come in waves of their own: only those older than 30 days count.
  init(_ created: BufferSlice<Int32>, day: Int, window: ClosedRange<Int>) {
    let latest = Int32(clamping: day - 30)
    let (from, to) = (Int32(clamping: window.lowerBound), Int32(clamping: window.upperBound))
    var (all, inside): (Int32, Int32) = (0, 0)
    for made in created.elements {
      let isOld: Int32 = (made != .min ? 1 : 0) & (made < latest ? 1 : 0)
      all &+= isOld
      inside &+= isOld & (made >= from ? 1 : 0) & (made <= to ? 1 : 0)
    }
    (self.all, self.inside) = (Int(all), Int(inside))
  }

  mutating func add(_ other: WindowCount) {
    all += other.all
    inside += other.inside
  }
}

extension CohortEvidenceTable.Cohort {
  fileprivate func weighed(
    _ members: WindowCount, _ usual: WindowCount
  ) -> CohortEvidenceTable.Cohort {
    var weighed = self
    let q0 = (Double(usual.inside) + 0.5) / (Double(usual.all) + 1)
    // The normal followers of the days are among the members; at least one is bought.
    let normal = min(expected, Double(members.all) - 1)
    guard members.all > 1, normal >= 0 else { return self }
    let bought = (Double(members.inside) - normal * q0) / (Double(members.all) - normal)
    let q1 = min(0.999, max(0.001, bought))
    guard q1 > q0 else { return self }
    weighed.inside = portableLog(q1 / q0)
    weighed.outside = portableLog((1 - q1) / (1 - q0))
    return weighed
  }

  /// The log odds that the cohort gives a follower made on a day (nil: unknown) less those of the base
  /// rate, and whether its creation date is what speaks; nil where it says nothing of it.
  func logOdds(made: Int?, baseRate: Double) -> (gain: Double, isInWindow: Bool)? {
    let base = portableLog(baseRate / (1 - baseRate))
    let own = portableLog(max(1e-6, prior) / (1 - prior))
    guard let created else { return prior > baseRate ? (own - base, false) : nil }
    guard let made else { return isSpike && prior > baseRate ? (own - base, false) : nil }
    let isInside = created.contains(made)
    if !isSpike { return isInside && prior > baseRate ? (own - base, true) : nil }
    return (max(own, base) - base + (isInside ? inside : outside), isInside)
  }
}
