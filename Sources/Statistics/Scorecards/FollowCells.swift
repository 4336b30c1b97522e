import CKernels

/// A follower among dates: cells of its day of signing up, and of its age at following.
///
/// Two fifths of a width each, so that five of them span it twice: of the first width and of the second. 0 for
/// whoever takes no part, `CreationCell.first` and above for the others.
package typealias FollowCells = SIMD4<UInt16>

extension FollowCells {
  /// Which of the four.
  enum Kind: Int, CaseIterable {
    case narrow, wide, narrowAge, wideAge
  }

  /// Those of some followers, by their times in microseconds since 1970, `Int64.min` where unknown.
  package static func write(
    created: [Int64], followed: [Int64], to cells: UnsafeMutablePointer<FollowCells>
  ) {
    precondition(created.count == followed.count, "two times a follower")
    ck_follow_cells(
      created, followed, created.count, CreationCell.firstDay, CreationCell.leastAge,
      OrderEvidence.widths[0] * 0.4, OrderEvidence.widths[1] * 0.4, Double(CreationCell.last),
      CreationCell.first, UnsafeMutableRawPointer(cells).assumingMemoryBound(to: UInt16.self))
  }
}

/// Which cells there are.
enum CreationCell {
  /// The cell of the first dates, and of those below: three and six cells from here are one of the wider widths.
  static let first = UInt16(CK_FIRST_CELL)
  /// One past the highest cell that may be read: behind the last, as many as before the first.
  static let limit = 1 << 13
  /// The most cells from the first on.
  static let last = limit - 1 - 2 * Int(first)
  /// The day that cells of signing up count from: the start of the oldest platform here, 21 March 2006.
  ///
  /// Earlier dates, which are mistakes, share its cell.
  static let firstDay = 13_228.0
  /// Accounts younger than this at following, in days, are left out: newcomers to the platform come in waves.
  static let leastAge = 30.0
}
