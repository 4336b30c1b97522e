/// Where the followers of each account stand in each list.
package struct FollowersInLists: Sendable {
  private let planes: [FollowerPlane]
  /// By list, by account: a bit a row; empty where it is looked up again each time.
  private var words: [[[UInt64]]] = []

  /// The most accounts of which that is kept, and between which stretches of days are sought.
  package static let fewAccounts = 64

  /// The accounts whose followers are looked up: all of few, else those that have events.
  static func asked(_ accounts: [OverlapAccount], _ events: [OverlapEvent]) -> [Int] {
    accounts.count <= fewAccounts
      ? Array(accounts.indices) : Set(events.map(\.account)).sorted()
  }

  /// Planes of the accounts asked for: one each of `FollowerPlane.eights`.
  init(_ planes: [FollowerPlane]) { self.planes = planes }

  /// The same with what was looked up before in each list.
  func keeping(_ words: [[[UInt64]]]) -> FollowersInLists {
    var copy = self
    copy.words = words
    return copy
  }

  /// By account a bit for each row of a list; nothing of an account that is not asked for.
  ///
  /// O(members × accounts asked for / 8) where it is not kept.
  func places(in list: Int, _ accounts: [OverlapAccount]) -> [[UInt64]] {
    if !words.isEmpty { return words[list] }
    var places = [[UInt64]](repeating: [], count: accounts.count)
    for plane in planes {
      for (account, words) in zip(plane.accounts, plane.places(in: accounts[list].members)) {
        places[account] = words
      }
    }
    return places
  }
}

/// The stretches of days of one account that stand out by who is on another account too.
///
/// `places`: where the followers of each account stand in its list. O(days × accounts).
func soughtEvents(
  of account: Int, _ accounts: [OverlapAccount], _ events: [OverlapEvent], _ places: [[UInt64]]
) -> [OverlapEvent] {
  let own = events.filter { $0.account == account }
  if accounts[account].days.isEmpty { return [] }
  return accounts.indices.filter { $0 != account }.flatMap { other -> [OverlapEvent] in
    if accounts[other].days.isEmpty { return [] }
    let found = sharedStretches(
      accounts[account], PlaceRanks(words: places[other]), leavingOut: own)
    return found.rows.map { rows in
      OverlapEvent(
        account: account, rows: Array(rows), sought: .init(other: other, tried: found.tried))
    }
  }
}
