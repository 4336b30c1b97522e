import Columns
import Glibc

/// How the rows of a follower list follow each other, and how that was found.
struct ListOrder {
  var order = TableProperties.Order.unknown
  /// In words, for the load report.
  var reason = ""

  /// By `followed_at` when it is there, else by the records of `created_at`.
  init(_ table: Table) {
    if let column = table.column("followed_at"), column.type == .time || column.type == .date {
      decide(byTimes: column, accounts: accountCount(table))
    } else if let column = table.column("created_at"), column.type == .time {
      decide(byRecords: column)
    }
  }

  /// By the records of a column alone.
  init(records column: Column) { decide(byRecords: column) }

  private func accountCount(_ table: Table) -> Int {
    table.column("account")?.sharedDictionary?.count ?? 1
  }

  /// Follow times that only rise or only fall, but for one step back an account and one row in a
  /// thousand.
  private mutating func decide(byTimes column: Column, accounts: Int) {
    var (rises, falls, count) = (0, 0, 0)
    var previous: Int64?
    for segment in column.segments {
      if segment.statistics.isAscending, let range = segment.statistics.integerRange {
        rises += range.lowerBound < range.upperBound ? segment.rowCount : 0
        if let previous { falls += range.lowerBound < previous ? 1 : 0 }
        previous = range.upperBound
        count += segment.rowCount
        continue
      }
      for (row, value) in segment.integers().enumerated() where !segment.isNull(at: row) {
        if let previous {
          rises += value > previous ? 1 : 0
          falls += value < previous ? 1 : 0
        }
        previous = value
        count += 1
      }
    }
    let allowed = max(accounts - 1, count / 1000)
    if rises + falls == 0 { return }
    if falls <= allowed && rises > falls {
      order = .oldestFirst
      reason = "followed_at rises"
    } else if rises <= allowed && falls > rises {
      order = .newestFirst
      reason = "followed_at falls"
    } else {
      order = .notInFollowOrder
      reason = "followed_at rises \(rises) times and falls \(falls) times"
    }
  }

  /// In follow order, new accounts keep appearing towards one end: read from the other end, far more
  /// creation times exceed all before than the ln n + 0.58 ± √ln n of rows in random order.
  private mutating func decide(byRecords column: Column) {
    var times: [Int64] = []
    for segment in column.segments where times.count < 2_000_000 {
      for (row, value) in segment.integers().enumerated() where !segment.isNull(at: row) {
        times.append(value)
      }
    }
    if times.count < 50 { return }
    let forward = records(times)
    let backward = records(times.reversed())
    let expected = log(Double(times.count)) + 0.58
    let threshold = expected + 6 * expected.squareRoot()
    let (most, least) = (max(forward, backward), min(forward, backward))
    reason = "created_at sets \(most) records against \(Int(expected.rounded())) by chance"
    if most * 10 >= times.count * 9 {
      order = .notInFollowOrder
      reason = "the rows are sorted by created_at"
    } else if Double(most) < threshold || most < least * 3 {
      order = .notInFollowOrder
    } else {
      order = backward > forward ? .newestFirst : .oldestFirst
    }
  }

  /// How many values exceed all before them.
  private func records(_ times: some Sequence<Int64>) -> Int {
    var highest = Int64.min
    var count = 0
    for time in times where time > highest {
      highest = time
      count += 1
    }
    return count
  }
}
