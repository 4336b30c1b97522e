import Statistics

/// The figures of a simulated account.
struct Profile {
  var followers = 0
  var friends = 0
  var statuses = 0
  var favourites = 0
  var listed = 0
  var hasBiography = false
  var hasDefaultImage = false
  var hasDefaultProfile = false
  var isVerified = false
  var isProtected = false
  /// Seconds since 1970; nil when nothing was ever posted.
  var lastStatusAt: Int?

  /// Draws the figures of a follower by its class; `capturedAt` is when the list was taken.
  init(_ follower: Follower, capturedAt: Int, _ random: inout SplitMix64) {
    switch follower.kind {
    case .engaged: drawEngaged(&random)
    case .quiet: drawQuiet(&random)
    case .fake: drawFake(&random)
    }
    drawLastStatus(follower, capturedAt: capturedAt, &random)
  }

  private mutating func drawEngaged(_ random: inout SplitMix64) {
    statuses = random.amount(median: 600, sigma: 1.6)
    followers = random.amount(median: 150, sigma: 1.3)
    friends = random.amount(median: 500, sigma: 1.0)
    favourites = random.amount(median: 400, sigma: 1.8)
    listed = random.poisson(mean: Double(followers) * 0.008)
    hasBiography = random.chance(0.55)
    hasDefaultImage = random.chance(0.03)
    hasDefaultProfile = random.chance(0.4)
    isVerified = random.chance(0.01)
    isProtected = random.chance(0.05)
  }

  private mutating func drawQuiet(_ random: inout SplitMix64) {
    statuses = random.integer(in: 0...29)
    followers = random.amount(median: 25, sigma: 1)
    friends = min(largestFigure, Int(Double(followers) * random.logNormal(median: 1, sigma: 0.3)))
    favourites = random.integer(in: 0...60)
    hasBiography = random.chance(0.25)
    hasDefaultImage = random.chance(0.2)
    hasDefaultProfile = random.chance(0.7)
    isProtected = random.chance(0.1)
  }

  private mutating func drawFake(_ random: inout SplitMix64) {
    statuses = random.integer(in: 0...5)
    followers = random.integer(in: 0...15)
    friends = random.integer(in: 200...2000)
    favourites = random.integer(in: 0...5)
    hasBiography = random.chance(0.1)
    hasDefaultImage = random.chance(0.5)
    hasDefaultProfile = random.chance(0.9)
  }

  /// Engaged accounts posted lately, quiet ones at any time, fakes in their first weeks.
  private mutating func drawLastStatus(
    _ follower: Follower, capturedAt: Int, _ random: inout SplitMix64
  ) {
    guard statuses > 0 else { return }
    let life = max(1, capturedAt - follower.createdAt)
    switch follower.kind {
    case .engaged:
      let silence = min(random.logNormal(median: 4, sigma: 1.8), 1e5) * Double(secondsPerDay)
      lastStatusAt = capturedAt - min(life, 1 + Int(silence))
    case .quiet:
      lastStatusAt = follower.createdAt + random.integer(below: life)
    case .fake:
      lastStatusAt = follower.createdAt + random.integer(below: min(life, 21 * secondsPerDay))
    }
  }
}

extension SplitMix64 {
  /// A log-normal whole number that stays a plausible figure.
  fileprivate mutating func amount(median: Double, sigma: Double) -> Int {
    Int(min(logNormal(median: median, sigma: sigma), Double(largestFigure)))
  }
}

private let largestFigure = 200_000_000
