import Glibc

/// How the followers of an event sit on another account.
package struct EventOverlap: Hashable, Sendable {
  /// Indices of the event and of the other account.
  package var event: Int
  package var other: Int
  /// Followers of the event, and how many of them follow the other account.
  package var members: Int
  package var shared: Int
  /// The event and the account's followers outside all events, and how many of them follow the other.
  package var universe: Int
  package var otherInUniverse: Int
  /// How many times as likely members follow the other account as the rest of the universe.
  package var lift: Double
  /// ln of the chance of as many shared by the hypergeometric law, and the Benjamini–Hochberg q.
  ///
  /// That of the whole list or of the block, whichever says more, corrected for all that were tried.
  package var lnP: Double
  package var q: Double
  /// The rows of the other list where the members stand out more than in the whole of it.
  package var block: OverlapBlock?
  package var kind: Kind
  /// The event of the other account that shares most members, and the Jaccard index with it.
  package var nearest: Int?
  package var jaccard: Double
  /// The share of the shared members that is suspect, if known.
  package var suspectShare: Double?
  /// The share of the other list that holds the densest half of the shared members.
  package var halfSpan: Double

  /// What the overlap looks like.
  package enum Kind: Hashable, Sendable {
    /// Shared members come close together on the other account too and are mostly suspect.
    case sharedBlock
    case followedBoth
  }
}

/// A stretch of another account's list that holds many of an event's members.
package struct OverlapBlock: Hashable, Sendable {
  package var rows: Range<Int>
  /// Members within it, and their lift there.
  package var shared: Int
  package var lift: Double
}

/// What an overlap must exceed to be reported.
package struct OverlapThresholds: Sendable {
  /// False discovery rate over all pairs of event and other account.
  package var q = 0.001
  package var lift = 1.5
  package var shared = 5
  /// The share of shared members that must be suspect, within error, to call them a block.
  package var suspectShare = 0.5

  package init() {}
}

/// The overlaps of events with other accounts that chance does not explain, strongest first.
///
/// Part 6 of the method: Fisher's exact test within the event and the account's followers outside all
/// events, Benjamini–Hochberg over all pairs, lift and count. Beyond it, blocks of the other list are
/// tried as well as the whole: one seller's accounts that both bought stand close together there, where
/// a shared audience does not dilute them (`strongest`). O(rows of all lists × accounts with
/// events) time, four bytes a person.
package func eventOverlaps(
  _ accounts: [OverlapAccount], _ events: [OverlapEvent], thresholds: OverlapThresholds
) -> [EventOverlap] {
  let people = 1 + accounts.reduce(0) { max($0, Int($1.members.max() ?? -1)) }
  let isInEvent = rowsInEvents(accounts, events)
  var overlaps: [EventOverlap] = []
  for other in accounts.indices {
    let rows = MemberRows(accounts[other], people: people)
    var quiet: [Int: PlacesInList] = [:]
    for (index, event) in events.enumerated() where event.account != other {
      let account = accounts[event.account]
      let usual =
        quiet[event.account] ?? PlacesInList(account, rows) { !isInEvent[event.account][$0] }
      quiet[event.account] = usual
      let own = PlacesInList(account.members, event.rows, rows)
      var overlap = strongest(own, usual, length: accounts[other].members.count, thresholds)
      (overlap.event, overlap.other) = (index, other)
      judge(&overlap, event, accounts, events, rows, thresholds)
      overlaps.append(overlap)
    }
  }
  let adjusted = benjaminiHochbergAdjusted(overlaps.map { exp($0.lnP) })
  for index in overlaps.indices { overlaps[index].q = adjusted[index] }
  return overlaps.filter {
    $0.q <= thresholds.q && ($0.block?.lift ?? $0.lift) >= thresholds.lift
      && $0.shared >= thresholds.shared
  }.sorted { ($0.lnP, $0.event, $0.other) < ($1.lnP, $1.event, $1.other) }
}

private func rowsInEvents(_ accounts: [OverlapAccount], _ events: [OverlapEvent]) -> [[Bool]] {
  var flags = accounts.map { [Bool](repeating: false, count: $0.members.count) }
  for event in events {
    for row in event.rows { flags[event.account][row] = true }
  }
  return flags
}

/// Sets the nearest event, the suspects, the closeness and the kind.
private func judge(
  _ overlap: inout EventOverlap, _ event: OverlapEvent, _ accounts: [OverlapAccount],
  _ events: [OverlapEvent], _ rows: MemberRows, _ thresholds: OverlapThresholds
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
  let common = Set(event.rows.compactMap { rows.row(of: account.members[$0]) })
  for (index, candidate) in events.enumerated() where candidate.account == overlap.other {
    let both = candidate.rows.reduce(0) { $0 + (common.contains($1) ? 1 : 0) }
    let jaccard = Double(both) / Double(event.rows.count + candidate.rows.count - both)
    if both > 0, jaccard > overlap.jaccard { (overlap.nearest, overlap.jaccard) = (index, jaccard) }
  }
}
