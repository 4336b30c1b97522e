import Columns
import Plans
import Statistics
import Synchronization

/// The rows of a list by account and, within each, by period.
///
/// Rows without an account or a period are left out and counted, and those more than thirty years from the
/// account's middle row: a date of 1970 or 0001 is a mistake, and would lay out its periods for nothing. O(n):
/// rows go to their accounts in blocks, and within each account to their periods, where they do not stand
/// in that order already. Of a list in order of time, periods are looked at once.
struct AccountRows: Sendable {
  /// One account's rows.
  struct Account: Sendable {
    let name: String
    /// The first period, and where each period's rows begin in `rows`.
    let first: Int
    let starts: PeriodStarts
    /// The rows in order of period, in the order of the list within one.
    let rows: BufferSlice<Int32>
    /// Whether they stand in the order of the list altogether.
    let isInListOrder: Bool

    var periodCount: Int { starts.periodCount }

    /// The number of rows of each period.
    var counts: [Int] { (0..<periodCount).map { starts[$0 + 1] - starts[$0] } }

    /// Where the rows of some periods stand, given by number; what is outside is left out.
    func places(in periods: ClosedRange<Int>) -> Range<Int> {
      let low = max(periods.lowerBound - first, 0)
      let high = min(periods.upperBound - first, periodCount - 1)
      return low <= high ? starts[low]..<starts[high + 1] : 0..<0
    }

    /// The rows of some periods, given by number; what is outside is left out.
    func rows(in periods: ClosedRange<Int>) -> BufferSlice<Int32> { rows.part(places(in: periods)) }

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
  /// Rows without an account or a period, and those of dates far from the others.
  let leftOut: Int

  /// Takes the account of each row and its period; `Int32.min` where there is none.
  init(
    _ names: [String], _ numbers: BufferSlice<Int32>, periods: BufferSlice<Int32>,
    of period: SeriesPeriod = .day, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let reach = Self.farthestYears * period.perYear
    let rising = try RisingPeriods(periods, longest: reach, context)
    let hasPeriod: @Sendable (Int) -> Bool = { periods.pointer[$0] != .min }
    let all = rising != nil || !periods.elements.contains(.min)
    let parts = try RowPartition(
      numbers, parts: names.count, context, where: all ? nil : hasPeriod)
    let known = names.indices.filter { !parts.rows(of: $0).isEmpty }
    // Nothing is asked for that is not used: it would push out memory that is.
    let sorted = rising == nil ? BufferSlice<Int32>(capacity: numbers.count) : nil
    let ordered = rising == nil ? try parts.inOrder(periods, context) : nil
    let made = Mutex([Account?](repeating: nil, count: known.count))
    // Large accounts first, so that no core waits for one at the end.
    let order = known.indices.sorted {
      (parts.rows(of: known[$1]).count, $0) < (parts.rows(of: known[$0]).count, $1)
    }
    try context.forEach(known.count) { place in
      let index = order[place]
      let range = parts.rows(of: known[index])
      let (name, rows) = (names[known[index]], parts.order.part(range))
      let account =
        rising.flatMap { Account(name, rows, periods, $0) }
        ?? Account(
          name, rows, ordered?.part(range) ?? BufferSlice(rows.each { periods.pointer[Int($0)] }),
          reach: reach, into: sorted?.part(range))
      made.withLock { $0[index] = account }
    }
    accounts = made.withLock { $0.compactMap { $0 } }
    leftOut = numbers.count - accounts.reduce(0) { $0 + $1.rows.count }
  }

  init(accounts: [Account], leftOut: Int) {
    self.accounts = accounts
    self.leftOut = leftOut
  }

  private static let farthestYears = 30

  /// The accounts by their places, those with most rows first: the order in which cores take them.
  var largestFirst: [Int] {
    accounts.indices.sorted {
      (accounts[$1].rows.count, $0) < (accounts[$0].rows.count, $1)
    }
  }
}

extension AccountRows.Account {
  /// Takes rows of a list in order of time; nil of far fewer rows than periods.
  fileprivate init?(
    _ name: String, _ rows: BufferSlice<Int32>, _ periods: BufferSlice<Int32>,
    _ rising: RisingPeriods
  ) {
    let low = periods.pointer[Int(rows.pointer[0])]
    let high = periods.pointer[Int(rows.pointer[rows.count - 1])]
    let count = Int(high - low) + 1
    guard !PeriodStarts.isSparse(count, rows: rows.count) else { return nil }
    self.init(
      name: name, first: Int(low), starts: rising.starts(of: rows, from: low, count: count),
      rows: rows, isInListOrder: true)
  }

  /// Takes rows in the order of the list, and their periods; `sorted` is memory for as many, not needed of rising
  /// periods, `reach` how many periods from the middle row's are taken.
  fileprivate init(
    _ name: String, _ rows: BufferSlice<Int32>, _ own: BufferSlice<Int32>, reach: Int,
    into sorted: BufferSlice<Int32>?
  ) {
    let middle = own.middleOfSome
    let near =
      Int32(clamping: Int(middle) - reach)...Int32(clamping: Int(middle) + reach)
    var (low, high, isAscending) = valueBounds(own.pointer, count: own.count)
    if !near.contains(low) || !near.contains(high) {
      isAscending = false
      (low, high) = (.max, .min)
      for period in own.elements {
        low = min(low, period < near.lowerBound ? middle : period)
        high = max(high, period > near.upperBound ? middle : period)
      }
    }
    let (first, count) = (Int(low), Int(high) - Int(low) + 1)
    self.name = name
    self.first = first
    isInListOrder = isAscending
    guard !isAscending, let sorted else {
      starts = PeriodStarts(rising: own, first: low, count: count)
      self.rows = rows
      return
    }
    var next = [Int](repeating: 0, count: count + 1)
    for period in own.elements where near.contains(period) { next[Int(period &- low) + 1] &+= 1 }
    for index in 0..<count { next[index + 1] += next[index] }
    starts = PeriodStarts(next)
    self.rows = sorted.prefix(next[count])
    for place in 0..<rows.count {
      let period = own.pointer[place]
      guard near.contains(period) else { continue }
      let slot = Int(period &- low)
      sorted.pointer[next[slot]] = rows.pointer[place]
      next[slot] &+= 1
    }
  }
}

extension BufferSlice<Int32> {
  /// The middle of a thousand values taken evenly; 0 of none.
  fileprivate var middleOfSome: Int32 {
    let step = Swift.max(1, count / 1000)
    let some = stride(from: 0, to: count, by: step).map { pointer[$0] }.sorted()
    return some.isEmpty ? 0 : some[some.count / 2]
  }
}
