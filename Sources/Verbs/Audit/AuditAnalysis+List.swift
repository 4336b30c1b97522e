import Calendars
import Columns
import Plans
import Statistics

/// What the list is, who is in it, and what it cannot show.
extension AuditAnalysis {
  func addList(_ account: ComparedAccount, to page: inout AuditPage) {
    page.begin("The list")
    var text = "\(grouped(account.rowCount)) followers"
    if let stated = properties.statedFollowers, stated > 0 {
      let coverage = Double(account.rowCount) / Double(stated)
      text += " of \(grouped(Double(stated))) stated (\(percent(coverage)))"
      page.add("coverage", "", value: coverage)
    }
    text += "; platform \(properties.platform.rawValue), selection \(properties.selection.rawValue)"
    page.add("followers", text, value: Double(account.rowCount), n: account.rowCount)
    if let captured = properties.capturedAt {
      page.add("captured", "captured \(formatTime(micros: captured, zone: .utc))")
    }
    let times =
      source.hasTimes
      ? isInferred
        ? "follow times are inferred from the order of the list"
        : "follow times are a column of the list"
      : "no follow times: neither a column followed_at nor rows in follow order"
    page.add("times", times)
    if let growth = account.growth?.scaled(by: account.weight) {
      let half = normal95 * growth.variance.squareRoot()
      let interval = Interval(low: max(0, growth.rate - half), high: growth.rate + half)
      page.add(
        "per day",
        "\(short(growth.rate)) new followers a day outside events (\(short(interval.low)) to "
          + "\(short(interval.high))), over \(growth.days) days\(sampleWords(account))",
        value: growth.rate, interval: interval, n: growth.days)
    }
  }

  /// What a rate of a random sample is of.
  private func sampleWords(_ account: ComparedAccount) -> String {
    guard source.selection == .random else { return "" }
    return account.weight == nil ? ", of these rows alone" : ", scaled up from the sample"
  }

  func addClasses(_ account: ComparedAccount, _ list: Table, to page: inout AuditPage) {
    page.begin("Classes")
    let counts = account.counts
    for (name, count) in zip(ClassCounts.classes, counts.classes) where count > 0 {
      let share = Double(count) / Double(max(1, counts.total))
      page.add(
        name, "\(name): \(grouped(count)) (\(percent(share)))", value: share, n: counts.total)
    }
    let estimate = account.estimate
    guard estimate.isKnown else {
      page.add("fake (estimated)", "no follower could be judged: the share of fakes is not known")
      return
    }
    page.add(
      "fake (estimated)", estimated(estimate, counts), value: estimate.share,
      interval: estimate.shareRange, n: counts.total)
    for sentence in estimate.sentences(counts) { page.add("thresholds", sentence) }
    let called = Double(counts.classes[0]) / Double(max(1, counts.total))
    if called > 0.5 || estimate.shareRange.low > 0.5 {
      page.add(
        "mostly fake", "MOST OF THIS LIST IS LIKELY FAKE: a sign of a spam account", value: called)
    }
    if showsNames { addNames(account, list, to: &page) }
  }

  /// The share of fakes in words.
  private func estimated(_ estimate: FakeEstimate, _ counts: ClassCounts) -> String {
    let range =
      "from \(percent(estimate.shareRange.low)) to \(percent(estimate.shareRange.high))"
    guard let share = estimate.share else {
      return "fake \(range): nothing tells of \(percent(counts.unjudgedShare)) whether they are"
    }
    return
      "corrected for what the model misses and accuses wrongly: \(percent(share)) fake, \(range)"
  }

  /// The handles with the highest scores.
  private func addNames(_ account: ComparedAccount, _ list: Table, to page: inout AuditPage) {
    guard let names = list.column("screen_name"), names.type == .string,
      let scores = list.column("fake_score")?.doubles(),
      let accounts = list.column("#account")
    else { return }
    let (owners, numbers) = accounts.textNumbers()
    let rows = (0..<list.rowCount).filter {
      numbers.pointer[$0] >= 0 && owners[Int(numbers.pointer[$0])] == account.name
        && scores.pointer[$0] >= source.classification.thresholds.fake
    }.sorted { (scores.pointer[$1], $0) < (scores.pointer[$0], $1) }.prefix(10)
    let handles = rows.compactMap { row -> String? in
      guard case .string(let name)? = list.namedRow(row)["screen_name"] else { return nil }
      return "@\(name)"
    }
    if !handles.isEmpty {
      page.add("names", "highest scores: \(handles.joined(separator: ", "))", n: handles.count)
    }
  }

  func addRatio(_ account: ComparedAccount, to page: inout AuditPage) {
    let ratios = account.ratios.sorted
    guard !ratios.isEmpty else { return }
    page.begin("Following and followers")
    let middle = ratios[ratios.count / 2]
    let interval = quantileRanks(count: ratios.count).map {
      Interval(low: ratios[$0.low - 1], high: ratios[$0.high - 1])
    }
    let range = interval.map { " (\(short($0.low)) to \(short($0.high)))" } ?? ""
    page.add(
      "median ratio",
      "the typical follower follows \(short(middle))\(range) times as many as follow it",
      value: middle, interval: interval, n: ratios.count)
    for (edge, words) in [(10.0, "10 times"), (50.0, "50 times")] {
      let count = ratios.reduce(0) { $0 + ($1 >= edge ? 1 : 0) }
      let share = Double(count) / Double(ratios.count)
      page.add(
        "follow \(words)", "\(percent(share)) follow at least \(words) as many as follow them",
        value: share, interval: wilsonInterval(successes: count, trials: ratios.count),
        n: ratios.count)
    }
  }

  func addUnseen(_ account: ComparedAccount, to page: inout AuditPage) {
    page.begin("What could not be seen")
    page.add(
      "survivors",
      "followers that have left since: purges and refunds make a purchase smaller or invisible")
    if !source.hasTimes {
      page.add("times", "when anybody followed: no spikes, no drips, no cohort evidence")
    } else {
      page.add(
        "small drips",
        "drips of fewer than about 100 accounts, or well padded ones with scattered creation dates")
    }
    if isInferred {
      page.add("inferred", "events of less than three times the usual, since times are inferred")
    }
    let missing = [
      "followers", "friends", "statuses", "favourites", "listed", "description", "created_at",
    ].filter { !source.columns.contains($0) }
    if !missing.isEmpty {
      page.add(
        "columns", "profile columns that are not in the list: \(missing.joined(separator: ", "))")
    }
    if !hasLog { page.add("engagement", "engagement: there is no log of likes and replies") }
    if source.isPart {
      page.add(
        "part",
        "the rest of the list: shares and numbers of followers (bought, authentic, active) are of these "
          + "\(grouped(account.rowCount)) rows")
    }
    if properties.selection == .unknown {
      page.add(
        "selection", "whether these rows are the whole list: say so with load … with selection")
    }
    page.add(
      "caution",
      "Likely inauthentic by the stated rules; not proof of a purchase, nor of who made it.")
  }

  func addProvenance(to page: inout AuditPage) {
    page.begin("Provenance")
    for path in properties.sources {
      let hash = hashOfFile(path).map { "SHA-256 \($0)" } ?? "no hash: it cannot be read any more"
      page.add("file", "\(path): \(hash)")
    }
    if properties.sources.isEmpty { page.add("file", "made in this session") }
    page.add(
      "version",
      "Decoy \(decoyVersion), model \(source.classification.scorecard.name), options: \(options)")
  }

  func short(_ value: Double) -> String {
    value >= 100 ? grouped(value) : ((value * 100).rounded() / 100).description
  }
}
