import CKernels
import Testing

@testable import Statistics

/// Where followers stand in other lists, against the plain way: one look at a time.
@Suite struct OverlapPlaceTests {
  /// Lists of random people, with events that may hold the same rows.
  private func lists(_ count: Int, seed: UInt64) -> ([OverlapAccount], [OverlapEvent]) {
    var generator = SplitMix64(seed: seed)
    var events: [OverlapEvent] = []
    let accounts = (0..<count).map { index -> OverlapAccount in
      var seen: Set<Int32> = []
      let size = generator.integer(below: 700)
      let members = (0..<size).map { _ in Int32(generator.integer(below: 1500)) }
        .filter { seen.insert($0).inserted }
      for _ in 0..<(members.count < 100 ? 0 : generator.integer(below: 3)) {
        let start = generator.integer(below: members.count - 60)
        let rows = Array(start..<start + 60)
        events.append(OverlapEvent(account: index, rows: rows))
      }
      return OverlapAccount(members: members, isSuspect: members.map { $0 % 3 == 0 })
    }
    return (accounts, events)
  }

  @Test(arguments: UInt64(1)..<7) func countsAreThoseOfSets(_ seed: UInt64) {
    let (accounts, events) = lists(seed < 4 ? 5 : 19, seed: seed)
    let search = EventOverlapSearch(accounts, events, thresholds: OverlapThresholds())
    for other in accounts.indices {
      let list = Set(accounts[other].members)
      let found = search.overlaps(on: other)
      #expect(found.map(\.event) == events.indices.filter { events[$0].account != other })
      for overlap in found {
        let event = events[overlap.event]
        let members = accounts[event.account].members
        let inEvents = Set(
          events.filter { $0.account == event.account }.flatMap { $0.rows.map { members[$0] } })
        let quiet = members.filter { !inEvents.contains($0) }
        let shared = event.rows.count { list.contains(members[$0]) }
        #expect(overlap.shared == shared && overlap.members == event.rows.count)
        #expect(overlap.universe == quiet.count + event.rows.count)
        #expect(overlap.otherInUniverse == shared + quiet.count { list.contains($0) })
      }
    }
  }

  @Test(arguments: UInt64(1)..<7) func placesAreThoseLookedUp(_ seed: UInt64) {
    let (accounts, events) = lists(19, seed: seed)
    let people = EventPeople(accounts, events, people: accounts.people)
    let planes = FollowerPlane.eights(of: Array(accounts.indices)).map {
      FollowerPlane(of: $0, accounts, people: accounts.people)
    }
    for (index, list) in accounts.enumerated() {
      let rows = EventRows(people, in: list)
      let places = FollowersInLists(planes).places(in: index, accounts)
      for (account, words) in zip(accounts, places) {
        let followers = Set(account.members)
        let plain = list.members.indices.filter { followers.contains(list.members[$0]) }
        let ranks = PlaceRanks(words: words)
        #expect(ranks.places == plain && ranks.count == plain.count)
        let some = plain.filter { $0 % 3 == 0 }.map { Int32($0) }
        let others = PlaceRanks(words: words, without: some + [-1])
        #expect(others.places == plain.filter { $0 % 3 != 0 })
      }
      for (index, event) in events.enumerated() {
        let members = accounts[event.account].members
        let plain = event.rows.map { list.members.firstIndex(of: members[$0]) ?? -1 }
        #expect(rows.places(of: index).map { Int($0) } == plain)
      }
    }
  }

  /// An event's followers who are among the usual ones are counted as if these were without them.
  @Test(arguments: UInt64(1)..<9) func followersOfAnEventAreNoUsualOnes(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let length = 20_000
    var usual = PlaceRanks(length: length)
    for _ in 0..<2000 { usual.mark(generator.integer(below: length)) }
    // Few and many, in a block and all over.
    var own = Set((0..<[6, 300][Int(seed % 2)]).map { _ in generator.integer(below: length) })
    own.formUnion((0..<20).map { _ in 5000 + generator.integer(below: 60) })
    for place in own { usual.mark(place) }
    let rest = PlaceRanks(words: usual.words, without: own.map { Int32($0) })
    usual.finish()
    // Most are not in the list: the block says more than the whole.
    let places = own.map { Int32($0) } + [Int32](repeating: -1, count: 10 * own.count)
    func scan(_ ranks: PlaceRanks, all: Int, areUsual: Bool) -> EventOverlap {
      strongest(
        EventPlaces(places, length: length, areUsual: areUsual),
        PlacesInList(ranks: ranks, all: all), length: length, OverlapThresholds())
    }
    let found = scan(usual, all: 9000 + places.count, areUsual: true)
    #expect(found == scan(rest, all: 9000, areUsual: false) && found.block != nil, "seed \(seed)")
    let rows = found.block?.rows ?? 0..<0
    #expect(found.block?.shared == own.count { rows.contains($0) }, "seed \(seed)")
    #expect(EventPlaces(places, length: length, areUsual: true).places == own.sorted())
  }

  @Test func ofManyAccountsThoseWithEventsAreLookedUp() {
    let (accounts, events) = lists(70, seed: 8)
    let asked = FollowersInLists.asked(accounts, events)
    #expect(asked == Set(events.map(\.account)).sorted() && asked.count < 70)
    let search = EventOverlapSearch(accounts, events, thresholds: OverlapThresholds())
    let list = Set(accounts[0].members)
    for overlap in search.overlaps(on: 0) {
      let event = events[overlap.event]
      let members = accounts[event.account].members
      #expect(overlap.shared == event.rows.count { list.contains(members[$0]) })
    }
  }

  @Test(arguments: [0, 1, 47, 48, 49, 300]) func bytesAreThoseAtTheirPlaces(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let bytes = (0..<1000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    let places = (0..<count).map { _ in Int32(generator.integer(below: bytes.count)) }
    var found = [UInt8](repeating: 7, count: count + 1)
    ck_bytes_at(bytes, places, count, &found)
    #expect(found == places.map { bytes[Int($0)] } + [7])
  }

  @Test(arguments: UInt64(0)..<50) func bitsChangeRowsAndColumns(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let rows = generator.next()
    let columns = transposed(rows)
    for row in UInt64(0)..<8 {
      for column in UInt64(0)..<8 {
        #expect(rows >> (8 * row + column) & 1 == columns >> (8 * column + row) & 1)
      }
    }
  }
}
