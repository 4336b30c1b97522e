import Columns
import Statistics

/// Neighbours who came in an event on other days, where follow times are exact.
///
/// A batch of hundreds that came on one day stands among the neighbours of followers of the days around
/// it. Where the days are known it says nothing of them: of who came days before, made about when the
/// batch was, more than half of the near neighbours are of the event.
struct EventNeighbours: Sendable {
  /// The days of an account's spikes.
  let spikes: [ClosedRange<Int>]
  /// By row, where a gain is from.
  let marks: BufferSlice<UInt8>

  /// Steps of two fifths of a day: see `FollowDates`.
  private static let stepsADay = 2.5
  /// 2006-03-21, the first of them, in days since 1970.
  private static let firstDay = 13_228.0
  /// Batches spill over the ends of their days, and days begin where a zone says.
  private static let margin = 1.5

  /// Whether an event of other days explains a neighbourhood.
  ///
  /// - Parameters:
  ///   - index: the follower's rank among `rows`.
  ///   - rows: the rows of the account, oldest follower first; `dates` are theirs.
  /// - Complexity: O(reach · spikes).
  func explain(
    _ neighbourhood: Neighbourhood, of index: Int, _ rows: BufferSlice<Int32>,
    _ dates: BufferSlice<FollowDates>
  ) -> Bool {
    guard !spikes.isEmpty, let day = day(dates.pointer[index]) else { return false }
    let away = spikes.filter {
      day < Double($0.lowerBound) - Self.margin || day > Double($0.upperBound) + 1 + Self.margin
    }
    guard !away.isEmpty else { return false }
    let own = Int(dates.pointer[index].x)
    let width = Int(neighbourhood.days * Self.stepsADay)
    var (near, inEvents) = (0, 0)
    let first = max(0, index - neighbourhood.reach)
    let last = min(rows.count - 1, index + neighbourhood.reach)
    for other in first...last where other != index {
      let date = dates.pointer[other]
      guard date.x > 0, abs(Int(date.x) - own) <= width else { continue }
      near += 1
      guard marks.pointer[Int(rows.pointer[other])] == RowGains.Mark.batch.rawValue,
        let followed = self.day(date)
      else { continue }
      let isIn = away.contains {
        followed > Double($0.lowerBound) - 1 && followed < Double($0.upperBound) + 2
      }
      inEvents += isIn ? 1 : 0
    }
    return 2 * inEvents > near
  }

  /// The day on which a follower followed, to half a day; nil where it takes no part.
  private func day(_ date: FollowDates) -> Double? {
    guard date.x > 0, date.y > 0 else { return nil }
    return Self.firstDay + Double(Int(date.x) + Int(date.y) - 2) / Self.stepsADay
  }
}
