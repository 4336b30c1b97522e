import Calendars

/// What a simulation planted, and what of it is in the list.
package struct SimulationTruth: Sendable {
  /// Rows of the list.
  package private(set) var rows = 0
  /// Rows of the list by true class: engaged, quiet, fake.
  package private(set) var classes = [0, 0, 0]
  /// Followers that each purge removed, and each gap lost.
  var purged: [Int]
  var lost: [Int]

  private let options: SimulationOptions
  private let events: [EventPlan]
  /// Of each event, by day of it: followers that it brought, and those left in the list.
  private var added: [[Int]]
  private var left: [[Int]]
  private var fakes: [Int]

  init(_ options: SimulationOptions, events: [EventPlan]) {
    self.options = options
    self.events = events
    purged = options.purges.map { _ in 0 }
    lost = options.gaps.map { _ in 0 }
    added = events.map { [Int](repeating: 0, count: $0.days.count) }
    left = added
    fakes = events.map { _ in 0 }
  }

  mutating func count(added all: [Follower], left rest: [Follower], day: Int) {
    for follower in all where follower.event >= 0 {
      let event = follower.event
      added[event][day - events[event].days.lowerBound] += 1
      fakes[event] += follower.kind == .fake ? 1 : 0
    }
    rows += rest.count
    for follower in rest {
      classes[Int(follower.kind.rawValue)] += 1
      let event = follower.event
      if event >= 0 { left[event][day - events[event].days.lowerBound] += 1 }
    }
  }

  /// The truth as a JSON object: the options, the classes in the list, and each event with its
  /// followers by day (`added` when it happened, `left` in the list).
  package var json: String {
    var parts = events.indices.map { eventText($0) }
    parts += options.purges.enumerated().map { index, purge in
      #"{"kind": "purge", "date": "\#(date(purge.day))", "share": \#(purge.share), "#
        + #""removed": \#(purged[index])}"#
    }
    parts += options.gaps.enumerated().map { index, gap in
      #"{"kind": "gap", "from": "\#(date(gap.from))", "to": "\#(date(gap.to))", "#
        + #""lost": \#(lost[index])}"#
    }
    let list = parts.isEmpty ? "[]" : "[\n    " + parts.joined(separator: ",\n    ") + "\n  ]"
    return """
      {
        "account": \(options.account.map { quoted($0) } ?? "null"),
        "seed": \(options.seed),
        "start": "\(formatDate(days: options.start))",
        "days": \(options.days),
        "rate": \(options.rate),
        "captured_at": "\(formatDate(days: options.start + options.days))T00:00:00Z",
        "rows": \(rows),
        "classes": {"engaged": \(classes[0]), "quiet": \(classes[1]), "fake": \(classes[2])},
        "events": \(list)
      }

      """
  }

  private func eventText(_ index: Int) -> String {
    let event = events[index]
    let first = options.start + event.days.lowerBound
    let days = added[index].indices.map { day in
      #"{"date": "\#(formatDate(days: first + day))", "added": \#(added[index][day]), "#
        + #""left": \#(left[index][day])}"#
    }
    let windows = event.creationDays.map { day in
      #"{"from": "\#(formatDate(days: day))", "to": "\#(formatDate(days: day + windowDays - 1))"}"#
    }
    return #"{"kind": "\#(event.name)", "from": "\#(formatDate(days: first))", "#
      + #""to": "\#(formatDate(days: options.start + event.days.upperBound))", "#
      + #""added": \#(added[index].reduce(0, +)), "fakes": \#(fakes[index]), "#
      + #""left": \#(left[index].reduce(0, +)), "created": [\#(windows.joined(separator: ", "))], "#
      + #""days": [\#(days.joined(separator: ", "))]}"#
  }

  private func date(_ day: SimulationDay) -> String {
    formatDate(days: options.start + day.number(start: options.start))
  }
}

/// A JSON string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 32:
      let code = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
