/// Between which times each row of a list followed, by its records.
///
/// A stretch of rows between two records has one high; the low rises with the creation times that are
/// possible there. O(n).
struct FollowBounds {
  private(set) var lows: [Int64]
  /// None where they were not asked for.
  private(set) var highs: [Int64]
  private(set) var typicalWidth: Int64 = 0

  /// About as many rows are looked at for the typical width.
  private static let widthRows = 100_000

  init(_ list: FollowList, _ records: FollowRecords, makingHighs: Bool) {
    let count = list.createdAt.count
    lows = [Int64](repeating: .min, count: count)
    highs = makingHighs ? lows : []
    var low = list.start ?? .min
    var start = 0
    var widths = RowWidths(step: max(1, count / Self.widthRows))
    for next in 0...records.count {
      let isLast = next == records.count
      let end = isLast ? count : records.rows[next]
      let limit = isLast ? list.capturedAt ?? .min : records.times[next]
      let high = Self.high(below: next, records, list.capturedAt)
      low = setLows(start..<end, list.createdAt, from: low, limit: limit)
      set(start..<end, high: high, &widths)
      if isLast { break }
      low = max(low, records.times[next])
      lows[end] = low
      let own =
        records.isExact[next] ? low : Self.high(below: next + 1, records, list.capturedAt)
      set(end..<end + 1, high: own, &widths)
      start = end + 1
    }
    typicalWidth = widths.median
  }

  /// Sets the lows of a stretch, of creation times up to `limit`; gives the last.
  private mutating func setLows(
    _ rows: Range<Int>, _ createdAt: [Int64], from low: Int64, limit: Int64
  ) -> Int64 {
    lows.withUnsafeMutableBufferPointer { lows in
      createdAt.withUnsafeBufferPointer { createdAt in
        var low = low
        for row in rows {
          let time = createdAt[row]
          low = max(low, time <= limit ? time : .min)
          lows[row] = low
        }
        return low
      }
    }
  }

  private mutating func set(_ rows: Range<Int>, high: Int64, _ widths: inout RowWidths) {
    if !highs.isEmpty { for row in rows { highs[row] = high } }
    widths.add(rows, lows, high: high)
  }

  /// The latest time of a row before a record: its time and a day's lag.
  private static func high(
    below index: Int, _ records: FollowRecords, _ capturedAt: Int64?
  ) -> Int64 {
    guard index < records.count else { return capturedAt ?? .min }
    let time = records.isExact[index] ? records.times[index] : records.times[index] + day
    return min(time, capturedAt ?? .max)
  }
}

/// The distances from low to high of every so many rows.
private struct RowWidths {
  let step: Int
  private var next = 0
  private var widths: [Int64] = []

  init(step: Int) {
    self.step = step
  }

  /// Takes a stretch of rows, the first of which follows the last one taken.
  mutating func add(_ rows: Range<Int>, _ lows: [Int64], high: Int64) {
    while next < rows.upperBound {
      if lows[next] != .min, high != .min { widths.append(max(0, high - lows[next])) }
      next += step
    }
  }

  /// 0 of none.
  var median: Int64 {
    var rest = widths
    return rest.isEmpty ? 0 : rest.select(rank: rest.count / 2)
  }
}
