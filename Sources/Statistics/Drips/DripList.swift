/// The followers of an account as a drip test reads them.
///
/// Days are counted from the first day of the series, creation days on the same scale and mostly
/// negative. Arrays are one entry a follower, in any order.
package struct DripList: Sendable {
  /// Day of the follow, 0 up to `dayCount`; rows outside are left out.
  package var followDays: [Int32]
  /// Day of signing up; `Int32.min` where unknown.
  package var createdDays: [Int32]
  /// Whether the follower is of low quality, if that is known of the list.
  package var isLowQuality: [Bool]?
  /// Per day whether it is left out: an event of fewer than ten days, or missing.
  package var isMasked: [Bool]

  /// Days of the series.
  package var dayCount: Int { isMasked.count }

  package init(
    followDays: [Int32], createdDays: [Int32], isLowQuality: [Bool]?, isMasked: [Bool]
  ) {
    self.followDays = followDays
    self.createdDays = createdDays
    self.isLowQuality = isLowQuality
    self.isMasked = isMasked
  }

  func isUsed(_ row: Int) -> Bool {
    let day = Int(followDays[row])
    return isMasked.indices.contains(day) && !isMasked[day]
  }

  /// Whether a row's age at its follow is known and tells of a stock of accounts: over 60 days.
  func hasAge(_ row: Int) -> Bool {
    let (follow, created) = (Int(followDays[row]), Int(createdDays[row]))
    return created > Int(Int32.min) && follow - created > 60 && follow - created < 20_000
  }
}
