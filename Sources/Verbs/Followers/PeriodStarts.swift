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
  init(rising rows: BufferSlice<Int32>, first: Int32, count: Int) {
    guard Self.isSparse(count, rows: rows.count) else {
      var starts: [Int] = []
      starts.reserveCapacity(count + 1)
      for period in 0...count {
        starts.append(rows.place(of: first &+ Int32(period), from: starts.last ?? 0))
      }
      self.init(starts)
      return
    }
    var (starts, periods) = ([Int](), [Int]())
    for (place, period) in rows.elements.enumerated() {
      let number = Int(period) - Int(first)
      if periods.last != number {
        periods.append(number)
        starts.append(place)
      }
    }
    self.init(periodCount: count, starts: starts + [rows.count], periods: periods)
  }

  /// Takes the start of each period, and the number of rows.
  init(_ all: [Int]) {
    let (count, rows) = (all.count - 1, all.last ?? 0)
    let isSparse = Self.isSparse(count, rows: rows)
    let periods = isSparse ? (0..<count).filter { all[$0 + 1] > all[$0] } : []
    self.init(
      periodCount: count, starts: isSparse ? periods.map { all[$0] } + [rows] : all,
      periods: periods)
  }

  private init(periodCount: Int, starts: [Int], periods: [Int]) {
    self.periodCount = periodCount
    self.starts = starts
    self.periods = periods
  }

  /// Whether there are far more periods than rows.
  static func isSparse(_ count: Int, rows: Int) -> Bool {
    count > 1024 && count / mostPerRow > rows
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

extension BufferSlice<Int32> {
  /// The first place, from one on, whose value is not below another; values rise.
  ///
  /// In steps that double and then halve: most periods have few rows.
  func place(of value: Int32, from start: Int) -> Int {
    var (low, step) = (start, 1)
    while low + step <= count, pointer[low + step - 1] < value {
      low += step
      step *= 2
    }
    var high = Swift.min(count, low + step - 1)
    while low < high {
      let middle = (low + high) / 2
      if pointer[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
