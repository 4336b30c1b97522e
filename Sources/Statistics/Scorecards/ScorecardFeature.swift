/// What a scorecard may look at: a number of a profile or a quotient of two.
///
/// The names are those of saved models and of `scripts/scorecard_data.py`.
package enum ScorecardFeature: String, CaseIterable, Hashable, Sendable {
  /// Followers of the follower.
  case followers
  /// Accounts that the follower follows.
  case friends
  /// Posts.
  case statuses
  /// Likes given.
  case favourites
  /// Lists that the follower is on.
  case listed
  /// 1 for an empty description, 0 for one with text.
  case emptyDescription
  /// Days from the account's creation to the capture, at least 1.
  case accountAge
  /// `friends` by the square of `followers` (of 1 where that is less): who follows many unheard.
  case friendsPerFollowerSquared
  /// `followers` by `accountAge`.
  case followersPerDay
  /// `friends` by `accountAge`.
  case friendsPerDay
  /// `statuses` by `accountAge`.
  case statusesPerDay
  /// `favourites` by `accountAge`.
  case favouritesPerDay

  /// The columns of a profile that it is made of.
  package var columns: [ProfileColumn] {
    switch self {
    case .followers: [.followers]
    case .friends: [.friends]
    case .statuses: [.statuses]
    case .favourites: [.favourites]
    case .listed: [.listed]
    case .emptyDescription: [.emptyDescription]
    case .accountAge: [.accountAge]
    case .friendsPerFollowerSquared: [.friends, .followers]
    case .followersPerDay: [.followers, .accountAge]
    case .friendsPerDay: [.friends, .accountAge]
    case .statusesPerDay: [.statuses, .accountAge]
    case .favouritesPerDay: [.favourites, .accountAge]
    }
  }
}

/// A column of numbers that a profile is judged by.
package enum ProfileColumn: Int, CaseIterable, Hashable, Sendable {
  case followers
  case friends
  case statuses
  case favourites
  case listed
  case emptyDescription
  case accountAge
}
