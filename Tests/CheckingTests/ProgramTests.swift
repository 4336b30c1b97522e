import Checking
import Columns
import Diagnostics
import Plans
import Testing

/// Programs of the design and of the benchmark, over follower lists with the canonical columns.
@Suite struct ProgramTests {
  private func scope() -> Scope {
    var scope = exampleScope()
    let names: [(String, DataType)] = [
      ("account", .string), ("id", .int), ("screen_name", .string), ("created_at", .time),
      ("followed_at", .time), ("followers", .int), ("friends", .int), ("statuses", .int),
      ("listed", .int), ("verified", .bool), ("protected", .bool), ("default_profile", .bool),
      ("default_profile_image", .bool), ("lang", .string), ("location", .string),
      ("description", .string), ("url", .string),
    ]
    var properties = TableProperties()
    properties.keyColumn = "id"
    for name in ["acme", "rival", "f"] {
      scope.tables[name] = Table(
        name: name,
        fields: names.map { name, type in
          Field(name: name, type: type, originalName: name == "id" ? "follower_id" : nil)
        }, rows: [], properties: properties)
    }
    return scope
  }

  @Test(arguments: [
    "acme | filter followers < 10 and friends > 1k | group n = count(), typical = median(statuses) by "
      + "lang | top 5 by n",
    "rival | filter id not in acme | top 20 by followers",
    "let fresh = acme | filter created_at >= 2024-01 and followed_at in 2024-03\n"
      + "def risky(t, limit = 50) = t | filter friends / followers > limit\nfresh | risky 100 | take 20",
    "10k / 37",
    "acme | ratio friends / followers",
    "acme | ratio (friends > 10 * followers) by created = month(created_at) | top 5 by low",
    "acme | union rival | group n = count(), typical = median(statuses) by account",
    "acme | derive n = count() per day(followed_at) | top 2500 by n | group n = count() by created = "
      + "month(created_at) | top 5 by n",
    "f | group n = count(), a = avg(followers), m = median(followers), r = ratio(friends, followers) "
      + "by account",
    "f | group n = count(), s = share(default_profile_image) by account, d = day(followed_at)",
    "f | top 20 by followers per account | select account, follower_id",
    "f | group n = distinct(follower_id)",
    "f | join (f | select follower_id, other = account) on follower_id | filter account <= other "
      + "| group n = count() by account, other",
    "f | filter contains(description, \"coffee\") | group n = count()",
    "f | filter screen_name matches /[a-z]+[0-9]{6,}/ | group n = count()",
    "f | derive b = floor(20 / (1 + exp(-((-1.2) + 1.9 * if(default_profile_image, 1, 0) + -0.6 * "
      + "if(description == null, 1, 0) + 0.021 * least(friends / (followers + 1), 100) + -0.55 * "
      + "((followed_at - created_at) / 1d / 1000))))) | group n = count() by b",
  ])
  func check(_ text: String) {
    let program = CheckedProgram(text, scope: scope())
    #expect(program.diagnostics.map(\.message) == [])
    #expect(program.statement != nil)
  }

  @Test func oldNamesGiveTheCanonicalColumn() {
    let program = CheckedProgram("f | group n = count() by follower_id", scope: scope())
    #expect(program.plan?.schema.names == ["id", "n"])
  }
}
