import Columns
import Plans
import Statistics

/// The overlaps of events with other accounts.
///
/// Its inputs are pairs: a classified list with `#key`, and its events. O(rows × accounts), of more than a few
/// those with events.
struct OverlapAnalysis: Analysis {
  let title = "overlap of events"
  let keepsRows = false
  let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "start", type: .date),
    Field(name: "end", type: .date), Field(name: "other", type: .string),
    Field(name: "members", type: .int), Field(name: "shared", type: .int),
    Field(name: "universe", type: .int), Field(name: "other_in_universe", type: .int),
    Field(name: "lift", type: .float), Field(name: "p", type: .float),
    Field(name: "kind", type: .string), Field(name: "jaccard", type: .float),
    Field(name: "block_shared", type: .int), Field(name: "block_lift", type: .float),
  ]

  func columnNames(ofInput index: Int) -> Set<String> {
    index % 2 == 0
      ? ["#account", "#key", "#followed", "#day", "authenticity"] : ["account", "start", "end"]
  }

  private struct Event {
    let event: OverlapEvent
    let days: ClosedRange<Int64>

    init(event: OverlapEvent, days: ClosedRange<Int64>) { (self.event, self.days) = (event, days) }

    /// A stretch of days of an account whose days are known.
    init(sought event: OverlapEvent, _ accounts: [OverlapAccount]) {
      let rows = event.rows.first.map { $0..<($0 + event.rows.count) } ?? 0..<0
      self.init(event: event, days: accounts[event.account].days(of: rows) ?? 0...0)
    }
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let lists = stride(from: 0, to: inputs.count, by: 2).map { inputs[$0] }
    let people = try PersonNumbers(lists.map { $0.keys }, context)
    var accounts: [AccountMembers] = []
    var events: [Event] = []
    for (index, list) in lists.enumerated() {
      let own = try AccountMembers.all(
        list, people.lists[index], people: people.count, context)
      events += found(inputs[2 * index + 1], own, before: accounts.count)
      accounts += own
    }
    let members = accounts.map(\.account)
    let search = try EventOverlapSearch(
      members, events.map(\.event), people: people.count, thresholds: OverlapThresholds(),
      forEach: context.forEach)
    let flagged = events.count
    events += search.events.dropFirst(flagged).map { Event(sought: $0, members) }
    let parts = try mapped(members.count, context.forEach) { search.overlaps(on: $0) }
    let reported = search.reported(parts.flatMap { $0 })
    let overlaps = reported.filter { !$0.isOneAudience }
    let rows = overlaps.map { row($0, accounts, events) }
    return AnalysisResult(
      columns: columns(of: rows, fields, wanted),
      notes: (rows.isEmpty && !reported.isEmpty ? [] : notes(rows, flagged, accounts))
        + sameAudiences(reported, accounts, events)
        + blocks(sharedBlocks(overlaps, members, events.map(\.event)), accounts))
  }

  /// The events of a list's accounts, with the rows of their members.
  private func found(
    _ table: Table, _ accounts: [AccountMembers], before: Int
  ) -> [Event] {
    var events: [Event] = []
    for row in 0..<table.rowCount {
      let cells = table.namedRow(row)
      guard case .string(let name)? = cells["account"], let start = cells["start"]?.integer,
        let end = cells["end"]?.integer, start <= end,
        let index = accounts.firstIndex(where: { $0.name == name })
      else { continue }
      let days = start...end
      let rows = accounts[index].places(on: days)
      if rows.isEmpty { continue }
      events.append(
        Event(event: OverlapEvent(account: before + index, rows: rows), days: days))
    }
    return events
  }

  private func row(
    _ overlap: EventOverlap, _ accounts: [AccountMembers], _ events: [Event]
  ) -> [Scalar] {
    let event = events[overlap.event]
    return [
      .string(accounts[event.event.account].name), .date(event.days.lowerBound),
      .date(event.days.upperBound), .string(accounts[overlap.other].name),
      .int(Int64(overlap.members)), .int(Int64(overlap.shared)), .int(Int64(overlap.universe)),
      .int(Int64(overlap.otherInUniverse)), .float(overlap.lift),
      .float(portableExp(overlap.lnP)),
      .string(overlap.kind == .sharedBlock ? "shared-block" : "followed-both"),
      .float(overlap.jaccard), overlap.block.map { .int(Int64($0.shared)) } ?? .null,
      overlap.block.map { .float($0.lift) } ?? .null,
    ]
  }

  private func notes(_ rows: [[Scalar]], _ events: Int, _ accounts: [AccountMembers]) -> [String] {
    if accounts.count < 2 { return ["one account alone shares nothing: name another list"] }
    let hasSought =
      accounts.count <= FollowersInLists.fewAccounts
      && accounts.count { !$0.account.days.isEmpty } > 1
    if rows.isEmpty {
      if events == 0, !hasSought {
        return ["no events, so nothing to look for on the other accounts"]
      }
      return [
        "\(events) events\(hasSought ? " and all other days" : "") looked at, none shared beyond "
          + "chance; fewer than 5 are never reported"
      ]
    }
    return [
      "likely inauthentic by the stated rules; not proof of a purchase, nor of who made it",
      "a block on a rival is sabotage with the same statistics",
    ]
  }

  /// Which accounts nearly all followers of another one follow too: the same list under two names, or a part.
  private func sameAudiences(
    _ overlaps: [EventOverlap], _ accounts: [AccountMembers], _ events: [Event]
  ) -> [String] {
    var said: Set<String> = []
    return overlaps.filter(\.isOneAudience).compactMap { overlap in
      let (own, other) = (
        accounts[events[overlap.event].event.account].name, accounts[overlap.other].name
      )
      let sentence =
        "nearly all followers of \(own) follow \(other) too: the same list under two names, or a part "
        + "of it; what they share is no sign, and is left out"
      return said.insert(sentence).inserted ? sentence : nil
    }
  }

  private func blocks(_ blocks: [SharedBlock], _ accounts: [AccountMembers]) -> [String] {
    blocks.filter { $0.accounts.count > 2 }.map { block in
      let names = block.accounts.map { accounts[$0].name }.joined(separator: ", ")
      return
        "one block on \(block.accounts.count) accounts: \(names); \(block.core.count) followers "
        + "are in at least three of its events"
    }
  }
}

extension EventOverlap {
  /// Nine of ten of those outside the event, and the fewest of whom that tells anything.
  private static let leastOutside = (share: 0.9, count: 50)

  /// Whether followers outside the event follow the other account as well, nearly all of them.
  fileprivate var isOneAudience: Bool {
    let outside = universe - members
    return outside >= Self.leastOutside.count
      && Double(otherInUniverse - shared) >= Self.leastOutside.share * Double(outside)
  }
}

/// What each pair of whole lists has in common.
///
/// Its inputs are lists with `#key`.
struct ListOverlapAnalysis: Analysis {
  let title = "overlap of lists"
  let keepsRows = false
  let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "other", type: .string),
    Field(name: "followers", type: .int), Field(name: "shared", type: .int),
    Field(name: "jaccard", type: .float), Field(name: "containment", type: .float),
  ]

  func columnNames(ofInput index: Int) -> Set<String> { ["#account", "#key"] }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let people = try PersonNumbers(inputs.map { $0.keys }, context)
    var accounts: [AccountMembers] = []
    for (index, list) in inputs.enumerated() {
      accounts += try AccountMembers.all(
        list, people.lists[index], people: people.count, context)
    }
    let members = accounts.map(\.account)
    let parts = try mapped(members.count, context.forEach) { other in
      listOverlaps(members, on: other, people: people.count)
    }
    let overlaps = parts.flatMap { $0 }
      .sorted { ($0.account, $0.other) < ($1.account, $1.other) }
    let rows = overlaps.map { overlap -> [Scalar] in
      [
        .string(accounts[overlap.account].name), .string(accounts[overlap.other].name),
        .int(Int64(overlap.followers)), .int(Int64(overlap.shared)), .float(overlap.jaccard),
        .float(overlap.containment),
      ]
    }
    return AnalysisResult(
      columns: columns(of: rows, fields, wanted),
      notes: ["whole lists share audiences: this is no evidence of anything bought"])
  }
}

extension Table {
  /// The column by which people are known.
  fileprivate var keys: Column {
    guard let keys = column("#key") else { preconditionFailure("a list without #key") }
    return keys
  }
}
