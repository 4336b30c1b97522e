import Columns
import Simulating
import Testing

/// Figures of the analyst verbs against the same counted in plain words over one list.
@Suite struct FigureTests {
  @Test func cohortsAreFilters() throws {
    expectSame(
      "list | cohort in 2024-02-10..2024-02-20",
      "list | filter followed_at in 2024-02-10..2024-02-20")
    expectSame("list | cohort in 2024-02", "list | filter followed_at in 2024-02")
  }

  @Test func growthCountsEachMonthOnce() {
    let growth = answer("list | growth by month")
    let plain = answer("list | group n = count() by month(followed_at) | sort month")
    #expect(growth.integers("gained") == plain.integers("n"), "\(growth.text)")
    #expect(growth.texts("measure").allSatisfy { $0 == "surviving" })
    #expect(growth.column("lost").allSatisfy { $0 == .null })
  }

  @Test func rowsAreThoseOfTheDays() {
    let events = answer("list | spike | take 1")
    let rows = answer("list | spike | take 1 | rows")
    #expect(rows.rows.count == Int(events.integers("cohort").first.flatMap { $0 } ?? -1))
    expectSame(
      "list | spike | take 1 | rows | select id, followed_at",
      "list | filter followed_at in 2024-03-01 | select id, followed_at")
  }

  @Test func sharesAddUp() {
    let shares = answer("list | classify | shares")
    let classes = answer("list | classify | group n = count() by class | sort class")
    let sorted = answer("list | classify | shares | sort class")
    #expect(sorted.texts("class") == classes.texts("class"))
    #expect(sorted.integers("n") == classes.integers("n"))
    #expect(abs(shares.numbers("share").compactMap { $0 }.reduce(0, +) - 1) < 1e-9)
    // A complete list has no sampling error.
    #expect(shares.column("low").allSatisfy { $0 == .null })
    let fake = shares.texts("class").firstIndex(of: "fake") ?? 0
    let (low, value, high) = (
      shares.numbers("corrected_lo")[fake] ?? 2, shares.numbers("corrected")[fake] ?? 2,
      shares.numbers("corrected_hi")[fake] ?? -1
    )
    #expect(0 <= low && low <= value && value <= high && high <= 1, "\(shares.text)")
  }

  @Test func aPartIsJudgedWithinTheWhole() {
    expectSame(
      "list | filter friends > 500 | classify | select id, class, fake_score",
      "list | classify | filter friends > 500 | select id, class, fake_score")
  }

  @Test func classesFollowTheScore() {
    for row in answer("list | classify").zipped("authenticity", "fake_score") {
      guard case .string(let word) = row.0, let score = row.1.number else {
        Issue.record("\(row)")
        continue
      }
      #expect(0 <= score && score <= 1)
      let expected = score >= 0.9 ? "fake" : score >= 0.5 ? "suspect" : "genuine"
      #expect(word == expected, "\(score)")
    }
  }

  @Test func checkersGiveARowForEachFollowerAndModel() {
    let all = answer("list | classify with model = all | group n = count() by model")
    #expect(Set(all.integers("n")) == [Int64(list.rowCount)], "\(all.text)")
    #expect(all.texts("model").first == "decoy" && all.rows.count >= 4, "\(all.text)")
  }

  @Test func overlapsOfListsAreThoseOfSets() {
    let half = "let half = list | filter friends > 500\n"
    let found = answer(half + "overlap list, (half | derive account = \"half\") with lists = true")
    let shared = answer(half + "half | group n = distinct(id)").integers("n").first ?? nil
    #expect(found.rows.count == 1, "\(found.text)")
    #expect(found.integers("shared") == [shared], "\(found.text)")
    #expect(found.numbers("containment") == [1], "\(found.text)")
    let jaccard = Double(shared ?? 0) / Double(list.rowCount)
    #expect(abs((found.numbers("jaccard").first.flatMap { $0 } ?? 0) - jaccard) < 1e-12)
  }

  @Test func retentionCountsWhoIsStillThere() {
    let found = answer("retention list, (list | filter statuses > 5)")
    #expect(found.integers("start") == [19_783], "\(found.text)")
    let plain = answer(
      "list | filter followed_at in 2024-03-01 | group n = count(), kept = count(statuses > 5)")
    #expect(found.integers("cohort") == plain.integers("n"), "\(found.text)")
    #expect(found.integers("kept") == plain.integers("kept"), "\(found.text)")
    let outside = answer(
      "list | filter not followed_at in 2024-03-01 | group s = share(not statuses > 5)")
    let usual = found.numbers("usual_lost_share").first.flatMap { $0 } ?? -1
    #expect(abs(usual - (outside.numbers("s").first.flatMap { $0 } ?? 1)) < 1e-12)
  }

  @Test func gainedLostAndKeptAddUp() {
    let changes = "diff (list | filter id % 7 != 0), (list | filter id % 5 != 0)"
    expectSame(
      changes + " | filter change == \"gained\" | select id",
      "list | filter id % 7 == 0 and id % 5 != 0 | select id")
    expectSame(
      changes + " | filter change == \"lost\" | select id",
      "list | filter id % 5 == 0 and id % 7 != 0 | select id")
    expectSame(
      changes + " | filter change == \"kept\" | select id",
      "list | filter id % 5 != 0 and id % 7 != 0 | select id")
    // Oldest first: nobody who stood before the last kept one is new.
    let places = answer(
      changes + " | group low = min(new_position), high = max(new_position) by change, kind")
    #expect(places.errors == [] && places.rows.count >= 3, "\(places.text)")
  }

  @Test func aModelOfOnesOwnIsReadBack() {
    let model = answer("list | derive bought = statuses < 6 | train bought")
    #expect(model.errors == [] && model.rows.count > 10, "\(model.text)")
    #expect(model.columns == ["decoy scorecard 1"])
  }

  // MARK: -

  private let list: Table
  private let tables: [String: Table]

  init() throws {
    tables = try Self.made.get().tables
    list = try Self.made.get().list
  }

  /// 100 days of 15 a day; 250 bought on 2024-03-01, the 60th day.
  private static let made = Result {
    var options = SimulationOptions()
    options.days = 100
    options.rate = 15
    options.seed = 5
    options.spikes = [try Spike("60:250:0.9")]
    return try MadeList(options)
  }

  private func answer(_ program: String) -> Answer { Answer(program, over: tables) }

  private func expectSame(
    _ first: String, _ second: String, location: SourceLocation = #_sourceLocation
  ) {
    let (one, other) = (answer(first), answer(second))
    #expect(!one.rows.isEmpty && one.errors == [], "\(one.text)", sourceLocation: location)
    #expect(one.rows == other.rows, "\(first) and \(second) differ", sourceLocation: location)
  }
}

extension Answer {
  fileprivate func zipped(_ first: String, _ second: String) -> [(Scalar, Scalar)] {
    Array(zip(column(first), column(second)))
  }
}
