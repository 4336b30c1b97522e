import Glibc

/// The search for overlaps of events with other accounts, an account at a time.
///
/// Part 6 of the method: Fisher's exact test within the event and the account's followers outside all
/// events, Benjamini–Hochberg over all pairs, lift and count. Beyond it, blocks of the other list are
/// tried as well as the whole: one seller's accounts that both bought stand close together there, where
/// a shared audience does not dilute them (`strongest`). O(rows of all lists × accounts with events / 8)
/// time, a byte a person and eight accounts with events.
package struct EventOverlapSearch: Sendable {
  private let accounts: [OverlapAccount]
  private let events: [OverlapEvent]
  private let thresholds: OverlapThresholds
  /// Who follows which account outside its events.
  private let quiet: [QuietPlane]
  private let eventPeople: EventPeople
  /// How many members of each account with events are suspect.
  private let suspects: [Int: Int]

  package init(
    _ accounts: [OverlapAccount], _ events: [OverlapEvent], thresholds: OverlapThresholds
  ) {
    let people = accounts.people
    let quiet = QuietPlane.accounts(of: events).map {
      QuietPlane(of: $0, accounts, events, people: people)
    }
    self.init(accounts, events, quiet, people: people, thresholds: thresholds)
  }

  /// With planes made before: one each of `QuietPlane.accounts(of: events)`.
  package init(
    _ accounts: [OverlapAccount], _ events: [OverlapEvent], _ quiet: [QuietPlane], people: Int,
    thresholds: OverlapThresholds
  ) {
    self.accounts = accounts
    self.events = events
    self.thresholds = thresholds
    self.quiet = quiet
    eventPeople = EventPeople(accounts, events, people: people)
    suspects = Dictionary(
      uniqueKeysWithValues: quiet.flatMap(\.accounts).map { index in
        (index, accounts[index].isSuspect?.reduce(0) { $0 &+ ($1 ? 1 : 0) } ?? 0)
      })
  }

  /// Those of the other accounts' events with one account, whatever their strength.
  package func overlaps(on other: Int) -> [EventOverlap] {
    guard events.contains(where: { $0.account != other }) else { return [] }
    let rows = EventRows(eventPeople, in: accounts[other])
    let length = accounts[other].members.count
    var usual: [Int: PlacesInList] = [:]
    for plane in quiet {
      for (account, places) in zip(plane.accounts, plane.places(in: accounts[other].members)) {
        usual[account] = places
      }
    }
    var overlaps: [EventOverlap] = []
    for (index, event) in events.enumerated() where event.account != other {
      guard let usual = usual[event.account] else { continue }
      let places = rows.places(of: index)
      let own = PlacesInList(at: places, length: length)
      var overlap = strongest(own, usual, length: length, thresholds)
      (overlap.event, overlap.other) = (index, other)
      judge(&overlap, event, own, places)
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
    _ overlap: inout EventOverlap, _ event: OverlapEvent, _ own: PlacesInList, _ places: [Int32]
  ) {
    guard overlap.shared >= thresholds.shared else { return }
    let account = accounts[event.account]
    let length = accounts[overlap.other].members.count
    let block = overlap.block?.rows ?? 0..<length
    let shared = places.indices.filter { block.contains(Int(places[$0])) }
    let sharedPlaces = shared.map { Int(places[$0]) }.sorted()
    overlap.halfSpan = halfSpan(sharedPlaces, length)
    let isClose = overlap.block != nil || lnCloseness(sharedPlaces, length) < log(1e-4)
    if let isSuspect = account.isSuspect {
      let accused = shared.reduce(0) { $0 + (isSuspect[event.rows[$1]] ? 1 : 0) }
      overlap.suspectShare = Double(accused) / Double(max(1, shared.count))
      let limits = wilsonInterval(successes: accused, trials: shared.count)
      let usual = Double(suspects[event.account] ?? 0) / Double(max(1, isSuspect.count))
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
