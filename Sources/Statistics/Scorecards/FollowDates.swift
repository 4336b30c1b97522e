import CKernels

/// A follower among dates: its day of signing up, and its age at following.
///
/// In steps of two fifths of a day from 1 on, 0 for whoever takes no part: cells of two fifths of a width, so that
/// five of them span it twice, are as many steps as the width has days.
package typealias FollowDates = SIMD2<UInt16>

extension FollowDates {
  /// Cells of either date, of the first width and of the second.
  enum Kind: Int, CaseIterable {
    case narrow, wide, narrowAge, wideAge

    /// Which of the two dates.
    var lane: Int { rawValue / 2 }
    /// Steps of a cell.
    var steps: UInt16 { UInt16(OrderEvidence.widths[rawValue % 2]) }
  }

  /// Those of some followers, by their times in microseconds since 1970, `Int64.min` where unknown.
  package static func write(
    created: [Int64], followed: [Int64], to dates: UnsafeMutablePointer<FollowDates>
  ) {
    precondition(created.count == followed.count, "two times a follower")
    ck_follow_steps(
      created, followed, created.count, CreationCell.firstTime, CreationCell.leastAge,
      CreationCell.step, CreationCell.lastStep,
      UnsafeMutableRawPointer(dates).assumingMemoryBound(to: UInt16.self))
  }

  /// Whether a follower takes part that may have been counted as made near another one.
  package func isMade(near other: FollowDates, _ neighbourhood: Neighbourhood) -> Bool {
    // Cells reach to three of their widths, each of as many steps as the width has days.
    x > 0 && abs(Int(x) - Int(other.x)) <= 3 * Int(neighbourhood.days)
  }

  /// The cells of some followers, `CreationCell.first` and above; 0 for whoever takes no part.
  static func writeCells(
    _ kind: Kind, of dates: UnsafePointer<FollowDates>, _ count: Int,
    to cells: UnsafeMutablePointer<UInt16>
  ) {
    let pairs = UnsafeRawPointer(dates).assumingMemoryBound(to: UInt16.self)
    ck_cells_of_steps(pairs, count, kind.lane, kind.steps, CreationCell.first, cells)
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
  /// The same of wide cells.
  static let wideLimit = Int(lastStep / FollowDates.Kind.wide.steps) + 1 + 2 * Int(first)
  /// Microseconds.
  private static let day: Int64 = 86_400_000_000
  /// Two fifths of a day, and the most of them: those of the first width fill all cells.
  static let step = day * 2 / 5
  static let lastStep = UInt16(last * Int(FollowDates.Kind.narrow.steps))
  /// The time that dates of signing up count from: the start of the oldest platform here, 21 March 2006.
  ///
  /// Earlier dates, which are mistakes, share its step, and those 62 years later the last.
  static let firstTime = 13_228 * day
  /// Accounts of at most this age at following are left out: newcomers to the platform come in waves.
  static let leastAge = 30 * day
}
