import Columns

/// The rows of a list by account and, within each, by period.
///
/// Rows without an account or a period are left out and counted. O(n).
struct AccountRows {
  /// One account's rows.
  struct Account {
    let name: String
    /// The first period, and where each period's rows begin in `rows`; one entry more than periods.
    let first: Int
    let starts: [Int]
    /// The rows in order of period, in the order of the list within one.
    let rows: [Int32]

    var periodCount: Int { starts.count - 1 }

    /// The number of rows of each period.
    var counts: [Int] { (0..<periodCount).map { starts[$0 + 1] - starts[$0] } }

    /// The rows of some periods, given by number; what is outside is left out.
    func rows(in periods: ClosedRange<Int>) -> ArraySlice<Int32> {
      let low = max(periods.lowerBound - first, 0)
      let high = min(periods.upperBound - first, periodCount - 1)
      return low <= high ? rows[starts[low]..<starts[high + 1]] : []
    }
  }

  private(set) var accounts: [Account] = []
  /// Rows without an account or a period.
  private(set) var leftOut = 0

  /// Takes the account of each row and its period; `Int64.min` where there is none.
  init(_ names: [String], _ numbers: BufferSlice<Int32>, periods: BufferSlice<Int64>) {
    var members = [[Int32]](repeating: [], count: names.count)
    for row in 0..<numbers.count {
      let account = Int(numbers.pointer[row])
      if account < 0 || periods.pointer[row] == .min {
        leftOut += 1
      } else {
        members[account].append(Int32(truncatingIfNeeded: row))
      }
    }
    for (name, rows) in zip(names, members) where !rows.isEmpty {
      accounts.append(Self.account(name, rows, periods))
    }
  }

  /// The most periods that are laid out: days of two thousand years.
  private static let most = 800_000

  private static func account(
    _ name: String, _ rows: [Int32], _ periods: BufferSlice<Int64>
  ) -> Account {
    let numbers = rows.map { Int(periods.pointer[Int($0)]) }
    let first = numbers.min() ?? 0
    let count = min((numbers.max() ?? 0) - first + 1, most)
    var starts = [Int](repeating: 0, count: count + 1)
    for number in numbers where number - first < count { starts[number - first + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    var sorted = [Int32](repeating: 0, count: starts[count])
    for (row, number) in zip(rows, numbers) where number - first < count {
      sorted[next[number - first]] = row
      next[number - first] += 1
    }
    return Account(name: name, first: first, starts: starts, rows: sorted)
  }
}
