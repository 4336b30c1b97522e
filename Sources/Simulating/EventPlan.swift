import Statistics

/// A planted event with all that its days share.
struct EventPlan {
  enum Kind {
    case spike(count: Int, fakes: Int, window: Int)
    case viral(peak: Int)
    case drip(perDay: Double)
  }

  let kind: Kind
  /// Numbers of days of the simulation.
  let days: ClosedRange<Int>
  /// The first days, since 1970-01-01, of the windows in which its fakes were created.
  let creationDays: [Int]
  let purpose: StreamPurpose
  /// The number among the events of its kind.
  let index: Int

  var name: String {
    switch kind {
    case .spike: "spike"
    case .viral: "viral"
    case .drip: "drip"
    }
  }

  /// The planted events that add followers, in the order spikes, virals, drips.
  static func all(_ options: SimulationOptions) -> [EventPlan] {
    let start = options.start
    let spikes = options.spikes.enumerated().map { index, spike in
      var random = randomStream(options.seed, .spike, index)
      let day = spike.day.number(start: start)
      let fakes = Int((Double(spike.count) * spike.fakeShare).rounded())
      return EventPlan(
        kind: .spike(
          count: spike.count, fakes: fakes, window: random.integer(below: secondsPerDay - sixHours)),
        days: day...day, creationDays: [creationDay(before: start + day, &random)],
        purpose: .spike, index: index)
    }
    let virals = options.virals.enumerated().map { index, viral in
      let day = viral.day.number(start: start)
      // It ends when half a follower would come.
      let length = Int.bitWidth - viral.peak.leadingZeroBitCount
      let last = min(options.days - 1, day + max(1, length) - 1)
      return EventPlan(
        kind: .viral(peak: viral.peak), days: day...last, creationDays: [], purpose: .viral,
        index: index)
    }
    let drips = options.drips.enumerated().map { index, drip in
      var random = randomStream(options.seed, .drip, index)
      let from = drip.from.number(start: start)
      return EventPlan(
        kind: .drip(perDay: drip.perDay), days: from...drip.to.number(start: start),
        creationDays: (0..<3).map { _ in creationDay(before: start + from, &random) },
        purpose: .drip, index: index)
    }
    return spikes + virals + drips
  }

  /// The first day of a window of ten that ends at least 20 days before a day.
  private static func creationDay(before day: Int, _ random: inout SplitMix64) -> Int {
    max(platformStartDay, day - random.integer(in: 30...200))
  }
}

let secondsPerDay = 86_400
let sixHours = 6 * 3600
let windowDays = 10
