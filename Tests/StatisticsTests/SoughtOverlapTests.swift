import Testing

@testable import Statistics

/// Blocks on two accounts that are no spike of either, and what must not be taken for one.
@Suite struct SoughtOverlapTests {
  private struct Lists {
    private var generator: SplitMix64
    private var days: [[[Int32]]] = [[], []]
    private(set) var accounts: [OverlapAccount] = []

    /// Two accounts of one town of `town` people, with about `rate` followers on each of 200 days.
    init(town: Int, rate: Int, seed: UInt64) {
      generator = SplitMix64(seed: seed)
      for list in 0..<2 {
        for _ in 0..<200 {
          let count = rate / 2 + generator.integer(below: rate + 1)
          days[list].append((0..<count).map { _ in Int32(generator.integer(below: town)) })
        }
      }
    }

    /// People from `first` on follow each account on a day of its own.
    mutating func buy(_ count: Int, from first: Int, on bought: (Int, Int)) {
      for person in first..<(first + count) {
        days[0][bought.0].append(Int32(person))
        days[1][bought.1].append(Int32(person))
      }
    }

    /// Each day so many people of their own, from `first` on, follow both accounts, and more of them on one day.
    mutating func followTogether(_ count: Int, from first: Int, lag: Int, more: Int, on day: Int) {
      var person = Int32(first)
      for today in 0..<(200 - lag) {
        for _ in 0..<(count + (today == day ? more : 0)) {
          days[0][today].append(person)
          days[1][today + lag].append(person)
          person += 1
        }
      }
    }

    mutating func made() -> [OverlapAccount] {
      days.map { days in
        var seen: Set<Int32> = []
        var (members, runs): ([Int32], [FollowDay]) = ([], [])
        for (day, people) in days.enumerated() {
          let start = members.count
          for person in people where seen.insert(person).inserted { members.append(person) }
          if members.count > start {
            runs.append(FollowDay(day: 19_000 + Int64(day), rows: start..<members.count))
          }
        }
        return OverlapAccount(
          members: members, isSuspect: members.map { $0 >= 1_000_000 }, days: runs)
      }
    }
  }

  private func found(_ accounts: [OverlapAccount]) -> (EventOverlapSearch, [EventOverlap]) {
    let search = EventOverlapSearch(accounts, [], thresholds: OverlapThresholds())
    return (search, search.reported(accounts.indices.flatMap { search.overlaps(on: $0) }))
  }

  @Test(arguments: UInt64(1)..<9) func aSmallBlockIsFoundOnBothAccounts(_ seed: UInt64) {
    var lists = Lists(town: 20_000, rate: 40, seed: seed)
    lists.buy(25, from: 1_000_000, on: (60, 141))
    let accounts = lists.made()
    let (search, overlaps) = found(accounts)
    #expect(Set(overlaps.map(\.other)) == [0, 1], "seed \(seed)")
    for overlap in overlaps {
      let event = search.events[overlap.event]
      let rows = (event.rows.first ?? 0)..<((event.rows.last ?? 0) + 1)
      let day: Int64 = event.account == 0 ? 19_060 : 19_141
      #expect(accounts[event.account].days(of: rows)?.contains(day) == true, "seed \(seed)")
      #expect(overlap.shared >= 25 && overlap.kind == .sharedBlock && overlap.jaccard > 0.02)
      #expect(overlap.nearest.map { search.events[$0].account } == overlap.other)
    }
  }

  @Test func datesThatAreWrongTakeNoTime() {
    var lists = Lists(town: 20_000, rate: 40, seed: 3)
    lists.buy(25, from: 1_000_000, on: (60, 141))
    var accounts = lists.made()
    accounts[0].days[0].day = -700_000_000_000
    let last = accounts[1].days.count - 1
    accounts[1].days[last].day = 900_000_000_000
    #expect(Set(found(accounts).1.map(\.other)) == [0, 1])
  }

  @Test(arguments: UInt64(1)..<9) func aSharedTownIsNoBlock(_ seed: UInt64) {
    var lists = Lists(town: 6000, rate: 40, seed: seed)
    #expect(found(lists.made()).1.isEmpty, "seed \(seed)")
  }

  @Test(arguments: [0, 1, 20]) func whoFollowsBothAtOnceIsNoBlock(_ lag: Int) {
    for seed in UInt64(1)..<5 {
      var lists = Lists(town: 20_000, rate: 40, seed: seed)
      lists.followTogether(12, from: 30_000, lag: lag, more: 14, on: 100)
      #expect(found(lists.made()).1.isEmpty, "seed \(seed), lag \(lag)")
    }
  }

  @Test(arguments: UInt64(1)..<9) func followersOfOtherDaysAreCountedAsOneByOne(_ seed: UInt64) {
    var lists = Lists(town: 3000, rate: 30, seed: seed)
    lists.followTogether(5, from: 30_000, lag: 3, more: 0, on: 0)
    let accounts = lists.made()
    let onBoth = accounts.indices.map { index -> PlacedFollowers in
      let others = Set(accounts[1 - index].members)
      var words = [UInt64](repeating: 0, count: accounts[index].members.count / 64 + 1)
      for (row, member) in accounts[index].members.enumerated() where others.contains(member) {
        words[row >> 6] |= 1 << UInt64(row & 63)
      }
      return PlacedFollowers(accounts[index], words)
    }
    for length in [Int64(1), 2, 4, 8] {
      let days = 19_080...(19_080 + length - 1)
      let far = 19_083...(19_083 + length)
      let rows = accounts[0].rows(on: days)
      guard let joint = JointFollows(onBoth[0], rows, onBoth[1], accounts[1].rows(on: far)) else {
        Issue.record("no days")
        return
      }
      func shared(_ move: Int64) -> Int {
        let there = far.lowerBound + move...far.upperBound + move
        let block = Set(accounts[1].members[accounts[1].rows(on: there)])
        return accounts[0].members[moved(move)].count { block.contains($0) }
      }
      func moved(_ move: Int64) -> Range<Int> {
        accounts[0].rows(on: days.lowerBound + move...days.upperBound + move)
      }
      let moves = stride(from: length + 2, through: 60, by: Int(length)).flatMap { [-$0, $0] }
      #expect(joint.followers == rows.count && joint.shared == shared(0))
      #expect(joint.usualFollowers == moves.reduce(0) { $0 + moved($1).count })
      #expect(joint.usualShared == moves.reduce(0) { $0 + shared($1) }, "seed \(seed), \(length)")
    }
  }

  @Test func aBlockThatTakesLongIsNotHeldAgainstOthers() {
    var lists = Lists(town: 3000, rate: 30, seed: 1)
    let accounts = lists.made()
    let words = accounts.map { [UInt64](repeating: 0, count: $0.members.count / 64 + 1) }
    let placed = zip(accounts, words).map { PlacedFollowers($0, $1) }
    let rows = accounts[0].rows(on: 19_080...19_081)
    #expect(JointFollows(placed[0], rows, placed[1], accounts[1].rows(on: 19_050...19_080)) == nil)
    #expect(JointFollows(placed[0], rows, placed[1], accounts[1].rows(on: 19_051...19_080)) != nil)
  }
}
