import Calendars
import Columns
import Statistics

/// What spikes and drips say of the followers in them: a prior, and the weight of a creation window.
///
/// Methods: part 11. Within a spike that is bought-like or unusual the prior is its bought score times
/// excess over cohort; creation inside its window weighs q₁ / q₀, outside (1 − q₁) / (1 − q₀). Within a
/// drip the prior is excess over followers, for those made in its creation dates.
struct CohortEvidenceTable: Sendable {
  struct Cohort: Sendable {
    let days: ClosedRange<Int>
    let prior: Double
    /// Creation days, where they tell; nil for all.
    let created: ClosedRange<Int>?
    /// ln of what creation inside and outside of the window weighs.
    var inside = 0.0
    var outside = 0.0
    /// As a reason: `one of 1,598 that followed on 2015-05-02`.
    let words: String
    let isSpike: Bool
    /// What the window's weights are made of.
    fileprivate let expected: Double
  }

  private(set) var cohorts: [String: [Cohort]] = [:]

  /// Takes the tables of `spike` and `drip`.
  init(spikes: Table, drips: Table) {
    for row in 0..<spikes.rowCount { addSpike(spikes.namedRow(row)) }
    for row in 0..<drips.rowCount { addDrip(drips.namedRow(row)) }
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
    cohorts[account, default: []].append(
      Cohort(
        days: days, prior: prior, created: Self.created(cells),
        words: "one of \(count) that followed on \(from)\(to)", isSpike: true, expected: expected))
  }

  private mutating func addDrip(_ cells: [String: Scalar]) {
    guard case .string(let account)? = cells["account"], let days = Self.days(cells),
      let excess = cells["excess"]?.number, let followers = cells["followers"]?.integer,
      followers > 0
    else { return }
    let prior = min(0.95, max(0, excess / Double(followers)))
    cohorts[account, default: []].append(
      Cohort(
        days: days, prior: prior, created: Self.created(cells),
        words: "came in a drip of \(Int(excess.rounded())) from "
          + "\(formatDate(days: days.lowerBound)) to \(formatDate(days: days.upperBound))",
        isSpike: false, expected: 0))
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

  /// Weighs the creation windows of an account's spikes by its rows.
  ///
  /// `days` and `made` are follow and creation days of its followers, `Int64.min` where unknown.
  mutating func weigh(_ account: String, rows: [Int32], days: [Int64], made: [Int64]) {
    guard let own = cohorts[account] else { return }
    let spikes = own.filter(\.isSpike)
    cohorts[account] = own.map { cohort in
      guard cohort.isSpike, let window = cohort.created else { return cohort }
      var (inside, members, usualInside, usual) = (0, 0, 0, 0)
      for row in rows {
        let (day, born) = (days[Int(row)], made[Int(row)])
        // Those who sign up to follow come in waves of their own.
        guard day != .min, born != .min, day - born > 30 else { continue }
        let isInside = window.contains(Int(born))
        if cohort.days.contains(Int(day)) {
          members += 1
          inside += isInside ? 1 : 0
        } else if !spikes.contains(where: { $0.days.contains(Int(day)) }) {
          usual += 1
          usualInside += isInside ? 1 : 0
        }
      }
      return cohort.weighed(inside, members, usualInside, usual)
    }
  }
}

extension CohortEvidenceTable.Cohort {
  fileprivate func weighed(
    _ inside: Int, _ members: Int, _ usualInside: Int, _ usual: Int
  ) -> CohortEvidenceTable.Cohort {
    var weighed = self
    let q0 = (Double(usualInside) + 0.5) / (Double(usual) + 1)
    // The normal followers of the days are among the members; at least one is bought.
    let normal = min(expected, Double(members) - 1)
    guard members > 1, normal >= 0 else { return self }
    let bought = (Double(inside) - normal * q0) / (Double(members) - normal)
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
