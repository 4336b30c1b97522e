import Columns
import Loading
import Testing

@Test func exportNamesBecomeCanonical() throws {
  let header = [
    "follower_id", "screen_name", "Display Name", "followers_count", "Following", "Tweets",
    "public_metrics.listed_count", "favourites_count", "Account Created At",
    "default_profile_image",
    "Bio", "screen_name_mask",
  ]
  let row = [
    "5", "ann", "Ann", "1", "2", "3", "4", "6", "2020-01-01T00:00:00Z", "true", "hi", "aaa",
  ]
  let result = try loaded(header.joined(separator: ",") + "\n" + row.joined(separator: ",") + "\n")
  #expect(
    result.table.schema.names == [
      "id", "screen_name", "name", "followers", "friends", "statuses", "listed", "favourites",
      "created_at", "default_image", "description", "screen_name_mask",
    ])
  #expect(result.table.column("Bio")?.type == .string)
  #expect(result.table.schema.field("id")?.originalName == "follower_id")
  #expect(result.table.properties.roles == [.followerList])
  #expect(result.table.properties.platform == .twitter)
  #expect(result.table.properties.keyColumn == "id")
  #expect(result.report.columns[0].originalName == "follower_id")
}

@Test(arguments: [
  ("# Followers", "5", "followers"), ("Total Followers", "5", "followers"),
  ("Seguidores", "5", "followers"), ("Siguiendo", "5", "friends"), ("Abonnés", "5", "followers"),
  ("Usuario", "ann", "screen_name"), ("Benutzername", "ann", "screen_name"),
  ("Followed On", "2024-03-01", "followed_at"), ("Nombre", "Ann", "name"),
  ("Siguiendo", "true", "Siguiendo"), ("Usuario", "17", "Usuario"), ("Fans", "many", "Fans"),
  ("Follower", "17", "Follower"), ("Nom d\u{2019}utilisateur", "ann", "screen_name"),
  ("ABONNÉS", "5", "followers"), ("Date d'inscription", "18/02/2024", "created_at"),
  ("Joined", "Sep 05, 2024", "created_at"), ("Posts", "1,079", "statuses"),
  ("Posts", "a,b", "Posts"), ("rest_id", "7", "rest_id"),
])
func namesOfOtherTongues(name: String, cell: String, wanted: String) throws {
  let result = try loaded("id,\(name)\n5,\"\(cell)\"\n")
  #expect(result.table.schema.names == ["id", wanted])
}

@Test func germanFollowersAreMany() throws {
  let result = try loaded(
    "Benutzername;Follower;Folgt;Beigetreten;Gefolgt am\nann;5;1.854;05.09.2024;26.10.2024 23:08\n"
      + "ben;1.079;20;18.02.2024;25.10.2024 09:00\n")
  #expect(
    result.table.schema.names == [
      "screen_name", "followers", "friends", "created_at", "followed_at",
    ])
  #expect(result.table.scalars("followers") == [.int(5), .int(1079)])
  #expect(result.table.properties.roles == [.followerList])
  // Whoever follows whom: a person, not a count.
  let edges = try loaded("follower,followee\nann,ben\n")
  #expect(edges.table.schema.names == ["follower", "followee"])
}

@Test func daysOfSigningUpAreTimesByAnyName() throws {
  let result = try loaded("id,Joined\n5,2024-03-01\n6,\n")
  #expect(result.table.schema.names == ["id", "created_at"])
  #expect(result.table.scalars("created_at") == [.time(1_709_251_200_000_000), .null])
}

/// Ids as Twitter's interface gives them alone, with a line of a header or without.
@Test(arguments: ["", "user_id\n"], [true, false])
func bareIdsInFollowOrderAreTwitters(header: String, isInOrder: Bool) throws {
  // Every tenth has just signed up; the others have at some time before.
  var numbers = SplitMix(seed: 5)
  let ids = (1...600).map { day -> Int64 in
    let seconds = Int64(day) * 86_400
    let created = day % 10 == 0 ? seconds : Int64.random(in: 0...seconds, using: &numbers)
    return (300_000_000_000 + created * 1000) << 22
  }
  let listed = isInOrder ? Array(ids.reversed()) : ids.shuffled(using: &numbers)
  let result = try loaded(header + listed.map { "\($0)\n" }.joined(), name: "ids.txt")
  #expect(result.table.properties.platform == (isInOrder ? .twitter : .unknown))
  #expect(result.table.schema.names == [isInOrder || header != "" ? "id" : "column1"])
}

@Test func rawKeepsNames() throws {
  let result = try loaded("followers_count,verified\n5,1\n") { $0.raw = true }
  #expect(result.table.schema.names == ["followers_count", "verified"])
  #expect(result.table.type("verified") == .int)
}

@Test func canonicalNamesAreGivenOnce() throws {
  let both = try loaded("followers_count,followers\n5,6\n")
  #expect(both.table.schema.names == ["followers_count", "followers"])
  let two = try loaded("user_id,id_str,x\n5,6,1\n")
  #expect(two.table.schema.names == ["user_id", "id", "x"])
}

@Test func canonicalColumnsHaveTheirTypeWhenEmpty() throws {
  let result = try loaded(
    "id,followers,created_at,verified,name,other\n,,,,,\n,,,,,\n")
  #expect(result.table.schema.fields.map(\.type) == [.int, .int, .time, .bool, .string, .string])
  let none = try loaded("id,followers_count,created_at\n")
  #expect(none.table.schema.fields.map(\.type) == [.int, .int, .time])
}

@Test func namesThatDoNotFitStayThemselves() throws {
  let result = try loaded(
    "id,since,last_tweeted_at,followers_count\n5,a while,Nov 19  2016,1.2Q\n")
  #expect(result.table.schema.names == ["id", "since", "last_status_at", "followers_count"])
  #expect(
    result.report.warnings.contains {
      $0 == "followers_count: '1.2Q' in row 1 is not an int, so it stays string"
    })
  for time in ["2009-12-30T10:00:00Z", "Dec 30  2009"] {
    let fits = try loaded("id,since\n5,\(time)\n")
    #expect(fits.table.schema.names == ["id", "created_at"])
  }
  let names = try loaded("id,name\n5,123\n6,456\n")
  #expect(names.table.scalars("name") == [.string("123"), .string("456")])
}

@Test func datesOfDayPrecisionBecomeTimes() throws {
  let result = try loaded("id,followed_at\n5,2024-03-01\n")
  #expect(result.table.scalars("followed_at") == [.time(1_709_251_200_000_000)])
}

@Test func dailyCounts() throws {
  let result = try loaded(
    "account,timestamp,followers,following\na,2024-01-01,5,1\na,2024-01-02,7,1\n")
  #expect(result.table.schema.names == ["account", "date", "followers", "following"])
  #expect(result.table.properties.roles == [.dailyCounts])
}

@Test func otherRoles() throws {
  #expect(
    try loaded("account,posted_at,likes,comments\na,2024-01-01T00:00:00Z,5,1\n")
      .table.properties.roles == [.postsList])
  #expect(
    try loaded("follower_id,kind,at\n5,like,2024-01-01T00:00:00Z\n").table.properties.roles
      == [.engagementLog])
  #expect(try loaded("account,followers\nacme,5\n").table.properties.roles == [.accountsList])
  #expect(try loaded("x,y\n1,2\n").table.properties.roles == [])
}

@Test func starsAreFollows() throws {
  let result = try loaded("repo,user,starred_at\nr,u,2024-01-01T00:00:00Z\n")
  #expect(result.table.schema.names == ["account", "screen_name", "followed_at"])
  #expect(result.table.properties.platform == .github)
}

/// What stands below a person is known by its own name: `user.name` is no `username`.
@Test func fieldsOfNestedPersonsAreKnown() throws {
  let stars = try loaded(
    """
    starred_at,user.login,user.id,user.name,user.followers,user.following,user.bio,user.created_at
    2023-01-05T10:00:00Z,anna,12,Anna A,5,7,hello,2019-01-01T00:00:00Z

    """)
  #expect(
    stars.table.schema.names == [
      "followed_at", "screen_name", "id", "name", "followers", "friends", "description",
      "created_at",
    ])
  let posts = try loaded(
    """
    id,created_at,text,user.id,user.created_at,user.public_metrics.followers_count,place.name
    1,2023-01-05T10:00:00Z,hi,12,2019-01-01T00:00:00Z,5,Rome

    """)
  #expect(
    posts.table.schema.names == [
      "id", "created_at", "text", "user.id", "user.created_at", "followers", "place.name",
    ])
}

@Test func captureTimeAndOptions() throws {
  let rows = "id,created_at,__twarc.retrieved_at\n5,2020-01-01T00:00:00Z,2024-03-01T12:00:00Z\n"
  let result = try loaded(rows)
  #expect(result.table.properties.capturedAt == 1_709_294_400_000_000)
  let given = try loaded(rows) {
    $0.capturedAt = 7
    $0.platform = .mastodon
    $0.selection = .newest
    $0.statedFollowers = 99
  }
  #expect(given.table.properties.capturedAt == 7)
  #expect(given.table.properties.platform == .mastodon)
  #expect(given.table.properties.selection == .newest)
  #expect(given.table.properties.statedFollowers == 99)
  let two = try loaded(rows + "6,2020-01-01T00:00:00Z,2024-03-02T12:00:00Z\n")
  #expect(two.table.properties.capturedAt == nil)
}

@Test func snowflakesShowThePlatform() throws {
  let rows = (0..<20).map { row -> String in
    let micros = 1_600_000_000_000_000 + row * 3_600_000_000
    let id = (micros / 1000 - 1_288_834_974_657) << 22 + 5
    let hour = String(row)
    _ = hour
    return "\(id),\(isoTime(micros / 1_000_000))\n"
  }
  let result = try loaded("id,created_at\n" + rows.joined())
  #expect(result.table.properties.platform == .twitter)
  let other = try loaded(
    "id,created_at\n" + (0..<20).map { "\($0 + 5),2020-09-13T12:26:40Z\n" }.joined())
  #expect(other.table.properties.platform == .unknown)
}

@Test func orderByFollowTimes() throws {
  func order(_ times: [Int]) throws -> TableProperties.Order {
    let rows = times.enumerated().map { "\($0),\(isoTime(1_600_000_000 + $1))\n" }
    return try loaded("id,followed_at\n" + rows.joined()).table.properties.order
  }
  #expect(try order(Array(0..<100)) == .oldestFirst)
  #expect(try order(Array((0..<100).reversed())) == .newestFirst)
  #expect(try order((0..<100).map { $0 * 37 % 100 }) == .notInFollowOrder)
}

@Test func orderByRecordsOfCreationTimes() throws {
  var random = SplitMix(seed: 3)
  // Followers come in order; each account was made at a random time before it followed.
  let times = (1...2000).map { day in
    Int.random(in: 0..<8, using: &random) == 0
      ? day * 86_400 : Int.random(in: 0..<day * 86_400, using: &random)
  }
  func order(_ times: [Int]) throws -> TableProperties.Order {
    let rows = times.enumerated().map { "\($0),\(isoTime(1_200_000_000 + $1))\n" }
    return try loaded("id,created_at\n" + rows.joined()).table.properties.order
  }
  #expect(try order(times) == .oldestFirst)
  #expect(try order(times.reversed()) == .newestFirst)
  #expect(try order(times.shuffled(using: &random)) == .notInFollowOrder)
  #expect(try order(times.sorted()) == .notInFollowOrder)
  #expect(try order(Array(times.prefix(20))) == .unknown)
}

@Test func repeatedAccountsAreCounted() throws {
  let rows = (0..<100).map { "\($0 % 90),\(isoTime(1_600_000_000 + $0))\n" }.joined()
  #expect(try loaded("id,created_at\n" + rows).report.repeatedRows == 10)
  let accounts = try loaded(
    "account,id,created_at\n"
      + (0..<50).map { "a\($0 % 2),\($0 / 2),2020-01-01T00:00:00Z\n" }.joined())
  #expect(accounts.report.repeatedRows == 0)
}

@Test func reportLinesAreCompact() throws {
  let result = try loaded("id,followers_count,lang\n5,6,de\n7,8,\nshort\n")
  let lines = result.report.lines()
  #expect(lines[0].hasPrefix("t: 3 rows, 3 columns from"))
  #expect(lines[1] == "  comma, UTF-8, LF, header")
  #expect(lines.contains { $0.hasPrefix("  followers") && $0.contains("was followers_count") })
  #expect(lines.contains("  rejected: 1 row not kept whole, see t_rejects"))
  #expect(lines.allSatisfy { !$0.contains("\n") })
}

private func isoTime(_ seconds: Int) -> String {
  let days = seconds / 86_400
  let clock = seconds % 86_400
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  // Days to a date by counting, which is slow and plainly right.
  var (year, rest) = (1970, days)
  func length(_ year: Int) -> Int {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
  }
  while rest >= length(year) {
    rest -= length(year)
    year += 1
  }
  let months = [31, length(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  var month = 0
  while rest >= months[month] {
    rest -= months[month]
    month += 1
  }
  return
    "\(year)-\(two(month + 1))-\(two(rest + 1))T\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))Z"
}
