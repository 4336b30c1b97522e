/// The followers of one of two accounts, and which of them follow the other too.
struct PlacedFollowers {
  let account: OverlapAccount
  private let onBoth: [UInt64]

  /// `onBoth`: a bit a row.
  init(_ account: OverlapAccount, _ onBoth: [UInt64]) {
    (self.account, self.onBoth) = (account, onBoth)
  }

  /// Calls `body` with those who follow both and came on some days, and the day of each.
  func forEachOnBoth(_ days: ClosedRange<Int64>, _ body: (Int32, Int64) -> Void) {
    for day in account.days where days.contains(day.day) {
      for row in day.rows where onBoth[row >> 6] >> UInt64(row & 63) & 1 != 0 {
        body(account.members[row], day.day)
      }
    }
  }
}

/// How often followers of a few days stand as far from their day in another list.
///
/// Many who follow one account follow another at the same time, whatever the day: who has just signed up, who was
/// shown both. So a stretch of days and a block of the other list are held against other stretches of the same
/// length, and the blocks as far from these. O(followers of 150 days).
struct JointFollows {
  /// Followers of the stretch, and how many of them stand in the block.
  private(set) var followers = 0
  private(set) var shared = 0
  /// Those of the stretches around.
  private(set) var usualFollowers = 0
  private(set) var usualShared = 0

  /// How far the stretches around reach, the days between, and the longest a block may take.
  private static let reach: Int64 = 60
  private static let guardDays: Int64 = 2
  private static let longestBlock: Int64 = 30

  /// Nil where the days of one of the lists are not known, or the block takes long.
  init?(
    _ own: PlacedFollowers, _ rows: Range<Int>, _ other: PlacedFollowers, _ block: Range<Int>
  ) {
    guard let days = own.account.days(of: rows), let far = other.account.days(of: block),
      far.upperBound - far.lowerBound < Self.longestBlock
    else { return nil }
    followers = rows.count
    var moves: [Int32: Int64] = [:]
    own.forEachOnBoth(days.lowerBound - Self.reach...days.upperBound + Self.reach) { person, day in
      moves[person] = Self.move(day, days)
    }
    other.forEachOnBoth(far.lowerBound - Self.reach...far.upperBound + Self.reach) { person, day in
      guard let move = moves[person], far.contains(day - move) else { return }
      if move == 0 { shared += 1 } else { usualShared += 1 }
    }
    for day in own.account.days where !days.contains(day.day) && Self.move(day.day, days) != nil {
      usualFollowers += day.rows.count
    }
  }

  /// How far the stretch that holds a day is from the one looked at; nil for a day in none.
  private static func move(_ day: Int64, _ days: ClosedRange<Int64>) -> Int64? {
    if days.contains(day) { return 0 }
    let length = days.upperBound - days.lowerBound + 1
    let isLater = day > days.upperBound
    let beside = (isLater ? day - days.upperBound : days.lowerBound - day) - 1 - guardDays
    guard beside >= 0 else { return nil }
    let move = guardDays + (beside / length + 1) * length
    return move > reach ? nil : isLater ? move : -move
  }

  /// How many times as likely a follower of the stretch stands in the block as one of another stretch in its own.
  var lift: Double {
    let inside = (Double(shared) + 0.5) / Double(followers + 1)
    return inside / ((Double(usualShared) + 0.5) / Double(usualFollowers + 1))
  }

  /// ln p by Fisher's exact test.
  var lnP: Double {
    lnHypergeometricTail(
      atLeast: shared, population: followers + usualFollowers, marked: shared + usualShared,
      draws: followers)
  }
}
