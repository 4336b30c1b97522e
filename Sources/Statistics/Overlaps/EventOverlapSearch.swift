import Glibc

/// The search for overlaps of events with other accounts, an account at a time.
///
/// Part 6 of the method: Fisher's exact test within the event and the account's followers outside all
/// events, Benjamini–Hochberg over all pairs, lift and count. Beyond it, blocks of the other list are
/// tried as well as the whole: one seller's accounts that both bought stand close together there, where
/// a shared audience does not dilute them (`strongest`). O(rows of all lists × accounts with
/// events) time, four bytes a person.
package struct EventOverlapSearch: Sendable {
  private let accounts: [OverlapAccount]
  private let events: [OverlapEvent]
  private let thresholds: OverlapThresholds
  /// One more than the highest number of a person.
  private let people: Int
  private let isInEvent: [[Bool]]

  package init(
    _ accounts: [OverlapAccount], _ events: [OverlapEvent], thresholds: OverlapThresholds
  ) {
    self.accounts = accounts
    self.events = events
    self.thresholds = thresholds
    people = accounts.people
    var flags = accounts.map { [Bool](repeating: false, count: $0.members.count) }
    for event in events {
      for row in event.rows { flags[event.account][row] = true }
    }
    isInEvent = flags
  }

  /// Those of the other accounts' events with one account, whatever their strength.
  package func overlaps(on other: Int) -> [EventOverlap] {
    guard events.contains(where: { $0.account != other }) else { return [] }
    let rows = MemberRows(accounts[other], people: people)
    let length = accounts[other].members.count
    var quiet: [Int: PlacesInList] = [:]
    var overlaps: [EventOverlap] = []
    for (index, event) in events.enumerated() where event.account != other {
      let members = accounts[event.account].members
      let usual =
        quiet[event.account]
        ?? PlacesInList(members, outside: isInEvent[event.account], rows, length: length)
      quiet[event.account] = usual
      let own = PlacesInList(members, event.rows, rows, length: length)
      var overlap = strongest(own, usual, length: length, thresholds)
      (overlap.event, overlap.other) = (index, other)
      judge(&overlap, event, own, rows)
      overlaps.append(overlap)
    }
    return overlaps
  }

  /// Those that chance does not explain among the overlaps on all accounts, strongest first.
  package func reported(_ all: [EventOverlap]) -> [EventOverlap] {
    var overlaps = all
    let adjusted = benjaminiHochbergAdjusted(overlaps.map { exp($0.lnP) })
    for index in overlaps.indices { overlaps[index].q = adjusted[index] }
    return overlaps.filter {
      $0.q <= thresholds.q && ($0.block?.lift ?? $0.lift) >= thresholds.lift
        && $0.shared >= thresholds.shared
    }.sorted { ($0.lnP, $0.event, $0.other) < ($1.lnP, $1.event, $1.other) }
  }
}

extension EventOverlapSearch {
  /// Sets the nearest event, the suspects, the closeness and the kind.
  private func judge(
    _ overlap: inout EventOverlap, _ event: OverlapEvent, _ own: PlacesInList, _ rows: MemberRows
  ) {
    guard overlap.shared >= thresholds.shared else { return }
    let account = accounts[event.account]
    let length = accounts[overlap.other].members.count
    let block = overlap.block?.rows ?? 0..<length
    let sharedRows = event.rows.filter {
      rows.row(of: account.members[$0]).map(block.contains) ?? false
    }
    let places = sharedRows.compactMap { rows.row(of: account.members[$0]) }.sorted()
    overlap.halfSpan = halfSpan(places, length)
    let isClose = overlap.block != nil || lnCloseness(places, length) < log(1e-4)
    if let isSuspect = account.isSuspect {
      let suspects = sharedRows.reduce(0) { $0 + (isSuspect[$1] ? 1 : 0) }
      overlap.suspectShare = Double(suspects) / Double(max(1, sharedRows.count))
      let limits = wilsonInterval(successes: suspects, trials: sharedRows.count)
      let usual = isSuspect.reduce(0.0) { $0 + ($1 ? 1 : 0) } / Double(max(1, isSuspect.count))
      let isSuspectBlock = limits.high >= thresholds.suspectShare && limits.low > usual
      if isClose, isSuspectBlock { overlap.kind = .sharedBlock }
    }
    for (index, candidate) in events.enumerated() where candidate.account == overlap.other {
      let both = candidate.rows.reduce(0) { $0 + (own.ranks.contains($1) ? 1 : 0) }
      let jaccard = Double(both) / Double(event.rows.count + candidate.rows.count - both)
      if both > 0, jaccard > overlap.jaccard {
        (overlap.nearest, overlap.jaccard) = (index, jaccard)
      }
    }
  }
}
