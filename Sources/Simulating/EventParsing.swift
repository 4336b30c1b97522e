extension Spike {
  /// Reads `DAY:COUNT:FAKESHARE`, such as `120:5000:0.8`; the day may be a date.
  package init(_ text: String) throws(SimulationError) {
    let fields = EventFields(
      text, kind: "spike", form: "DAY:COUNT:FAKESHARE", example: "120:5000:0.8")
    try fields.expect(3)
    self.init(
      day: try fields.day(0), count: try fields.count(1), fakeShare: try fields.share(2))
  }
}

extension Viral {
  /// Reads `DAY:PEAK`, such as `200:3000`; the day may be a date.
  package init(_ text: String) throws(SimulationError) {
    let fields = EventFields(text, kind: "viral", form: "DAY:PEAK", example: "200:3000")
    try fields.expect(2)
    self.init(day: try fields.day(0), peak: try fields.count(1))
  }
}

extension Drip {
  /// Reads `FROM:TO:PERDAY`, such as `100:190:12`; the days may be dates.
  package init(_ text: String) throws(SimulationError) {
    let fields = EventFields(text, kind: "drip", form: "FROM:TO:PERDAY", example: "100:190:12")
    try fields.expect(3)
    self.init(from: try fields.day(0), to: try fields.day(1), perDay: try fields.rate(2))
  }
}

extension Purge {
  /// Reads `DAY:SHARE`, such as `300:0.5`; the day may be a date.
  package init(_ text: String) throws(SimulationError) {
    let fields = EventFields(text, kind: "purge", form: "DAY:SHARE", example: "300:0.5")
    try fields.expect(2)
    self.init(day: try fields.day(0), share: try fields.share(1))
  }
}

extension Gap {
  /// Reads `FROM:TO`, such as `50:55`; the days may be dates.
  package init(_ text: String) throws(SimulationError) {
    let fields = EventFields(text, kind: "gap", form: "FROM:TO", example: "50:55")
    try fields.expect(2)
    self.init(from: try fields.day(0), to: try fields.day(1))
  }
}

/// The parts of an option between its colons.
private struct EventFields {
  private let text: String
  private let kind: String
  private let form: String
  private let example: String
  private let parts: [String]

  init(_ text: String, kind: String, form: String, example: String) {
    self.text = text
    self.kind = kind
    self.form = form
    self.example = example
    parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  }

  func expect(_ count: Int) throws(SimulationError) {
    guard parts.count == count else {
      throw SimulationError("\(kind) '\(text)': write \(form), such as \(example)")
    }
  }

  func day(_ index: Int) throws(SimulationError) -> SimulationDay {
    guard let day = SimulationDay(parts[index]) else {
      throw wrong(index, "a day is a number from 0 or a date such as 2024-04-30")
    }
    return day
  }

  func count(_ index: Int) throws(SimulationError) -> Int {
    guard let count = Int(parts[index]), (0...largestCount).contains(count) else {
      throw wrong(index, "a count is a whole number from 0 to \(largestCount)")
    }
    return count
  }

  func rate(_ index: Int) throws(SimulationError) -> Double {
    guard let rate = Double(parts[index]), rate >= 0, rate <= largestRate else {
      throw wrong(index, "a number a day is from 0 to \(Int(largestRate))")
    }
    return rate
  }

  func share(_ index: Int) throws(SimulationError) -> Double {
    guard let share = Double(parts[index]), share >= 0, share <= 1 else {
      throw wrong(index, "a share is a number from 0 to 1")
    }
    return share
  }

  private func wrong(_ index: Int, _ rule: String) -> SimulationError {
    SimulationError("\(kind) '\(text)': '\(parts[index])' in \(form): \(rule)")
  }
}

/// Followers that one event may add in a day.
let largestCount = 10_000_000
/// Followers a day on average.
let largestRate = 1_000_000.0
