import Columns

/// Where the rows of each period begin among rows in order of period.
///
/// One number a period, or where there are far more periods than rows, one a period that has any.
struct PeriodStarts: Sendable {
  let periodCount: Int
  /// Dense: one start a period and the number of rows.
  private let starts: [Int]
  /// Sparse: the periods that have rows, rising, and the starts of those.
  private let periods: [Int]

  /// So many periods a row are still laid out.
  private static let mostPerRow = 16

  /// Takes the period of each row, rising, from `first` on.
  init(rising rows: BufferSlice<Int64>, first: Int64, count: Int) {
    periodCount = count
    guard count > 1024, count / Self.mostPerRow > rows.count else {
      var starts = [Int](repeating: 0, count: count + 1)
      for period in rows.elements { starts[Int(period &- first) + 1] &+= 1 }
      for index in 0..<count { starts[index + 1] += starts[index] }
      (self.starts, periods) = (starts, [])
      return
    }
    var (starts, periods) = ([Int](), [Int]())
    for (place, period) in rows.elements.enumerated() {
      let number = Int(period &- first)
      if periods.last != number {
        periods.append(number)
        starts.append(place)
      }
    }
    starts.append(rows.count)
    (self.starts, self.periods) = (starts, periods)
  }

  /// The start of a period; of the one after the last, the number of rows.
  subscript(period: Int) -> Int {
    if periods.isEmpty { return starts[period] }
    var (low, high) = (0, periods.count)
    while low < high {
      let middle = (low + high) / 2
      if periods[middle] < period { low = middle + 1 } else { high = middle }
    }
    return starts[low]
  }
}
