/// The followers of an account as a drip test reads them, by day of following.
///
/// Days are counted from the first day of the series, creation days on the same scale and mostly
/// negative. Rows of one day are in any order.
package struct DripList: Sendable {
  /// Where the rows of each day begin; one entry more than days, rising, the last the number of rows.
  package var dayStarts: [Int]
  /// Day of signing up; `Int32.min` where unknown.
  package var createdDays: [Int32]
  /// Whether the follower is of low quality, if that is known of the list.
  package var isLowQuality: [Bool]?
  /// Per day whether it is left out: an event, or missing.
  package var isMasked: [Bool]

  /// Days of the series.
  package var dayCount: Int { isMasked.count }

  package init(
    dayStarts: [Int], createdDays: [Int32], isLowQuality: [Bool]?, isMasked: [Bool]
  ) {
    precondition(dayStarts.count == isMasked.count + 1 && dayStarts.last == createdDays.count)
    self.dayStarts = dayStarts
    self.createdDays = createdDays
    self.isLowQuality = isLowQuality
    self.isMasked = isMasked
  }

  /// The rows of a day; none where it is left out.
  func rows(ofDay day: Int) -> Range<Int> {
    isMasked[day] ? 0..<0 : dayStarts[day]..<dayStarts[day + 1]
  }

  /// Passes on the rows of a day where they lie: days of signing up, flags of them, and how many.
  func withRows(
    ofDay day: Int, _ flags: [Bool],
    _ body: (UnsafePointer<Int32>, UnsafePointer<UInt8>, Int) -> Void
  ) {
    let rows = rows(ofDay: day)
    createdDays.withUnsafeBufferPointer { created in
      flags.withUnsafeBytes { flags in
        guard let created = created.baseAddress,
          let flags = flags.bindMemory(to: UInt8.self).baseAddress
        else { return }
        body(created + rows.lowerBound, flags + rows.lowerBound, rows.count)
      }
    }
  }

  /// Ages at follow, in days, that tell of a stock of accounts: known and over 60 days.
  static let ages = 61..<20_000

  /// Whether who signed up on a day (`Int32.min`: unknown) and followed on another is of that age.
  @inline(__always)
  static func isOfStock(created: Int32, day: Int) -> Bool {
    let age = Int32(truncatingIfNeeded: day) &- created
    return UInt32(bitPattern: age &- Int32(ages.lowerBound)) < UInt32(ages.count)
  }
}
