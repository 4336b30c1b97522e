package import Columns

extension Catalogue {
  /// The table `example`: eight invented followers of two accounts, some cells null.
  package static let exampleTable: Table = {
    var properties = TableProperties()
    properties.roles = [.followerList]
    properties.platform = .twitter
    properties.keyColumn = "id"
    properties.capturedAt = second(1_714_521_600)
    return Table(name: "example", fields: exampleFields, rows: exampleRows, properties: properties)
  }()

  private static let exampleFields: [Field] = [
    Field(name: "account", type: .string), Field(name: "id", type: .int),
    Field(name: "screen_name", type: .string), Field(name: "name", type: .string),
    Field(name: "created_at", type: .time), Field(name: "followed_at", type: .time),
    Field(name: "followers", type: .int), Field(name: "friends", type: .int),
    Field(name: "statuses", type: .int), Field(name: "verified", type: .bool),
    Field(name: "lang", type: .string), Field(name: "location", type: .string),
    Field(name: "description", type: .string),
  ]

  private static func second(_ seconds: Int64) -> Int64 { seconds * 1_000_000 }

  private static func row(
    _ account: String, _ id: Int64, _ handle: String, _ name: String, created: Int64,
    followed: Int64?, _ followers: Int64, _ friends: Int64, _ statuses: Int64?, _ verified: Bool,
    _ lang: String?, _ location: String?, _ description: String?
  ) -> [Scalar] {
    [
      .string(account), .int(id), .string(handle), .string(name), .time(second(created)),
      followed.map { .time(second($0)) } ?? .null, .int(followers), .int(friends),
      statuses.map { .int($0) } ?? .null, .bool(verified), lang.map { .string($0) } ?? .null,
      location.map { .string($0) } ?? .null, description.map { .string($0) } ?? .null,
    ]
  }

  // Times: 2012-06 to 2024-03 for the accounts, February to April 2024 for the follows.
  private static let exampleRows: [[Scalar]] = [
    row(
      "acme", 101, "ana_paints", "Ana", created: 1_340_000_000, followed: 1_707_000_000, 1520, 840,
      9300, true, "en", "Lisbon", "Painter. Coffee first."),
    row(
      "acme", 102, "bruno", "Bruno", created: 1_400_000_000, followed: 1_708_100_000, 230, 310,
      1200, false, "pt", "Porto", "Father of three"),
    row(
      "acme", 103, "user48213907", "user48213907", created: 1_709_200_000,
      followed: 1_709_300_000, 0, 2100, 0, false, "en", nil, nil),
    row(
      "acme", 104, "user48213911", "user48213911", created: 1_709_200_060,
      followed: 1_709_300_020, 1, 1980, nil, false, "en", nil, nil),
    row(
      "acme", 105, "clara", "Clara M.", created: 1_500_000_000, followed: 1_711_000_000, 95, 88,
      410,
      false, "es", "Sevilla", "coffee, books, trains"),
    row(
      "rival", 102, "bruno", "Bruno", created: 1_400_000_000, followed: 1_709_900_000, 230, 310,
      1200, false, "pt", "Porto", "Father of three"),
    row(
      "rival", 106, "dan_k", "Dan K", created: 1_580_000_000, followed: nil, 40, 400, 12, false,
      nil, "Leeds", nil),
    row(
      "rival", 107, "news_daily", "News Daily", created: 1_350_000_000, followed: 1_712_500_000,
      250_000, 90, 88_000, true, "en", nil, "All the news"),
  ]
}
