extension FollowTimes {
  /// Makes the estimates rise with the rows and lie within the bounds, which are widened for them.
  ///
  /// Rows that the smoother and the interpolation see apart (those after the last record) may contradict
  /// each other: neighbours that fall are given their mean (isotonic regression by pooling, M. Ayer et al.,
  /// Annals of Mathematical Statistics 26, 1955). O(n).
  mutating func settle(_ records: FollowRecords) {
    poolFalling(&estimates)
    guard records.isExact.contains(true) else { return settle() }
    var bound = Int64.max
    var next = records.count - 1
    for row in estimates.indices.reversed() {
      while next >= 0, records.rows[next] > row { next -= 1 }
      let isExact = next >= 0 && records.rows[next] == row && records.isExact[next]
      if isExact { bound = min(bound, records.times[next]) }
      estimates[row] = max(min(estimates[row], bound), lows[row])
      if !highs.isEmpty, highs[row] != .min, !isExact {
        highs[row] = max(highs[row], estimates[row])
      }
    }
  }

  /// The same where no time is exact: rows do not bound each other.
  private mutating func settle() {
    for row in estimates.indices { estimates[row] = max(estimates[row], lows[row]) }
    for row in highs.indices where highs[row] != .min {
      highs[row] = max(highs[row], estimates[row])
    }
  }
}

/// Replaces runs of values that fall by their means, so that all values rise or stay.
func poolFalling(_ values: inout [Int64]) {
  guard zip(values, values.dropFirst()).contains(where: >) else { return }
  var pools: [(mean: Double, count: Int)] = []
  for value in values {
    var pool = (mean: Double(value), count: 1)
    while let last = pools.last, last.mean > pool.mean {
      let count = last.count + pool.count
      pool.mean = last.mean + (pool.mean - last.mean) * Double(pool.count) / Double(count)
      pool.count = count
      pools.removeLast()
    }
    pools.append(pool)
  }
  var row = 0
  for pool in pools {
    for place in row..<row + pool.count { values[place] = Int64(pool.mean) }
    row += pool.count
  }
}
