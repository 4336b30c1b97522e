import Calendars
import Columns
import Statistics

/// What came in events, where else it sits, and what is reached.
extension AuditAnalysis {
  /// Events that are told one by one.
  private static let most = 8

  func addSpikes(_ account: ComparedAccount, _ events: Table, to page: inout AuditPage) {
    page.begin("Spikes")
    let all = events.rows(of: account.name)
    let spikes = all.filter { $0["kind"] == .string("spike") || $0["kind"] == .string("catch-up") }
      .sorted { ($0["excess"]?.number ?? 0) > ($1["excess"]?.number ?? 0) }
    if spikes.isEmpty { page.add("none", "no day stands out from the account's own baseline") }
    for event in spikes.prefix(Self.most) { page.addSpike(event) }
    if spikes.count > Self.most {
      page.add("more", "and \(spikes.count - Self.most) more: | spike", n: spikes.count)
    }
    if !spikes.isEmpty, let bought = account.bought {
      page.add(
        "bought in spikes",
        "of all of them about \(grouped(bought.estimate)) were likely bought (\(grouped(bought.low)) "
          + "to \(grouped(bought.high)))",
        value: bought.estimate, interval: Interval(low: bought.low, high: bought.high),
        n: spikes.count)
    } else if !spikes.isEmpty {
      page.add(
        "bought in spikes", "how many of them were bought is not known: none could be judged",
        n: spikes.count)
    }
    for event in all where event["kind"] == .string("gap") {
      page.add("gap", "\(Self.days(event)): no new follower, longer than chance allows")
    }
  }

  func addDrips(_ account: ComparedAccount, _ segments: Table, to page: inout AuditPage) {
    page.begin("Drips")
    let rows = segments.rows(of: account.name)
    if rows.isEmpty {
      page.add(
        "none",
        hasCreation
          ? "no slow purchase was found" : "none was looked for: there are no creation times")
    }
    for row in rows.prefix(Self.most) {
      let excess = row["excess"]?.number ?? 0
      page.add(
        "drip",
        "\(Self.days(row)): at least \(grouped(excess)) more than expected, "
          + "\(short(row["per_day"]?.number ?? 0)) a day: \(Self.text(row["why"]))",
        value: excess, n: row["followers"]?.integer.map { Int($0) })
    }
  }

  /// Whether there may be creation times: in a column, or in Twitter's ids.
  private var hasCreation: Bool {
    source.columns.contains("created_at") || properties.platform == .twitter
  }

  func addOverlap(_ account: ComparedAccount, _ overlaps: Table, to page: inout AuditPage) {
    page.begin("Overlap")
    let rows = overlaps.rows(of: account.name)
    if rows.isEmpty {
      page.add(
        "none", "no event's followers sit on \(others.joined(separator: ", ")) beyond chance")
    }
    for row in rows.prefix(Self.most) {
      page.add(
        Self.text(row["kind"]),
        "\(Self.days(row)): \(grouped(row["shared"]?.number ?? 0)) of "
          + "\(grouped(row["members"]?.number ?? 0)) follow \(Self.text(row["other"])) too, "
          + "\(short(row["lift"]?.number ?? 0)) times as often as the rest: \(Self.text(row["kind"]))",
        value: row["lift"]?.number, n: row["members"]?.integer.map { Int($0) })
    }
  }

  func addReach(_ account: ComparedAccount, _ reach: Table, to page: inout AuditPage) {
    guard let row = reach.rows(of: account.name).first else { return }
    page.begin("Reach")
    guard let low = row["authentic_lo"]?.number, let high = row["authentic_hi"]?.number else {
      page.add(
        "authentic", "no follower could be judged: how many are authentic is not known",
        n: account.rowCount)
      return
    }
    let interval = Interval(low: low, high: high)
    let estimate = row["authentic_est"]?.number
    let range = "\(grouped(interval.low)) to \(grouped(interval.high))"
    page.add(
      "authentic",
      (estimate.map { "about \(grouped($0)) authentic followers (\(range))" }
        ?? "\(range) authentic followers: most could not be judged")
        + (row["active"]?.number.map { ", \(grouped($0)) of them active" } ?? ""),
      value: estimate, interval: interval, n: account.rowCount)
    if let gross = row["potential_gross"]?.number {
      let top =
        row["top10_share"]?.number.map { ", \(percent($0)) of them of the ten largest" } ?? ""
      page.add(
        "potential_gross",
        "the active ones have \(grouped(gross)) followers themselves, duplicates not removed\(top)",
        value: gross)
    }
  }

  fileprivate static func text(_ cell: Scalar?) -> String {
    if case .string(let text)? = cell { return text }
    return ""
  }

  fileprivate static func days(_ cells: [String: Scalar]) -> String {
    guard let start = cells["start"]?.integer, let end = cells["end"]?.integer else { return "" }
    let from = formatDate(days: Int(start))
    return start == end ? from : "\(from) to \(formatDate(days: Int(end)))"
  }
}

extension AuditPage {
  fileprivate mutating func addSpike(_ event: [String: Scalar]) {
    let excess = event["excess"]?.number ?? 0
    let low = event["excess_lo"]?.number ?? 0
    let high = event["excess_hi"]?.number ?? 0
    var text =
      "\(AuditAnalysis.days(event)): \(grouped(event["observed"]?.number ?? 0)) followed, "
      + "\(grouped(event["expected"]?.number ?? 0)) expected: \(AuditAnalysis.text(event["verdict"]))"
    if let bought = event["bought_est"]?.number, bought >= 1 {
      text +=
        ", about \(grouped(bought)) bought (\(grouped(event["bought_lo"]?.number ?? 0)) to "
        + "\(grouped(event["bought_hi"]?.number ?? 0)))"
    }
    add(
      AuditAnalysis.text(event["verdict"]), "\(text); \(AuditAnalysis.text(event["why"]))",
      value: excess, interval: Interval(low: low, high: high),
      n: event["cohort"]?.integer.map { Int($0) })
  }
}
