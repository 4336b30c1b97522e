import Glibc
import Statistics
import Testing

private let day = 86_400.0 * 1e6

/// A list of followers a day, of whom a fifth signed up hours before, with its true follow times.
private func list(perDay: Double, days: Int, seed: UInt64) -> (created: [Int64], followed: [Int64])
{
  var generator = SplitMix64(seed: seed)
  var time = 1.4e15
  var (created, followed): ([Int64], [Int64]) = ([], [])
  while time < 1.4e15 + Double(days) * day {
    time -= log(1 - generator.uniform()) * day / perDay
    let hours = -log(1 - generator.uniform()) * 6
    let age =
      generator.chance(0.2)
      ? hours * 3.6e9 : generator.logNormal(median: 400, sigma: 1.3) * day
    created.append(Int64(time - age))
    followed.append(Int64(time))
  }
  return (created, followed)
}

extension [Int64] {
  /// The first place for which something holds, that holds behind it too.
  fileprivate func partitioned(_ holds: (Int64) -> Bool) -> Int {
    firstIndex(where: holds) ?? count
  }
}

private func medianError(_ times: [Int64], _ truth: [Int64]) -> Double {
  let errors = zip(times, truth).map { abs(Double($0 - $1)) / 3.6e9 }.sorted()
  return errors[errors.count / 2]
}

@Test(arguments: [(10.0, 4.0), (100, 1.3)])
func followTimesWithinHours(perDay: Double, hours: Double) {
  for seed in UInt64(1)...3 {
    let (created, followed) = list(perDay: perDay, days: 200, seed: seed)
    let times = followTimes(FollowList(createdAt: created, capturedAt: followed.last))
    #expect(times.refusal == nil)
    #expect(medianError(times.estimates, followed) < hours, "seed \(seed)")
    #expect(zip(times.lows, followed).allSatisfy(<=), "seed \(seed)")
    #expect(zip(times.lows, times.estimates).allSatisfy(<=), "seed \(seed)")
    #expect(zip(times.estimates, times.highs).allSatisfy(<=), "seed \(seed)")
    #expect(zip(times.estimates, times.estimates.dropFirst()).allSatisfy(<=), "seed \(seed)")
  }
}

@Test(arguments: [3.0, 30, 300])
func aListMayBeginInTheMiddleOfALife(perDay: Double) {
  // The first rows are records however old they are: what they signed up on is not when they followed.
  for seed in UInt64(1)...5 {
    let (created, followed) = list(perDay: perDay, days: 100, seed: seed)
    let times = followTimes(FollowList(createdAt: created, capturedAt: followed.last))
    let early = Double(followed[0] - times.estimates[0]) / day
    #expect(abs(early) < 12, "seed \(seed): \(early) days")
    let found = times.recordsPerDay / (Double(times.recordRows.count) / 100)
    #expect(found > 0.85 && found < 1.2, "seed \(seed): \(found)")
  }
}

@Test func aPauseIsKept() {
  // Sixty days without anybody behind the first ten.
  var (created, followed) = list(perDay: 30, days: 100, seed: 3)
  let pause = Int64(60 * day)
  let later = followed.partitioned { $0 >= Int64(1.4e15 + 10 * day) }
  for row in later..<followed.count {
    followed[row] += pause
    created[row] += pause
  }
  let times = followTimes(FollowList(createdAt: created, capturedAt: followed.last))
  #expect(abs(Double(times.estimates[0] - followed[0])) < 5 * day)
  #expect(times.estimates[later + 100] - times.estimates[later - 50] > Int64(50 * day))
}

@Test func oneWrongDateDoesNotPoisonTheRest() {
  var (created, followed) = list(perDay: 50, days: 100, seed: 4)
  let row = created.count / 3
  created[row] = followed[row] + Int64(40 * day)
  let times = followTimes(FollowList(createdAt: created, capturedAt: followed.last))
  #expect(times.outOfOrder.contains(row))
  #expect(medianError(times.estimates, followed) < 3)
}

@Test func givenTimesAreExact() {
  let (created, followed) = list(perDay: 20, days: 100, seed: 5)
  var given = [Int64](repeating: .min, count: created.count)
  for row in stride(from: 0, to: given.count, by: 50) { given[row] = followed[row] }
  let times = followTimes(
    FollowList(createdAt: created, followedAt: given, capturedAt: followed.last))
  for row in stride(from: 0, to: given.count, by: 50) {
    #expect(times.lows[row] == followed[row] && times.highs[row] == followed[row])
    #expect(abs(times.estimates[row] - followed[row]) <= 3_600_000_000)
  }
}

@Test func ordersAreTold() {
  let (created, _) = list(perDay: 20, days: 200, seed: 6)
  var generator = SplitMix64(seed: 7)
  #expect(followOrder(createdAt: created) == .oldestFirst)
  #expect(followOrder(createdAt: created.reversed()) == .newestFirst)
  #expect(followOrder(createdAt: created.sorted()) == .byCreation)
  #expect(followOrder(createdAt: created.shuffled(using: &generator)) == .none)
  #expect(followOrder(createdAt: Array(created.prefix(20))) == .tooFew)
  let shuffled = followTimes(FollowList(createdAt: created.shuffled(using: &generator)))
  #expect(shuffled.refusal == .notInFollowOrder)
  #expect(followTimes(FollowList(createdAt: [])).refusal == .fewRows)
  let few = followTimes(FollowList(createdAt: Array(created.prefix(20))))
  #expect(few.refusal == .fewRows && few.lows[19] != .min && few.estimates[19] == .min)
}

@Test func idsTellTimes() {
  #expect(snowflakeTime(ofID: 1_580_000_000_000_000_000) == 1_665_536_329_637_000)
  #expect(snowflakeTime(ofID: 12) == nil)
  let calendar = IDCalendar(ids: [30, 10, 20, 25], times: [300, 100, 200, 9000])
  #expect(calendar.time(ofID: 15) == 150 && calendar.time(ofID: 30) == 300)
  #expect(calendar.time(ofID: 27) == 270)
  #expect(calendar.time(ofID: 5) == nil && calendar.time(ofID: 31) == nil)
}

/// Short lists in follow order are told, shuffled ones are not taken for such.
@Test(arguments: [(10.0, 60, 22), (4, 50, 14)])
func ordersOfShortListsAreTold(perDay: Double, days: Int, least: Int) {
  var (told, mistaken) = (0, 0)
  for seed in UInt64(1)...24 {
    var generator = SplitMix64(seed: seed)
    let (created, _) = list(perDay: perDay, days: days, seed: seed)
    told += followOrder(createdAt: created) == .oldestFirst ? 1 : 0
    mistaken += followOrder(createdAt: created.shuffled(using: &generator)) != .none ? 1 : 0
  }
  #expect(told >= least, "\(told) of 24, \(perDay) a day")
  #expect(mistaken <= 2, "\(mistaken) of 24, \(perDay) a day")
}
