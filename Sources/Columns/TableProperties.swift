/// What is known of a table beyond its columns; found in the file, or given with `load`.
package struct TableProperties: Sendable, Hashable {
  /// Where the accounts are.
  package enum Platform: String, Sendable, CaseIterable {
    case twitter, instagram, tiktok, youtube, bluesky, mastodon, github, unknown
  }

  /// Which rows of the whole list are here.
  package enum Selection: String, Sendable, CaseIterable {
    case complete, random, newest, unknown
  }

  /// How the rows follow each other in time.
  package enum Order: String, Sendable, CaseIterable {
    case newestFirst = "newest first"
    case oldestFirst = "oldest first"
    case notInFollowOrder = "not in follow order"
    case unknown
  }

  /// What the rows are, by their columns.
  package enum Role: String, Sendable, CaseIterable {
    case followerList = "follower list"
    case dailyCounts = "daily counts"
    case accountsList = "accounts list"
    case postsList = "posts list"
    case engagementLog = "engagement log"
  }

  package var platform: Platform = .unknown
  package var selection: Selection = .unknown
  package var order: Order = .unknown
  package var roles: [Role] = []
  /// When the list was taken, microseconds since 1970 UTC.
  package var capturedAt: Int64?
  /// The followers that the profile stated that day.
  package var statedFollowers: Int64?
  /// The follow times that can be ones; nil where all are.
  package var possibleFollows: PossibleTimes?
  /// The column by which `in TABLE` looks a value up; nil when there is none.
  package var keyColumn: String?

  /// The files that the rows come from, as they were named.
  package var sources: [String] = []
  /// What loading repaired, left out or doubted, as its report said.
  package var loadNotes: [String] = []

  package init() {}
}

/// Between which values a column of times or of dates says when something happened.
package struct PossibleTimes: Sendable, Hashable {
  /// The type of the column when it was looked at: in whose unit the range is.
  package var type: DataType
  package var range: ClosedRange<Int64>

  package init(type: DataType, range: ClosedRange<Int64>) {
    self.type = type
    self.range = range
  }
}
