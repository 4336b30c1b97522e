import Glibc

/// The search for overlaps of events with other accounts, an account at a time.
///
/// Part 6 of the method: Fisher's exact test within the event and the account's followers outside all
/// events, Benjamini–Hochberg over all pairs, lift and count. Beyond it, blocks of the other list are
/// tried as well as the whole: one seller's accounts that both bought stand close together there, where
/// a shared audience does not dilute them (`strongest`). And stretches of days are sought that are no event
/// of an account by themselves (`sharedStretches`); they must stand out by a block, and more than followers of other
/// days do (`JointFollows`); only among few accounts, since all pairs are looked at. O(rows of all lists × accounts
/// asked for / 8) time, a byte a person and eight of these.
package struct EventOverlapSearch: Sendable {
  let accounts: [OverlapAccount]
  /// All that is tested: the events that were given, and what was sought.
  package let events: [OverlapEvent]
  let thresholds: OverlapThresholds
  let following: FollowersInLists
  private let eventPeople: EventPeople
  /// How many follow each account outside its events, and the share of its members that is suspect.
  private let quiet: [Int: Int]
  private let suspects: [Double]

  /// Makes what is read of all lists, and what is sought in each, by a loop that may run on all cores.
  ///
  /// `people`: one more than the highest number of a person.
  package init<Failure>(
    _ accounts: [OverlapAccount], _ events: [OverlapEvent], people: Int,
    thresholds: OverlapThresholds,
    forEach: (Int, @escaping @Sendable (Int) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    let eights = FollowerPlane.eights(of: FollowersInLists.asked(accounts, events))
    let planes = try mapped(eights.count, forEach) { index in
      FollowerPlane(of: eights[index], accounts, people: people)
    }
    let following = FollowersInLists(planes)
    guard accounts.count <= FollowersInLists.fewAccounts else {
      self.init(accounts, events, following, people: people, thresholds: thresholds)
      return
    }
    let lists = try mapped(accounts.count, forEach) { list in
      let places = following.places(in: list, accounts)
      return (places: places, sought: soughtEvents(of: list, accounts, events, places))
    }
    self.init(
      accounts, events + lists.flatMap(\.sought), following.keeping(lists.map(\.places)),
      people: people, thresholds: thresholds)
  }

  private init(
    _ accounts: [OverlapAccount], _ events: [OverlapEvent], _ following: FollowersInLists,
    people: Int, thresholds: OverlapThresholds
  ) {
    self.accounts = accounts
    self.events = events
    self.thresholds = thresholds
    self.following = following
    eventPeople = EventPeople(accounts, events, people: people)
    let asked = Set(events.map(\.account))
    quiet = Dictionary(
      uniqueKeysWithValues: asked.map { account in
        let flagged = events.filter { $0.account == account && $0.sought == nil }
        let rows = Set(flagged.flatMap(\.rows))
        return (account, accounts[account].members.count - rows.count)
      })
    suspects = accounts.map { account in
      let number = account.isSuspect?.reduce(0) { $0 &+ ($1 ? 1 : 0) } ?? 0
      return Double(number) / Double(max(1, account.members.count))
    }
  }

  /// Those of the other accounts' events with one account; of events that were not sought, whatever their strength.
  package func overlaps(on other: Int) -> [EventOverlap] {
    let asked = events.indices.filter { isAsked(events[$0], other) }
    if asked.isEmpty { return [] }
    let rows = EventRows(eventPeople, in: accounts[other])
    let following = following.places(in: other, accounts)
    var usual: [Int: PlacesInList] = [:]
    return asked.compactMap { index in
      let event = events[index]
      let quiet = usual[event.account] ?? quietPlaces(of: event.account, following, rows)
      usual[event.account] = quiet
      return overlap(index, on: other, rows.places(of: index), quiet)
    }
  }

  private func isAsked(_ event: OverlapEvent, _ other: Int) -> Bool {
    event.account != other && event.sought.map { $0.other == other } ?? true
  }

  /// Where the followers of an account outside its events stand in a list.
  private func quietPlaces(
    of account: Int, _ following: [[UInt64]], _ rows: EventRows
  ) -> PlacesInList {
    let flagged = events.indices.filter {
      events[$0].account == account && events[$0].sought == nil
    }
    let ranks = PlaceRanks(
      words: following[account], without: flagged.flatMap { rows.places(of: $0) })
    return PlacesInList(ranks: ranks, all: quiet[account] ?? 0)
  }

  /// One event on another account; nil for a stretch that was sought in vain.
  ///
  /// `places`: where its members stand in the other list.
  private func overlap(
    _ index: Int, on other: Int, _ places: [Int32], _ quiet: PlacesInList
  ) -> EventOverlap? {
    let event = events[index]
    let length = accounts[other].members.count
    // Stretches that were sought lie outside all events.
    let own = EventPlaces(places, length: length, areUsual: event.sought != nil)
    var overlap = strongest(own, quiet, length: length, thresholds)
    (overlap.event, overlap.other) = (index, other)
    if let sought = event.sought {
      guard let lnP = lnChance(of: overlap, sought, own.places) else { return nil }
      overlap.lnP = lnP
    }
    judge(&overlap, event, places)
    return overlap
  }

  /// Those that chance does not explain among the overlaps on all accounts, strongest first.
  package func reported(_ all: [EventOverlap]) -> [EventOverlap] {
    var overlaps = all
    let adjusted = benjaminiHochbergAdjusted(overlaps.map { exp($0.lnP) })
    for index in overlaps.indices { overlaps[index].q = adjusted[index] }
    overlaps = overlaps.filter {
      $0.q <= thresholds.q && ($0.block?.lift ?? $0.lift) >= thresholds.lift
        && $0.shared >= thresholds.shared
    }.sorted { ($0.lnP, $0.event, $0.other) < ($1.lnP, $1.event, $1.other) }
    let found = Set(overlaps.map(\.event))
    let known = events.indices.filter { events[$0].sought == nil || found.contains($0) }
    for index in overlaps.indices { setNearest(&overlaps[index], among: known) }
    return overlaps
  }

  /// Sets the event of the other account that shares most members, and the Jaccard index with it.
  private func setNearest(_ overlap: inout EventOverlap, among known: [Int]) {
    let own = Set(eventPeople.numbers[overlap.event])
    for index in known where events[index].account == overlap.other {
      let others = eventPeople.numbers[index]
      let both = others.reduce(0) { $0 + (own.contains($1) ? 1 : 0) }
      let jaccard = Double(both) / Double(own.count + others.count - both)
      if both > 0, jaccard > overlap.jaccard {
        (overlap.nearest, overlap.jaccard) = (index, jaccard)
      }
    }
  }
}

extension EventOverlapSearch {
  /// Sets the suspects, the closeness and the kind.
  private func judge(
    _ overlap: inout EventOverlap, _ event: OverlapEvent, _ places: [Int32]
  ) {
    guard overlap.shared >= thresholds.shared else { return }
    let account = accounts[event.account]
    let length = accounts[overlap.other].members.count
    let block = overlap.block?.rows ?? 0..<length
    let shared = places.indices.filter { block.contains(Int(places[$0])) }
    let sharedPlaces = shared.map { Int(places[$0]) }.sorted()
    overlap.halfSpan = halfSpan(sharedPlaces, length)
    let isClose = overlap.block != nil || lnCloseness(sharedPlaces, length) < log(1e-4)
    // Whoever came to one account with a block is suspect, however it came to the other.
    let sides = [account.isSuspect, accounts[overlap.other].isSuspect]
    if sides.allSatisfy({ $0 == nil }) { return }
    let accused = shared.count {
      sides[0]?[event.rows[$0]] == true || sides[1]?[Int(places[$0])] == true
    }
    overlap.suspectShare = Double(accused) / Double(max(1, shared.count))
    let limits = wilsonInterval(successes: accused, trials: shared.count)
    let usual = suspects[event.account] + suspects[overlap.other]
    let isSuspectBlock = limits.high >= thresholds.suspectShare && limits.low > usual
    if isClose, isSuspectBlock { overlap.kind = .sharedBlock }
  }
}
