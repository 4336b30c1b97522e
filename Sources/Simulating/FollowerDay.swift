import Statistics

/// Makes the followers of one day.
struct FollowerDay {
  private let seed: UInt64
  private let rate: Double
  private let start: Int
  private let events: [EventPlan]

  init(_ options: SimulationOptions, events: [EventPlan]) {
    seed = options.seed
    rate = options.rate
    start = options.start
    self.events = events
  }

  /// All followers that come on a day, in no order.
  func followers(day: Int) -> [Follower] {
    var followers: [Follower] = []
    addOrganic(day: day, to: &followers)
    for (number, event) in events.enumerated() where event.days.contains(day) {
      add(event, number: number, day: day, to: &followers)
    }
    return followers
  }

  /// Poisson numbers whose mean wanders by a gamma factor, fewer at weekends.
  private func addOrganic(day: Int, to followers: inout [Follower]) {
    var random = randomStream(seed, .organic, day)
    // Day 2 after 1970-01-01, a Thursday, was a Saturday.
    let isWeekend = (start + day + 5) % 7 < 2
    let level = rate * (isWeekend ? 0.8 : 1) * random.gamma(shape: 10, mean: 1)
    let count = random.poisson(mean: level)
    followers.reserveCapacity(followers.count + count)
    for _ in 0..<count {
      let time = midnight(day) + random.integer(below: secondsPerDay)
      followers.append(ordinary(time: time, youth: 1, event: -1, &random))
    }
  }

  private func add(
    _ event: EventPlan, number: Int, day: Int, to followers: inout [Follower]
  ) {
    // One beyond the purposes above, so that the plan's own draws are not repeated.
    var random = randomStream(seed, event.purpose, event.index, day + 1)
    switch event.kind {
    case .spike(let count, let fakes, let window):
      for row in 0..<count {
        let time = midnight(day) + window + random.integer(below: sixHours)
        followers.append(
          row < fakes
            ? bought(time: time, event: event, number: number, &random)
            : ordinary(time: time, youth: 1, event: number, &random))
      }
    case .viral(let peak):
      for _ in 0..<(peak >> (day - event.days.lowerBound)) {
        let time = midnight(day) + random.integer(below: secondsPerDay)
        followers.append(ordinary(time: time, youth: 0.7, event: number, &random))
      }
    case .drip(let perDay):
      for _ in 0..<random.poisson(mean: perDay) {
        let time = midnight(day) + random.integer(below: secondsPerDay)
        followers.append(bought(time: time, event: event, number: number, &random))
      }
    }
  }

  /// A follower of ordinary growth: 60 % engaged, 30 % quiet, 10 % fake.
  private func ordinary(
    time: Int, youth: Double, event: Int, _ random: inout SplitMix64
  ) -> Follower {
    let draw = random.uniform()
    let kind: FollowerClass = draw < 0.6 ? .engaged : draw < 0.9 ? .quiet : .fake
    let oldest = time - platformStartDay * secondsPerDay
    let age =
      random.chance(0.1)
      ? random.integer(below: 2 * secondsPerDay) : ordinaryAge(below: oldest, youth: youth, &random)
    return Follower(
      followedAt: time, createdAt: time - min(age, oldest), seed: random.next(), event: event,
      kind: kind)
  }

  /// An age in seconds.
  ///
  /// Ages beyond the platform's are drawn again: put at its start they would be
  /// a band of accounts created on one day.
  private func ordinaryAge(
    below oldest: Int, youth: Double, _ random: inout SplitMix64
  ) -> Int {
    for _ in 0..<100 {
      let days = random.logNormal(median: 400, sigma: 1.3) * youth
      let age = Int(min(days, 1e6) * Double(secondsPerDay))
      if age < oldest { return age }
    }
    return random.integer(below: oldest)
  }

  private func bought(
    time: Int, event: EventPlan, number: Int, _ random: inout SplitMix64
  ) -> Follower {
    let window = event.creationDays[random.integer(below: event.creationDays.count)]
    let created = window * secondsPerDay + random.integer(below: windowDays * secondsPerDay)
    return Follower(
      followedAt: time, createdAt: min(created, time), seed: random.next(), event: number,
      kind: .fake)
  }

  private func midnight(_ day: Int) -> Int {
    (start + day) * secondsPerDay
  }
}
