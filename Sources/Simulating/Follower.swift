/// What a simulated follower truly is.
enum FollowerClass: UInt8, CaseIterable {
  case engaged
  case quiet
  case fake

  var name: StaticString {
    switch self {
    case .engaged: "engaged"
    case .quiet: "quiet"
    case .fake: "fake"
    }
  }
}

/// A follower before its profile is written; times in seconds since 1970 UTC.
struct Follower {
  var followedAt: Int
  var createdAt: Int
  /// Everything else follows from it.
  var seed: UInt64
  /// The number of the planted event that brought it, −1 for ordinary growth.
  var event: Int
  var kind: FollowerClass
}
