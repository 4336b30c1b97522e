import Columns
import Testing

/// Two captures of one list, the newest follower first.
@Suite struct CaptureTests {
  /// Followers 1 to 400, one a day; of the later capture every one of these left but 380, and 30 came.
  private func files(refollowers: [Int]) -> [String: [UInt8]] {
    let older = (1...400).reversed().map { ($0, $0) }
    var newer = (1...430).reversed().filter { $0 % 20 != 0 }.map { ($0, $0) }
    newer.removeAll { refollowers.contains($0.0) }
    // They left and followed again: day 425 stands before those of days 401 to 424.
    let place = newer.firstIndex { $0.0 < 425 } ?? 0
    newer.insert(contentsOf: refollowers.map { ($0, 425) }, at: place)
    return ["older": csv(older), "newer": csv(newer)]
  }

  private func csv(_ followers: [(id: Int, day: Int)]) -> [UInt8] {
    let head = "id,screen_name,created_at,followed_at,followers_count,friends_count\n"
    let rows = followers.map { id, day in
      "\(id),h\(id),\(date(id % 90)),\(date(200 + day)),\(id % 70),\(id % 300)"
    }
    return Array((head + rows.joined(separator: "\n") + "\n").utf8)
  }

  private func date(_ day: Int) -> String {
    let month = day / 28
    let two = { (n: Int) in n < 10 ? "0\(n)" : "\(n)" }
    return "\(2020 + month / 12)-\(two(month % 12 + 1))-\(two(day % 28 + 1))T12:00:00Z"
  }

  @Test(arguments: [[], [7, 11, 101, 203, 299, 301]])
  func whoFollowsAgainMakesNoOneOld(_ refollowers: [Int]) throws {
    let tables = try MadeList.loaded(files(refollowers: refollowers))
    let found = Answer(
      "diff older, newer | group n = count() by change, kind | sort change, kind", over: tables)
    #expect(found.texts("change") == ["gained", "kept", "lost"], "\(found.text)")
    #expect(found.integers("n") == [29, 380, 20], "\(found.text)")
    #expect(found.column("kind").first == .string("new"))
    let moved = found.notes.contains { $0.contains("\(refollowers.count) of the kept stand else") }
    #expect(moved == !refollowers.isEmpty, "\(found.notes)")
  }

  @Test func capturesTheWrongWayRoundAreTold() throws {
    let tables = try MadeList.loaded(files(refollowers: []))
    for verb in ["diff", "retention"] {
      let found = Answer("\(verb) newer, older", over: tables)
      #expect(found.notes.contains { $0.contains("is it the later capture?") }, "\(found.notes)")
      let right = Answer("\(verb) older, newer", over: tables)
      #expect(!right.notes.contains { $0.contains("later capture") }, "\(right.notes)")
    }
  }

  @Test func newHandlesAreTold() throws {
    let tables = try MadeList.loaded(files(refollowers: []))
    for verb in ["diff", "retention"] {
      let byName = Answer("\(verb) (older | drop id), (newer | drop id)", over: tables)
      #expect(byName.notes.contains { $0.contains("new handle") }, "\(verb): \(byName.notes)")
      let byId = Answer("\(verb) older, newer", over: tables)
      #expect(!byId.notes.contains { $0.contains("new handle") }, "\(verb): \(byId.notes)")
    }
  }
}
