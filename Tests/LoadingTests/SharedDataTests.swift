import Columns
import Glibc
import Loading
import Tasks
import Testing

/// What a file of the shared data holds, from its README and Python's csv module.
private struct Expected: Sendable, CustomTestStringConvertible {
  let file: String
  let rows: Int
  let types: [String: DataType]
  var nulls: [String: Int] = [:]
  var order = TableProperties.Order.unknown
  var testDescription: String { file }
}

private let files = [
  Expected(
    file: "cresci2015/profiles.csv.gz", rows: 2899,
    types: [
      "id": .int, "created_at": .time, "default_profile": .bool, "default_image": .bool,
      "geo_enabled": .bool, "verified": .bool, "protected": .bool, "utc_offset": .int,
      "description": .string, "label": .string,
    ],
    nulls: ["verified": 2899, "default_profile": 0, "url": 2570, "location": 651],
    order: .notInFollowOrder),
  Expected(
    file: "cresci2015/tfp_counts_only.csv", rows: 281,
    types: ["row": .int, "followers": .int, "default_profile": .bool, "label": .string]),
  Expected(
    file: "cli_export_2017/parsed.csv", rows: 1000,
    types: ["id": .int, "since": .string, "statuses": .int, "friends": .int]),
  Expected(
    file: "brand_followers_2016/followers.csv.gz", rows: 4973,
    types: ["position": .int, "created_at": .time, "friends": .int, "screen_name_mask": .string],
    order: .newestFirst),
  Expected(
    file: "follower_lists/list_A_export.csv.gz", rows: 29095,
    types: ["id": .int, "created_at": .time, "followers": .int, "followed_back": .bool],
    nulls: ["created_at": 72, "followers": 71, "description_hash": 16147], order: .newestFirst),
  Expected(
    file: "follower_lists/list_A_reference.csv.gz", rows: 29023,
    types: [
      "rank": .int, "inferred_follow_lower": .time, "inferred_follow_day": .date,
      "slide_score": .float,
    ]),
  Expected(
    file: "follower_lists/list_A_snapshot2_export.csv.gz", rows: 28854,
    types: ["id": .int, "created_at": .time], order: .newestFirst),
  Expected(
    file: "follower_lists/list_C_export.csv.gz", rows: 5189, types: ["id": .int],
    order: .newestFirst),
  Expected(
    file: "github_fake_stars/low_activity_stars.csv.gz", rows: 19628,
    types: ["account": .string, "screen_name": .string, "followed_at": .time]),
  Expected(
    file: "github_fake_stars/monthly_campaigns.csv.gz", rows: 9290,
    types: ["month": .string, "campaign": .bool, "n_stars": .float, "age": .int]),
  Expected(
    file: "growth_series/aberdeen_2009_2014_monthly.csv", rows: 1240,
    types: ["account": .string, "date": .date, "followers": .int]),
  Expected(
    file: "growth_series/cgd_bluesky_2024_2026.csv", rows: 142,
    types: ["date": .time, "followers": .int, "following": .int], nulls: ["following": 7]),
  Expected(
    file: "growth_series/colombia_politics_2022_daily.csv", rows: 737,
    types: ["date": .time, "followers": .int]),
  Expected(
    file: "growth_series/jp_creator_2018_daily_with_events.csv", rows: 108,
    types: ["date": .date, "event_note": .string], nulls: ["event_note": 60]),
  Expected(
    file: "nab_tweets/Twitter_volume_AAPL.csv.gz", rows: 15902,
    types: ["timestamp": .time, "value": .int]),
]

/// The folder of shared data beside the project; nil when it is not there.
private let shared: String? = {
  let sources = #filePath.split(separator: "/").dropLast(3)
  for drop in 1...3 {
    let folder = "/" + sources.dropLast(drop).joined(separator: "/") + "/shared/data"
    if access(folder, R_OK) == 0 { return folder }
  }
  return nil
}()

@Test(.enabled(if: shared != nil, "the shared data is not here"), arguments: files)
private func sharedFile(expected: Expected) throws {
  let folder = try #require(shared)
  let result = try load(
    "\(folder)/\(expected.file)", as: "t", options: LoadOptions(), workers: Workers(count: 2))
  let table = result.table
  #expect(table.rowCount == expected.rows)
  #expect(result.rejects == nil)
  for (name, type) in expected.types { #expect(table.type(name) == type, "\(name)") }
  for (name, nulls) in expected.nulls { #expect(table.column(name)?.nullCount == nulls, "\(name)") }
  #expect(expected.order == .unknown || table.properties.order == expected.order)
}

@Test(.enabled(if: shared != nil, "the shared data is not here"))
private func sharedSums() throws {
  let folder = try #require(shared)
  let table = try load(
    "\(folder)/cresci2015/profiles.csv.gz", as: "t", options: LoadOptions(), workers: Workers()
  ).table
  func sum(_ name: String) -> Int64 {
    table.scalars(name).reduce(0) { $0 + ($1.integer ?? 0) }
  }
  #expect(sum("followers") == 881368)
  #expect(sum("friends") == 1106484)
  #expect(sum("statuses") == 3127061)
  #expect(sum("listed") == 5679)
  #expect(sum("id") == 1856198630769)
  let flags = table.scalars("default_profile").count { $0 == .bool(true) }
  #expect(flags == 2075)
}
