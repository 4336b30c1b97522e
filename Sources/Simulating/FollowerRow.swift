import Statistics

/// Writes followers as rows of CSV.
struct FollowerRow {
  private let account: [UInt8]?
  private let hasTimes: Bool
  private let columns: SimulationOptions.Columns
  private let capturedAt: Int

  init(_ options: SimulationOptions) {
    account = options.account.map { csvField($0) }
    hasTimes = options.hasTimes
    columns = options.columns
    capturedAt = (options.start + options.days) * secondsPerDay
  }

  /// The line of column names.
  func writeHeader(_ writer: inout RowWriter) {
    let isTwitter = columns == .twitter
    if account != nil { writer.text("account,") }
    writer.text("id,screen_name,name,created_at,")
    if hasTimes { writer.text("followed_at,") }
    writer.text(
      isTwitter
        ? "followers_count,friends_count,statuses_count,favourites_count,listed_count,"
        : "followers,friends,statuses,favourites,listed,")
    writer.text("verified,protected,default_profile,")
    writer.text(isTwitter ? "default_profile_image," : "default_image,")
    writer.text("lang,location,description,url,last_status_at\n")
  }

  /// Writes one row, which follows from the follower's seed, and returns its id.
  func write(_ follower: Follower, _ writer: inout RowWriter) -> Int {
    var random = SplitMix64(seed: follower.seed)
    let id = accountID(createdAt: follower.createdAt, &random)
    let profile = Profile(follower, capturedAt: capturedAt, &random)
    if let account {
      writer.bytes(account)
      writer.comma()
    }
    writer.number(id)
    writer.comma()
    writer.screenName(&random, isFake: follower.kind == .fake)
    writer.comma()
    writer.personName(&random)
    writer.comma()
    writeTimes(follower, &writer)
    writeFigures(profile, &writer)
    writeTexts(profile, &random, &writer)
    return id
  }

  private func writeTimes(_ follower: Follower, _ writer: inout RowWriter) {
    if columns == .twitter {
      writer.twitterTime(follower.createdAt)
    } else {
      writer.time(follower.createdAt)
    }
    writer.comma()
    guard hasTimes else { return }
    writer.time(follower.followedAt)
    writer.comma()
  }

  private func writeFigures(_ profile: Profile, _ writer: inout RowWriter) {
    writer.number(profile.followers)
    writer.comma()
    writer.number(profile.friends)
    writer.comma()
    writer.number(profile.statuses)
    writer.comma()
    writer.number(profile.favourites)
    writer.comma()
    writer.number(profile.listed)
    writer.comma()
    writer.flag(profile.isVerified)
    writer.comma()
    writer.flag(profile.isProtected)
    writer.comma()
    writer.flag(profile.hasDefaultProfile)
    writer.comma()
    writer.flag(profile.hasDefaultImage)
    writer.comma()
  }

  private func writeTexts(
    _ profile: Profile, _ random: inout SplitMix64, _ writer: inout RowWriter
  ) {
    writer.language(&random)
    writer.comma()
    if random.chance(profile.hasBiography ? 0.7 : 0.2) { writer.place(&random) }
    writer.comma()
    if profile.hasBiography { writer.biography(&random) }
    writer.comma()
    if profile.hasBiography, random.chance(0.3) { writer.link(&random) }
    writer.comma()
    if let time = profile.lastStatusAt { writer.time(time) }
    writer.byte(0x0A)
  }
}

/// An id that grows with the time of creation, as Twitter's do.
///
/// From 2010-11-04 on a snowflake: milliseconds above 22 bits, here random. Before it, numbers below
/// 2⁴⁰.
private func accountID(createdAt: Int, _ random: inout SplitMix64) -> Int {
  let milliseconds = createdAt * 1000 + random.integer(below: 1000) - 1_288_834_974_657
  if milliseconds > 0 { return milliseconds << 22 | random.integer(below: 1 << 22) }
  let age = createdAt - platformStartDay * secondsPerDay
  return 20 + max(0, age) * 3500 + random.integer(below: 3500)
}

/// A field of CSV, in quotes where it needs them.
private func csvField(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  guard bytes.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return bytes }
  return [0x22] + bytes.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
}
