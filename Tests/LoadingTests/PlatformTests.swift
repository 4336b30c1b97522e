import Columns
import Glibc
import Loading
import Tasks
import Testing

/// What a made-up export of a platform is read as.
private struct Export: Sendable, CustomTestStringConvertible {
  let file: String
  let platform: TableProperties.Platform
  let rows: Int
  let types: [String: DataType]
  var testDescription: String { file }
}

private let exports = [
  Export(
    file: "twitter_v1.jsonl", platform: .twitter, rows: 2,
    types: [
      "id": .int, "screen_name": .string, "followers": .int, "friends": .int, "created_at": .time,
      "favourites": .int, "default_image": .bool, "status.id": .int, "url": .string,
    ]),
  Export(
    file: "twitter_v2.jsonl", platform: .twitter, rows: 3,
    types: [
      "id": .int, "screen_name": .string, "followers": .int, "friends": .int, "statuses": .int,
      "created_at": .time, "withheld.country_codes": .string,
    ]),
  Export(
    file: "instagram_followers_1.json", platform: .instagram, rows: 2,
    types: ["screen_name": .string, "followed_at": .time]),
  Export(
    file: "instagram_following.json", platform: .instagram, rows: 2,
    types: ["screen_name": .string, "followed_at": .time]),
  Export(
    file: "tiktok_follower.txt", platform: .tiktok, rows: 2,
    types: ["screen_name": .string, "followed_at": .time]),
  Export(
    file: "tiktok_user_data.json", platform: .tiktok, rows: 2,
    types: ["screen_name": .string, "followed_at": .time]),
  Export(
    file: "tiktok_api.json", platform: .tiktok, rows: 2,
    types: ["screen_name": .string, "followers": .int, "friends": .int, "statuses": .int]),
  Export(
    file: "youtube_studio.csv", platform: .youtube, rows: 3,
    types: ["Date": .date, "Subscribers gained": .int]),
  Export(
    file: "youtube_channels.csv", platform: .youtube, rows: 12, types: ["followers": .int]),
  Export(
    file: "bluesky.json", platform: .bluesky, rows: 2,
    types: [
      "id": .string, "screen_name": .string, "followers": .int, "friends": .int,
      "created_at": .time, "indexedAt": .time,
    ]),
  Export(
    file: "mastodon.json", platform: .mastodon, rows: 2,
    types: [
      "screen_name": .string, "description": .string, "last_status_at": .time, "bot": .bool,
      "followers": .int,
    ]),
  Export(
    file: "github_stargazers.json", platform: .github, rows: 2,
    types: ["id": .int, "screen_name": .string, "followed_at": .time]),
]

private let folder =
  #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
  + "/Golden/data/platforms/"

@Test(arguments: exports)
private func exportsAreRecognised(_ export: Export) throws {
  let result = try load(
    folder + export.file, as: "t", options: LoadOptions(), workers: Workers(count: 2))
  #expect(result.rejects == nil)
  #expect(result.table.rowCount == export.rows)
  #expect(result.table.properties.platform == export.platform)
  for (name, type) in export.types {
    #expect(result.table.type(name) == type, "\(name) of \(result.table.schema.names)")
  }
}

private func export(_ file: String) throws -> LoadedTable {
  try load(folder + file, as: "t", options: LoadOptions(), workers: Workers(count: 2))
}

@Test func epochSecondsAreFollowTimes() throws {
  let result = try export("instagram_followers_1.json")
  #expect(
    result.table.scalars("followed_at") == [
      .time(1_709_287_200_000_000), .time(1_709_280_000_000_000),
    ])
  #expect(
    result.report.repairs == [
      "string_list_data.timestamp: numbers read as seconds since 1970"
    ])
  let millis = try loaded("id,created_at\n1,1709287200123\n2,\n")
  #expect(millis.table.scalars("created_at") == [.time(1_709_287_200_123_000), .null])
  #expect(try loaded("id,created_at\n1,2009\n").table.type("created_at") == .int)
}

@Test func writtenCountsAreCounts() throws {
  let result = try loaded("screen_name,followers,friends\na,1.2M,\"1,234\"\nb,12.3K,7\nc,,8\n")
  #expect(result.table.scalars("followers") == [.int(1_200_000), .int(12_300), .null])
  #expect(result.table.scalars("friends") == [.int(1234), .int(7), .int(8)])
  #expect(
    result.report.repairs == [
      "followers: 2 counts like '1.2M' are rounded", "friends: numbers like '1,234' read as 1234",
    ])
  #expect(try loaded("screen_name,followers\na,1.2.3K\n").table.type("followers") == .string)
  #expect(
    try loaded("screen_name,followers\na,1.2K\n") { $0.raw = true }.table.type("followers")
      == .string)
}

@Test func roundedCountsAreTold() throws {
  let result = try export("youtube_channels.csv")
  #expect(
    result.report.warnings.contains(
      "followers: no count has more than three digits that are not 0: rounded"))
}

@Test func keysHoldOnTheirPlatform() throws {
  let mastodon = try export("mastodon.json")
  #expect(mastodon.table.properties.keyColumn == "screen_name")
  #expect(mastodon.table.scalars("screen_name") == [.string("ada@pond.example"), .string("bo")])
  let bluesky = try export("bluesky.json")
  #expect(bluesky.table.properties.keyColumn == "id")
  #expect(bluesky.table.column("followed_at") == nil)
}
