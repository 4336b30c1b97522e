/// The profiles of some followers, a column each; nil columns are not known for any of them.
///
/// NaN is an unknown value. Columns have one length; profile numbers are those of the capture.
package struct FollowerProfiles: Sendable {
  /// How many followers.
  package var count: Int
  /// The low-quality flag.
  package var lowQuality: [Bool]?
  /// Creation of the account, days since 1970.
  package var created: [Double]?
  /// When it followed, days since 1970.
  package var followed: [Double]?
  /// Posts.
  package var statuses: [Double]?
  /// Followers of the follower.
  package var followers: [Double]?
  /// Accounts it follows.
  package var friends: [Double]?

  /// Followers of whom nothing is known but their number.
  package init(count: Int) {
    self.count = count
  }

  /// The age of each account when it followed, in days; NaN where it is unknown or negative.
  var ages: [Double]? {
    guard let created, let followed else { return nil }
    return zip(created, followed).map { $1 >= $0 ? $1 - $0 : .nan }
  }

  /// Creation days of those older than `age` days when they followed, ascending.
  ///
  /// A wave of people who sign up to follow is thereby left out.
  func creationDays(olderThan age: Double) -> [Double] {
    guard let created, let ages else { return [] }
    return risingNumbers(created.indices.filter { ages[$0] > age }.map { created[$0] })
  }
}
