import Columns
import Simulating
import Testing

/// Answers are the same for any number of threads and any cut of the rows.
@Suite struct InvarianceTests {
  @Test(arguments: InvarianceTests.programs)
  func answersDoNotDependOnThreadsAndSegments(_ program: String) throws {
    let tables = try Self.tables.get()
    let first = Answer(program, over: tables, Setting(threads: 1))
    let expected = first.text
    #expect(first.errors == [] && expected.count > 1, "\(program): \(expected)")
    for setting in Setting.others {
      let found = Answer(program, over: tables, setting).text
      let difference = zip(expected, found).first { $0 != $1 }
      #expect(found == expected, "\(program), \(setting): \(String(describing: difference))")
    }
  }

  /// Followers of an event are looked at only where that is asked for: the event stays the same.
  @Test func eventsDoNotDependOnWhatIsAskedOfThem() throws {
    let tables = try Self.tables.get()
    let columns = "select account, start, end, kind, observed, expected, excess_hi, q, cohort"
    let bare = Answer("list | spike | \(columns)", over: tables, Setting(threads: 2))
    let judged = Answer(
      "list | spike | filter length(why) > 0 | \(columns)", over: tables, Setting(threads: 2))
    #expect(bare.errors == [] && judged.errors == [])
    #expect(bare.text == judged.text && bare.text.count > 1)
  }

  /// Where classes alone are asked for, most neighbours in follow order are not looked at: they stay the same.
  @Test(arguments: [
    "", " with base_rate = 0.3, suspect = 0.2, fake = 0.6", " with base_rate = 0.001",
  ])
  func classesDoNotDependOnWhatElseIsAskedFor(_ options: String) throws {
    let tables = try Self.tables.get()
    for list in ["list", "untimed"] {
      let classes = Answer(
        "\(list) | classify\(options) | select id, class, authenticity", over: tables,
        Setting(threads: 2))
      let scored = Answer(
        "\(list) | classify\(options) | filter fake_score >= 0 | select id, class, authenticity",
        over: tables, Setting(threads: 2))
      #expect(classes.errors == [] && scored.errors == [])
      #expect(classes.text == scored.text && classes.text.count > 1)
    }
  }

  private static let programs = [
    "list | spike", "list | drip", "list | growth by week", "list | classify",
    "list | classify with model = all | count class == \"fake\" by model",
    "list | classify with cohort = false | shares", "list | classify | shares", "list | reach",
    "list | spike | rows", "untimed | timeline", "untimed | spike", "untimed | classify",
    "untimed | drip", "overlap list, other", "overlap list, other with lists = true",
    "retention list, other", "compare list, other", "list | audit",
    "list | cohort in 2024-03 | ratio friends / followers",
    "list | spike count() by day(followed_at) per lang",
    "list | derive bought = statuses < 6 | train bought",
  ]

  /// A list, the same without times, and one that shares people with it.
  private static let tables = Result {
    var options = SimulationOptions()
    options.days = 120
    options.rate = 15
    options.seed = 11
    options.spikes = [try Spike("60:200:0.9")]
    options.drips = [try Drip("20:110:4")]
    let list = try MadeList(options)
    let untimed = try MadeList(options.shortUntimed)
    options.rate = 10
    let other = try MadeList(options)
    return [
      "list": list.list, "untimed": untimed.list.named("untimed"),
      "other": other.list.named("other"),
    ]
  }
}

extension SimulationOptions {
  /// Fewer days without times: inferring them is slow in a debug build.
  fileprivate var shortUntimed: SimulationOptions {
    var options = self
    options.days = 70
    options.drips = []
    options.hasTimes = false
    return options
  }
}
