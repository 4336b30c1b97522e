import Columns
import Plans

/// Where each period begins in a list in order of time.
///
/// The rows of an account are then in order of period as they are, and where its periods begin is found by
/// their row numbers alone.
struct RisingPeriods: Sendable {
  /// The period of the first row.
  let first: Int32
  /// The first row of each period from `first` on, and the number of rows.
  private let starts: [Int32]

  /// nil for a list that is not in order, has a row without a period, or spans more than `longest` periods.
  init?(
    _ periods: BufferSlice<Int32>, longest: Int, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let count = periods.count
    guard count > 0, periods.pointer[0] != .min else { return nil }
    let (first, last) = (Int(periods.pointer[0]), Int(periods.pointer[count - 1]))
    guard last >= first, last - first < longest else { return nil }
    guard try context.isAscending(periods) else { return nil }
    var place = 0
    self.first = Int32(first)
    starts = (first...last + 1).map { period in
      place = periods.place(of: Int32(period), from: place)
      return Int32(place)
    }
  }

  /// Where each period begins among rows that rise: those of one part of the list.
  func starts(
    of rows: BufferSlice<Int32>, from low: Int32, count: Int
  ) -> PeriodStarts {
    var place = 0
    return PeriodStarts(
      (0...count).map { index in
        place = rows.place(of: starts[Int(low - first) + index], from: place)
        return place
      })
  }
}
