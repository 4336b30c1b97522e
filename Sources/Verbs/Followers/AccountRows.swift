import Columns
import Plans
import Synchronization

/// The rows of a list by account and, within each, by period.
///
/// Rows without an account or a period are left out and counted. O(n): rows go to their accounts in
/// blocks, and within each account to their periods, where they do not stand in that order already.
struct AccountRows: Sendable {
  /// One account's rows.
  struct Account: Sendable {
    let name: String
    /// The first period, and where each period's rows begin in `rows`; one entry more than periods.
    let first: Int
    let starts: [Int]
    /// The rows in order of period, in the order of the list within one.
    let rows: BufferSlice<Int32>

    var periodCount: Int { starts.count - 1 }

    /// The number of rows of each period.
    var counts: [Int] { (0..<periodCount).map { starts[$0 + 1] - starts[$0] } }

    /// The rows of some periods, given by number; what is outside is left out.
    func rows(in periods: ClosedRange<Int>) -> BufferSlice<Int32> {
      let low = max(periods.lowerBound - first, 0)
      let high = min(periods.upperBound - first, periodCount - 1)
      return rows.part(low <= high ? starts[low]..<starts[high + 1] : 0..<0)
    }

    /// The sum of a column of flags over the rows of each period.
    func sums(_ flags: BufferSlice<UInt8>) -> [Int] {
      (0..<periodCount).map { period in
        var sum = 0
        for place in starts[period]..<starts[period + 1] {
          sum &+= Int(flags.pointer[Int(rows.pointer[place])])
        }
        return sum
      }
    }
  }

  let accounts: [Account]
  /// Rows without an account or a period.
  let leftOut: Int

  /// Takes the account of each row and its period; `Int64.min` where there is none.
  init(
    _ names: [String], _ numbers: BufferSlice<Int32>, periods: BufferSlice<Int64>,
    _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let parts = try RowPartition(numbers, parts: names.count, context) {
      periods.pointer[$0] != .min
    }
    let known = names.indices.filter { !parts.rows(of: $0).isEmpty }
    let sorted = BufferSlice<Int32>(capacity: numbers.count)
    let made = Mutex([Account?](repeating: nil, count: known.count))
    // Large accounts first, so that no core waits for one at the end.
    let order = known.indices.sorted {
      (parts.rows(of: known[$1]).count, $0) < (parts.rows(of: known[$0]).count, $1)
    }
    try context.forEach(known.count) { place in
      let index = order[place]
      let range = parts.rows(of: known[index])
      let account = Account(
        names[known[index]], parts.order.part(range), periods, into: sorted.part(range))
      made.withLock { $0[index] = account }
    }
    accounts = made.withLock { $0.compactMap { $0 } }
    leftOut = numbers.count - parts.count
  }

  /// The accounts by their places, those with most rows first: the order in which cores take them.
  var largestFirst: [Int] {
    accounts.indices.sorted {
      (accounts[$1].rows.count, $0) < (accounts[$0].rows.count, $1)
    }
  }
}

extension AccountRows.Account {
  /// The most periods that are laid out: days of two thousand years.
  private static let most = 800_000

  /// Takes rows in the order of the list; `sorted` is memory for as many.
  fileprivate init(
    _ name: String, _ rows: BufferSlice<Int32>, _ periods: BufferSlice<Int64>,
    into sorted: BufferSlice<Int32>
  ) {
    let own = BufferSlice<Int64>(capacity: rows.count)
    for place in 0..<rows.count { own.pointer[place] = periods.pointer[Int(rows.pointer[place])] }
    var (low, high, last, descents) = (Int64.max, Int64.min, Int64.min, 0)
    for period in own.elements {
      low = min(low, period)
      high = max(high, period)
      descents &+= period < last ? 1 : 0
      last = period
    }
    let first = Int(low)
    let count = min(Int(high) - first + 1, Self.most)
    var starts = [Int](repeating: 0, count: count + 1)
    for period in own.elements where Int(period) &- first < count {
      starts[Int(period) &- first + 1] &+= 1
    }
    for index in 0..<count { starts[index + 1] += starts[index] }
    self.name = name
    self.first = first
    self.starts = starts
    guard descents > 0 else {
      self.rows = rows.prefix(starts[count])
      return
    }
    var next = starts
    for place in 0..<rows.count {
      let slot = Int(own.pointer[place]) &- first
      if slot >= count { continue }
      sorted.pointer[next[slot]] = rows.pointer[place]
      next[slot] &+= 1
    }
    self.rows = sorted.prefix(starts[count])
  }
}
