import Columns
import Simulating
import Testing

/// Lists and options that broke a verb once.
@Suite struct HostileListTests {
  private let made: MadeList

  init() throws {
    var options = SimulationOptions()
    options.days = 90
    options.rate = 20
    options.spikes = [try Spike("40:400:0.9")]
    made = try MadeList(options)
  }

  private func answer(_ program: String) -> Answer { Answer(program, over: made.tables) }

  @Test func columnsThatWereMadeAreWhatIsJudged() {
    let plain = answer("list | classify | count by class")
    let changed = answer(
      "list | derive statuses = 0, followers = 0, friends = 5000, favourites = 0 | classify "
        + "| count by class")
    #expect(plain.errors == [] && changed.errors == [])
    #expect(plain.rows != changed.rows)
    // A part that keeps its columns is judged within the whole.
    let part = answer("list | filter followers > 10 | derive more = followers * 2 | classify")
    #expect(part.notes.contains { $0.contains("judged within the whole list") }, "\(part.notes)")
  }

  @Test(arguments: [
    "select id", "drop class", "drop evidence", "rename c = class", "derive class = 3",
    "derive fake_score = \"x\"", "shares", "reach", "spike",
  ])
  func sharesNeedTheirClasses(_ step: String) {
    let found = answer("list | classify | \(step) | shares")
    #expect(found.errors.contains { $0.contains("'shares' needs the c") }, "\(found.text)")
  }

  @Test(arguments: ["classify", "classify with model = all", "reach", "audit", "spike", "drip"])
  func countsMayBeTexts(_ verb: String) {
    let found = answer(
      "list | derive statuses = \"lots\", favourites = \"x\", followers = \"y\" | \(verb)")
    #expect(found.errors == [], "\(found.text)")
  }

  @Test(arguments: ["0001-01-01", "1500-06-01", "1970-01-01", "9999-12-31"])
  func oneWildDateHidesNothing(_ date: String) {
    let wild =
      "let first = list | group m = max(id); "
      + "list | derive followed_at = if(id == first, time(\"\(date)T00:00:00Z\"), followed_at)"
    for verb in ["spike", "spike by hour(followed_at)"] {
      let plain = answer("list | \(verb) | filter kind == \"spike\" | count")
      let found = answer("\(wild) | \(verb) | filter kind == \"spike\" | count")
      #expect(found.errors == [] && found.rows == plain.rows, "\(date) \(verb): \(found.text)")
    }
    #expect(answer("\(wild) | drip").errors == [])
  }

  @Test func optionsOutOfReachAreErrors() {
    let wide = answer("list | spike with half_window = 100000000000")
    #expect(wide.errors.contains { $0.contains("'half_window' is between 1 and 10,000") })
    let ratio = answer(
      "list | ratio with own_followers = 9223372036854775807, own_friends = 0")
    #expect(ratio.errors == [])
  }

  @Test func countsBeyondWholeNumbersAreNull() {
    for value in ["1e308", "9e18"] {
      let found = answer(
        "list | derive followers = \(value) | reach | select potential_gross, note")
      #expect(found.errors == [] && found.rows.first?.first == .null, "\(value): \(found.text)")
    }
  }

  @Test func accountsOfOneLookAndOtherBytesAreTwo() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let two =
      "let other = list | derive account = \"\(decomposed)\"; "
      + "let both = list | derive account = \"\(composed)\" | union other"
    for verb in ["reach", "growth by month | distinct account", "classify | shares per account"] {
      let found = answer("\(two); both | \(verb)")
      let names = Set(found.rows.map { row in row.first.map(Self.bytes) ?? [] })
      #expect(found.errors == [] && names.count == 2, "\(verb): \(found.text)")
    }
  }

  private static func bytes(_ cell: Scalar) -> [UInt8] {
    guard case .string(let text) = cell else { return [] }
    return Array(text.utf8)
  }

  @Test func hugeCountsOfASeriesFit() {
    let days =
      "let days = list | group n = count() by date = day(followed_at) with fill = true "
    for change in ["| derive n = n * 1000000000000000", "| derive n = 0 - n * 1000000000000000"] {
      let found = answer("\(days)\(change); days | spike n by date")
      #expect(found.errors == [], "\(found.text)")
    }
  }

  @Test func manyAccountsOfTwoFollowersTakeLittleMemory() {
    let found = answer(
      "list | derive account = screen_name | spike by hour(followed_at) | count")
    #expect(found.errors == [] && found.integers("n") == [0], "\(found.text)")
  }

  @Test func columnsOfFilesMayBeginWithTheSignOfHiddenOnes() {
    let found = answer(
      "list | derive `#` = 1, `# of posts` = 2 | classify | take 1 | select `#`, `# of posts`")
    #expect(found.errors == [] && found.rows == [[.int(1), .int(2)]], "\(found.text)")
  }
}
