import Columns
import Tasks

/// What the columns of a table say of it: roles, platform, order, capture time.
struct TableProfile {
  let fields: [Field]
  private(set) var properties = TableProperties()
  let order: ListOrder
  let repeated: RepeatedRows?
  let followTimes: FollowTimeFlaws

  init(_ table: Table, naming: Naming, options: LoadOptions, workers: Workers) throws {
    fields = table.schema.fields
    if options.raw || !options.types {
      order = ListOrder()
      repeated = nil
    } else {
      properties.roles = roles(table)
      let isList = properties.roles.contains(.followerList)
      order = isList ? ListOrder(table) : ListOrder()
      properties.order = order.order
      properties.platform = guessPlatform(table, originals: naming.originals)
      // Mastodon's ids hold on one server only.
      let keys =
        properties.platform == .mastodon ? ["screen_name", "id"] : ["id", "screen_name"]
      properties.keyColumn = keys.first { table.schema.position(of: $0) != nil }
      properties.capturedAt = TableProfile.captureTime(table, naming)
      repeated =
        isList
        ? try RepeatedRows(table, key: properties.keyColumn, workers: workers) : nil
    }
    if let platform = options.platform { properties.platform = platform }
    if let selection = options.selection { properties.selection = selection }
    if let capturedAt = options.capturedAt { properties.capturedAt = capturedAt }
    properties.statedFollowers = options.statedFollowers
    followTimes =
      properties.roles.contains(.followerList)
      ? try FollowTimeFlaws(table, properties, workers: workers) : FollowTimeFlaws()
    properties.possibleFollows = followTimes.possible
  }

  /// The time in a column of capture times that has one value only.
  private static func captureTime(_ table: Table, _ naming: Naming) -> Int64? {
    for (position, name) in naming.originals.enumerated()
    where KnownColumns.captureTimes.contains(foldedName(name)) {
      let column = table.columns[position]
      guard column.type == .time, let range = column.integerRange else { continue }
      if range.lowerBound == range.upperBound { return range.lowerBound }
    }
    return nil
  }
}

extension ListOrder {
  /// Nothing is known.
  init() {}
}

/// The roles that a table's columns make possible.
private func roles(_ table: Table) -> [TableProperties.Role] {
  let names = Set(table.schema.names)
  func has(_ wanted: String...) -> Bool { wanted.contains { names.contains($0) } }
  var roles: [TableProperties.Role] = []
  let hasKey = has("id", "screen_name")
  let hasProfile = has("created_at", "followed_at", "friends", "statuses", "followers")
  let isPosts = has("posted_at") && has("likes", "comments", "shares", "views")
  let isLog = has("kind") && has("at")
  let date = table.schema.field("date")
  let isSeries = has("followers") && !hasKey && (date?.type == .date || date?.type == .time)
  if isPosts { roles.append(.postsList) }
  if isLog { roles.append(.engagementLog) }
  if isSeries { roles.append(.dailyCounts) }
  let isList =
    hasKey && hasProfile || has("created_at", "followed_at") && has("friends", "position")
  if !isPosts, !isLog, !isSeries, isList { roles.append(.followerList) }
  if roles.isEmpty, has("account", "name"), has("followers") { roles.append(.accountsList) }
  return roles
}
