import Simulating
import Testing

private func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

@Test func optionsAreRead() throws {
  #expect(try Spike("120:5000:0.8") == Spike(day: .number(120), count: 5000, fakeShare: 0.8))
  #expect(try Spike("2024-04-30:1:1").day == .date(19_843))
  #expect(try Drip("100:190:2.5") == Drip(from: .number(100), to: .number(190), perDay: 2.5))
  #expect(try Gap("5:5") == Gap(from: .number(5), to: .number(5)))
}

@Test func wrongOptionsSayWhy() {
  #expect(
    message { _ = try Spike("120:5000") }
      == "spike '120:5000': write DAY:COUNT:FAKESHARE, such as 120:5000:0.8")
  #expect(
    message { _ = try Spike("120:5000:80") }
      == "spike '120:5000:80': '80' in DAY:COUNT:FAKESHARE: a share is a number from 0 to 1")
  #expect(message { _ = try Viral("-1:20") }.contains("a day is a number from 0 or a date"))
  #expect(message { _ = try Viral("1:-20") }.contains("a count is a whole number"))
  #expect(message { _ = try Purge("x:0.5") }.contains("'x' in DAY:SHARE"))
  #expect(message { _ = try Gap("1:2:3") }.contains("write FROM:TO"))
  #expect(message { _ = try Drip("1:2:nan") }.contains("a number a day"))
}

@Test func impossibleSimulationsSayWhy() {
  func check(_ change: (inout SimulationOptions) throws -> Void) -> String {
    message {
      var options = SimulationOptions()
      try change(&options)
      _ = try Simulation(options)
    }
  }
  #expect(
    check { $0.spikes = [try Spike("365:10:1")] }.hasPrefix(
      "spike: day 365 is outside the simulation, days 0 to 364 (2024-01-01 to 2024-12-30)"))
  #expect(check { $0.gaps = [try Gap("9:5")] } == "gap: its last day is before its first")
  #expect(check { $0.days = 0 }.hasPrefix("days '0'"))
  #expect(check { $0.rate = .nan }.hasPrefix("rate 'nan'"))
  #expect(check { $0.start = Int.max }.hasPrefix("start"))
  #expect(check { $0.start = 0 }.contains("2006-03-22"))
  #expect(check { $0.purges = [Purge(day: .number(1), share: 2)] }.contains("a share"))
  #expect(check { $0.spikes = [try Spike("9223372036854775807:1:1")] }.contains("outside"))
}

@Test func theFirstDaysOfThePlatformEnd() throws {
  // Hardly any age fits there; drawing again must not go on for ever.
  var options = SimulationOptions()
  options.start = 13_229
  options.days = 3
  options.spikes = [try Spike("1:50:1")]
  let truth = try Simulation(options).write(to: { _ in })
  #expect(truth.rows > 50)
}
