import Calendars
import Columns
import Plans
import Statistics

/// The drips of follower lists.
///
/// Reads `#account #followed #day #created #low` of the list and `account start end kind` of its spikes. O(n) and
/// a few million steps an account.
struct DripAnalysis: EventAnalysis {
  /// Whether there is a low-quality flag.
  let hasFlag: Bool
  /// Whether times are inferred, and events smeared by that.
  let isInferred: Bool
  /// Whether the reader is told what was seen.
  let isTold: Bool

  /// The followers and days fewer than which an account is not searched.
  private static let fewestRows = 50
  private static let fewestDays = 28
  /// Accounts that are searched at once: what is counted of each is kept until all signs were looked for.
  private static let together = 16

  let title = "drip"
  let keepsRows = false
  let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "start", type: .date),
    Field(name: "end", type: .date), Field(name: "followers", type: .int),
    Field(name: "excess", type: .float), Field(name: "per_day", type: .float),
    Field(name: "p", type: .float), Field(name: "bands", type: .int),
    Field(name: "channel", type: .string), Field(name: "created_from", type: .date),
    Field(name: "created_to", type: .date), Field(name: "created_in", type: .string),
    Field(name: "why", type: .string),
  ]

  func columnNames(ofInput index: Int) -> Set<String> {
    if index > 0 { return ["account", "start", "end", "kind"] }
    let columns: Set<String> = ["#account", "#followed", "#day", "#created"]
    return hasFlag ? columns.union(["#low"]) : columns
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let table = inputs[0]
    guard let created = table.column("#created") else {
      preconditionFailure("a list without #created")
    }
    let accounts = try context.rowsByDay(table)
    let low = hasFlag ? table.column("#low") : nil
    let columns = try DripColumns(table, accounts, low: low, context)
    let masks = EventMasks(inputs[1], edge: isInferred ? FollowerList.inferredEdge : 0)
    let refusals = accounts.accounts.compactMap { refusal($0) }
    let searched = accounts.largestFirst.filter { refusal(accounts.accounts[$0]) == nil }
    var found = [[[Scalar]]](repeating: [], count: accounts.accounts.count)
    for start in stride(from: 0, to: searched.count, by: Self.together) {
      let some = Array(searched[start..<min(searched.count, start + Self.together)])
      let drips = try drips(of: some.count, context) { place in
        columns.list(some[place], accounts.accounts[some[place]], masks)
      }
      for (index, drips) in zip(some, drips) {
        found[index] = drips.map { row($0, accounts.accounts[index]) }
      }
    }
    let rows = found.flatMap { $0 }
    let isSearched = refusals.count < accounts.accounts.count
    let told = isTold ? refusals : []
    return AnalysisResult(
      columns: Verbs.columns(of: rows, fields, wanted),
      notes: told + notes(rows, created, isSearched: isSearched))
  }

  /// The drips of some lists, on all cores: each sign of each list by itself, so that no core waits for the signs of
  /// one list.
  private func drips(
    of count: Int, _ context: AnalysisContext, list: @escaping @Sendable (Int) -> DripList
  ) throws(AnalysisFailure) -> [[DripSegment]] {
    let searches = try mapped(count, context.forEach) { DripSearch(list($0)) }
    let signs = DripSearch.Sign.allCases
    let segments = try mapped(signs.count * count, context.forEach) { index in
      searches[index % count].segments(signs[index / count])
    }
    return try mapped(count, context.forEach) { place in
      searches[place].drips(signs.indices.flatMap { segments[$0 * count + place] })
    }
  }

  /// Why an account is not searched, if it is not.
  private func refusal(_ account: AccountRows.Account) -> String? {
    let (rows, days) = (account.rows.count, account.periodCount)
    guard rows < Self.fewestRows || days < Self.fewestDays else { return nil }
    return
      "\(account.name): no search for drips: \(rows) followers in \(days) days, and \(Self.fewestRows) in "
      + "\(Self.fewestDays) are needed"
  }

  private func row(_ drip: DripSegment, _ account: AccountRows.Account) -> [Scalar] {
    func date(_ day: Int?) -> Scalar { day.map { .date(Int64($0 + account.first)) } ?? .null }
    let from = drip.bands.map(\.lowerBound).min()
    let to = drip.bands.map(\.upperBound).max()
    let dates = drip.bands.map {
      CreatedDates(days: $0.lowerBound + account.first...$0.upperBound + account.first)
    }
    return [
      .string(account.name), date(drip.start), date(drip.end), .int(Int64(drip.followers)),
      .float(drip.excess), .float(drip.perDay), .float(min(1, portableExp(drip.lnP))),
      .int(Int64(drip.bands.count)), .string(drip.channels.text), date(from), date(to),
      dates.isEmpty ? .null : .string(CreatedDates.text(dates)), .string(why(drip, account)),
    ]
  }

  private func why(_ drip: DripSegment, _ account: AccountRows.Account) -> String {
    var reasons: [String] = []
    let dates = drip.bands.prefix(3).map { band in
      "\(formatDate(days: band.lowerBound + account.first)) to "
        + formatDate(days: band.upperBound + account.first)
    }
    if !dates.isEmpty {
      let more = drip.bands.count > 3 ? " and \(drip.bands.count - 3) more" : ""
      let whose = drip.channels.contains(.bands) ? "" : " among the low-quality followers"
      reasons.append(
        "accounts made \(dates.joined(separator: ", "))\(more) supply far more than those around "
          + "them, and than at other times\(whose)")
    }
    if drip.channels.contains(.lowQuality) {
      reasons.append(
        "the share of low quality rose and stayed up, with fewer among them who had just signed up")
    }
    return reasons.joined(separator: "; ")
  }

  private func notes(_ rows: [[Scalar]], _ created: Column, isSearched: Bool) -> [String] {
    guard isTold, isSearched else { return [] }
    var notes: [String] = []
    guard created.nullCount < created.rowCount else {
      return [
        "no creation times: they are what tells a drip from quiet people, and none was looked for"
      ]
    }
    if !hasFlag { notes.append("no low-quality flag: too few columns of profiles") }
    notes.append(
      rows.isEmpty
        ? "no drip; one of fewer than about 100 accounts, or of well padded accounts with scattered "
          + "creation dates, stays hidden"
        : "likely inauthentic by the stated rules; not proof of a purchase, nor of who made it")
    return notes
  }
}

extension DripSegment.Channels {
  /// The channels that saw it, in words.
  fileprivate var text: String {
    var parts: [String] = []
    if contains(.bands) { parts.append("creation") }
    if contains(.lowQualityBands) { parts.append("low-quality creation") }
    if contains(.lowQuality) { parts.append("low-quality share") }
    return parts.joined(separator: " + ")
  }
}

/// The columns of a list that drips are found by, by account.
private struct DripColumns: Sendable {
  /// Days since 1970, `Int32.min` where unknown.
  private let created: AccountValues<Int32>
  private let low: AccountValues<UInt8>?

  init(
    _ table: Table, _ accounts: AccountRows, low: Column?, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    self.created = try context.creationDays(table)
    guard let low else {
      self.low = nil
      return
    }
    let flags = try context.flags(low)
    self.low = try AccountValues(accounts, table, context) { block, _ in
      UnsafePointer(flags.pointer + block.start)
    }
  }

  /// An account by its number, days counted from its first period.
  func list(
    _ index: Int, _ account: AccountRows.Account, _ masks: EventMasks
  ) -> DripList {
    var isMasked = [Bool](repeating: false, count: account.periodCount)
    for span in masks.days(of: account.name) {
      for day in span where isMasked.indices.contains(day - account.first) {
        isMasked[day - account.first] = true
      }
    }
    // All times lie within 110 million days.
    let first = Int32(account.first)
    return DripList(
      dayStarts: (0...account.periodCount).map { account.starts[$0] },
      createdDays: created.values[index].each { $0 == .min ? .min : $0 &- first },
      isLowQuality: low.map { low in low.values[index].each { $0 > 0 } }, isMasked: isMasked)
  }
}

/// The days that events and gaps take out of a series: what `spike` reports is not counted again as a drip.
private struct EventMasks: Sendable {
  private var spans: [ExactText: [ClosedRange<Int>]] = [:]

  /// `edge`: days on either side of an event that are taken out with it.
  init(_ events: Table, edge: Int) {
    for row in 0..<events.rowCount {
      let cells = events.namedRow(row)
      guard case .string(let account)? = cells["account"], let start = cells["start"]?.integer,
        let end = cells["end"]?.integer, start <= end
      else { continue }
      let edge = cells["kind"] == .string("gap") ? 0 : edge
      spans[ExactText(account), default: []].append(Int(start) - edge...Int(end) + edge)
    }
  }

  func days(of account: String) -> [ClosedRange<Int>] { spans[ExactText(account)] ?? [] }
}
