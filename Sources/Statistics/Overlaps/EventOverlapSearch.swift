import Glibc

/// The search for overlaps of events with other accounts, an account at a time.
///
/// Part 6 of the method: Fisher's exact test within the event and the account's followers outside all
/// events, Benjamini–Hochberg over all pairs, lift and count. Beyond it, blocks of the other list are
/// tried as well as the whole: one seller's accounts that both bought stand close together there, where
/// a shared audience does not dilute them (`strongest`). O(followers of all lists × the accounts that each
/// follows), four bytes a person and a follower.
package struct EventOverlapSearch: Sendable {
  private let accounts: [OverlapAccount]
  private let events: [OverlapEvent]
  private let thresholds: OverlapThresholds
  /// One more than the highest number of a person.
  private let people: Int
  /// The followers of each account outside all events, and which accounts each person follows so.
  private let quietCounts: [Int]
  private let followed: FollowedAccounts

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
    quietCounts = flags.map { $0.count { !$0 } }
    followed = FollowedAccounts(accounts, isInEvent: flags, people: people)
  }

  /// Those of the other accounts' events with one account, whatever their strength.
  package func overlaps(on other: Int) -> [EventOverlap] {
    guard events.contains(where: { $0.account != other }) else { return [] }
    let rows = MemberRows(accounts[other], people: people)
    let length = accounts[other].members.count
    let quiet = quietPlaces(on: other)
    var overlaps: [EventOverlap] = []
    for (index, event) in events.enumerated() where event.account != other {
      let own = PlacesInList(accounts[event.account].members, event.rows, rows, length: length)
      var overlap = strongest(own, quiet[event.account], length: length, thresholds)
      (overlap.event, overlap.other) = (index, other)
      judge(&overlap, event, own, rows)
      overlaps.append(overlap)
    }
    return overlaps
  }

  /// Where each account's followers outside all events stand in the list of another.
  private func quietPlaces(on other: Int) -> [PlacesInList] {
    let members = accounts[other].members
    var ranks = accounts.map { _ in PlaceRanks(length: members.count) }
    for (place, person) in members.enumerated() {
      followed.forEachQuiet(of: person) { ranks[$0].mark(place) }
    }
    return ranks.indices.map { PlacesInList(ranks[$0], of: quietCounts[$0]) }
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
