import Calendars
import Columns
import Simulating
import Testing

/// What `simulate` plants, found or not as it should be.
///
/// Seeds are printed with what fails.
@Suite struct PlantedEventTests {
  @Test(arguments: 1...4) func aPurchaseIsFoundOnItsDay(_ seed: Int) throws {
    let made = try list(seed) { $0.spikes = [try Spike("80:300:0.9")] }
    let found = Answer("list | spike", over: made.tables)
    #expect(found.integers("start") == [start + 80], "seed \(seed): \(found.text)")
    #expect(found.integers("end") == [start + 80], "seed \(seed)")
    #expect(found.texts("verdict") == ["bought-like"], "seed \(seed): \(found.text)")
    // 270 were bought.
    let low = found.numbers("bought_lo").first ?? nil
    let high = found.numbers("bought_hi").first ?? nil
    #expect((low ?? 999) <= 270 && 270 <= (high ?? 0), "seed \(seed): \(found.text)")
  }

  @Test(arguments: 1...4) func aViralDayIsNotCalledBought(_ seed: Int) throws {
    let made = try list(seed) { $0.virals = [try Viral("80:300")] }
    let found = Answer("list | spike", over: made.tables)
    let covers = zip(found.integers("start"), found.integers("end")).contains { first, last in
      ((first ?? 0)...(last ?? 0)).contains(start + 80)
    }
    #expect(covers, "seed \(seed): \(found.text)")
    #expect(!found.texts("verdict").contains("bought-like"), "seed \(seed): \(found.text)")
  }

  @Test(arguments: 1...6) func anOrdinaryListHasNoBoughtDays(_ seed: Int) throws {
    let made = try list(seed) { _ in }
    let found = Answer("list | spike", over: made.tables)
    #expect(found.errors == [] && found.rows.count <= 1, "seed \(seed): \(found.text)")
    #expect(!found.texts("verdict").contains("bought-like"), "seed \(seed): \(found.text)")
    #expect(Answer("list | drip", over: made.tables).rows.isEmpty, "seed \(seed)")
  }

  @Test(arguments: 1...3) func aGapIsAGap(_ seed: Int) throws {
    let made = try list(seed) { $0.gaps = [try Gap("70:75")] }
    let found = Answer("list | spike", over: made.tables)
    #expect(found.texts("kind") == ["gap"], "seed \(seed): \(found.text)")
    let first = found.integers("start").first ?? nil
    let last = found.integers("end").first ?? nil
    #expect(first == start + 70, "seed \(seed): \(found.text)")
    #expect((start + 75...start + 76).contains(last ?? 0), "seed \(seed): \(found.text)")
    #expect(found.texts("verdict") == ["null"], "seed \(seed)")
  }

  @Test(arguments: 1...3) func aDripIsFoundInItsMonths(_ seed: Int) throws {
    let made = try list(seed) { $0.drips = [try Drip("50:139:6")] }
    let found = Answer("list | drip", over: made.tables)
    let covers = zip(found.integers("start"), found.integers("end")).map { first, last in
      max(0, min(last ?? 0, start + 139) - max(first ?? 0, start + 50) + 1)
    }.reduce(0, +)
    #expect(covers >= 60, "seed \(seed): \(found.text)")
    let said = zip(found.integers("start"), found.integers("end")).map { ($1 ?? 0) - ($0 ?? 0) + 1 }
    #expect(covers * 3 >= said.reduce(0, +) * 2, "seed \(seed): \(found.text)")
  }

  @Test(arguments: 1...3) func thoseOfADripAreFakeAndOthersAreNot(_ seed: Int) throws {
    let made = try list(seed) { $0.drips = [try Drip("50:139:6")] }
    let judged = Answer(
      "list | classify | join truth on id | group n = count(), "
        + "called = share(authenticity == \"fake\") by isOfDrip = event ~ \"drip\"",
      over: made.tables)
    for (isOfDrip, called) in zip(judged.column("isOfDrip"), judged.numbers("called")) {
      let isRight = isOfDrip == .bool(true) ? (called ?? 0) > 0.7 : (called ?? 1) < 0.15
      #expect(isRight, "seed \(seed): \(judged.text)")
    }
    #expect(judged.rows.count == 2, "seed \(seed): \(judged.text)")
  }

  @Test(arguments: 1...3) func theBlockIsFakeAndItsBystandersAreNot(_ seed: Int) throws {
    let made = try list(seed) { $0.spikes = [try Spike("80:300:0.9")] }
    let judged = Answer(
      "list | classify | join truth on id | filter event == \"spike 0\" "
        + "| group n = count(), called = count(authenticity == \"fake\") by class_2",
      over: made.tables)
    for (kind, (n, called)) in zip(
      judged.texts("class_2"), zip(judged.integers("n"), judged.integers("called")))
    {
      let share = Double(called ?? 0) / Double(max(1, n ?? 0))
      if kind == "fake" {
        #expect(share > 0.9, "seed \(seed): \(judged.text)")
      } else {
        #expect(share < 0.35, "seed \(seed), \(kind): \(judged.text)")
      }
    }
    #expect(judged.texts("class_2").contains("fake"), "seed \(seed): \(judged.text)")
  }

  /// Hardly more of the day's followers have an ordinary profile than follow on other days: it clears them. (Before, all
  /// of them were suspect.)
  @Test(arguments: [1, 4]) func anOrdinaryProfileClearsWhereTheBlockHasNone(_ seed: Int) throws {
    let made = try list(seed) { $0.spikes = [try Spike("80:2000:0.95")] }
    let judged = Answer(
      "list | classify | join truth on id | filter event == \"spike 0\" "
        + "| group n = count(), called = count(authenticity in (\"fake\", \"suspect\")) "
        + "by isFake = class_2 == \"fake\"",
      over: made.tables)
    for (isFake, (n, called)) in zip(
      judged.column("isFake"), zip(judged.integers("n"), judged.integers("called")))
    {
      let share = Double(called ?? 0) / Double(max(1, n ?? 0))
      let isRight = isFake == .bool(true) ? share > 0.95 : share < 0.4
      #expect(isRight, "seed \(seed): \(judged.text)")
    }
    #expect(judged.rows.count == 2, "seed \(seed): \(judged.text)")
  }

  /// Two hundred neighbours are weeks where few follow a day.
  @Test(arguments: [1, 4, 6, 8]) func aBlockAccusesNobodyWhoCameWeeksBesideIt(_ seed: Int) throws {
    let made = try list(seed) {
      ($0.days, $0.rate, $0.spikes) = (300, 10, [try Spike("150:75:1")])
    }
    let near = "followed_at between \(date(130)) and \(date(171))"
    let day = "followed_at between \(date(149)) and \(date(152))"
    let found = Answer(
      "list | classify | filter why ~ \"neighbours in follow order\" and \(near) and not (\(day))",
      over: made.tables)
    #expect(found.errors == [] && found.rows.isEmpty, "seed \(seed): \(found.text)")
  }

  /// A day of the list as a date in a program.
  private func date(_ day: Int64) -> String { formatDate(days: Int(start + day)) }

  /// Who came weeks before a block and was made about when it was is no part of it.
  @Test(arguments: 1...4) func aBlockAccusesNobodyOfOtherDays(_ seed: Int) throws {
    let made = try list(seed) {
      $0.rate = 10
      $0.spikes = [try Spike("80:500:0.95")]
    }
    let found = Answer(
      "let first = list | group m = min(followed_at); list | classify "
        + "| derive after = (followed_at - first) / 1d | filter after < 77 or after > 84 "
        + "| filter why ~ \"neighbours\" and evidence < 0 and authenticity != \"genuine\" | count",
      over: made.tables)
    #expect(found.errors == [] && found.integers("n") == [0], "seed \(seed): \(found.text)")
  }

  /// 160 days of 20 a day.
  private func list(
    _ seed: Int, _ plant: (inout SimulationOptions) throws -> Void
  ) throws -> MadeList {
    var options = SimulationOptions()
    options.days = 160
    options.rate = 20
    options.seed = UInt64(seed)
    try plant(&options)
    return try MadeList(options)
  }

  /// Its first day, in days since 1970.
  private let start = Int64(SimulationOptions().start)
}
