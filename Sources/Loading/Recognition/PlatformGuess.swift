import Columns

/// Where the accounts of a table are, when its names or ids are sure signs.
func guessPlatform(_ table: Table, originals: [String]) -> TableProperties.Platform {
  let names = Set(originals.map(foldedName))
  func hasAny(_ wanted: String...) -> Bool { wanted.contains { names.contains($0) } }
  if hasAny("starredat", "stargazer", "stargazers") { return .github }
  if hasAny("did") && hasAny("handle", "followscount", "indexedat") { return .bluesky }
  if hasAny("channelid", "subscribercount", "subscribers", "subscribersgained")
    || hasAny("statisticssubscribercount")
  {
    return .youtube
  }
  if hasAny("heartcount", "uniqueid", "diggcount", "biodescription")
    || names == ["date", "username"]
    || hasAny("videocount") && hasAny("followercount", "likescount")
  {
    return .tiktok
  }
  if hasAny("stringlistdatahref") { return .instagram }
  if hasAny("profilepicurl", "isbusiness", "edgefollowedby") && hasAny("username", "fullname") {
    return .instagram
  }
  if hasAny("acct") { return .mastodon }
  let isTwitter =
    hasAny("favouritescount", "defaultprofileimage", "friendscount", "statusescount", "twid")
    || names.contains { $0.hasPrefix("publicmetrics") || $0.hasPrefix("twarc") }
    || hasAny("tweetcount", "tweetscount", "tweets", "lasttweetedat")
    || names == ["accountid", "userlink"]
  // Only Twitter gives out lists of ids and nothing else.
  let isBare = table.schema.names == ["id"] && areFollowerIds(table.columns[0])
  return isTwitter || isBare || hasSnowflakes(table) ? .twitter : .unknown
}

/// Whether ids made since 2016 carry the time in `created_at` (Twitter's snowflakes).
private func hasSnowflakes(_ table: Table) -> Bool {
  guard let ids = table.column("id"), ids.type == .int,
    let times = table.column("created_at"), times.type == .time,
    let id = ids.segments.first, let time = times.segments.first
  else { return false }
  var (agreeing, compared) = (0, 0)
  let epoch: Int64 = 1_288_834_974_657
  for (row, (id, created)) in zip(id.integers(), time.integers()).enumerated() {
    if compared == 1000 { break }
    if ids.segments[0].isNull(at: row) || times.segments[0].isNull(at: row) { continue }
    if id < 1 << 40 { continue }
    compared += 1
    let made = ((id >> 22) &+ epoch) &* 1000
    agreeing += abs(made &- created) < 5_000_000 ? 1 : 0
  }
  return compared >= 5 && agreeing * 10 >= compared * 9
}
