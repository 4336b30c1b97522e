/// The robust level around each period, of deseasonalised counts.
///
/// A clipped mean of the usable values `spared + 1` to `reach` periods away on both sides: from the
/// median, four times the mean of the values cut at 2.5 robust deviations. A plain median would be too
/// low for small counts. Where fewer than 7 values are near, the level is drawn straight from its
/// neighbours. O(T · reach).
func localLevels(_ values: [Double], usable: [Bool], reach: Int, spared: Int) -> [Double] {
  let near = spared + 1
  var window = SortedWindow()
  var levels = [Double](repeating: .nan, count: values.count)
  func put(_ t: Int) { if t >= 0, t < values.count, usable[t] { window.insert(values[t]) } }
  func take(_ t: Int) { if t >= 0, t < values.count, usable[t] { window.remove(values[t]) } }
  for t in stride(from: near - 1, to: reach, by: 1) { put(t) }
  for t in values.indices {
    put(t + reach)
    take(t + near - 1)
    put(t - near)
    take(t - reach - 1)
    if window.count >= 7 { levels[t] = window.clippedMean }
  }
  return interpolated(levels)
}

extension SortedWindow {
  /// The mean of the values without the weight of those far above: 0 of none.
  var clippedMean: Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count + 1) { sums in
      writeSums(to: sums)
      var level = median
      for _ in 0..<4 {
        let spread = max(1.4826 * medianDistance(from: level), max(level, 0.2).squareRoot())
        let next = mean(cappedAt: level + 2.5 * spread, UnsafeBufferPointer(sums))
        if next == level { break }
        level = next
      }
      return level
    }
  }
}

/// NaN replaced by what lies on the line between its neighbours, or by the nearest at the ends.
func interpolated(_ values: [Double]) -> [Double] {
  var filled = values
  var last: Int?
  for t in values.indices where !values[t].isNaN {
    if let last {
      for gap in (last + 1)..<max(t, last + 1) {
        let part = Double(gap - last) / Double(t - last)
        filled[gap] = values[last] + part * (values[t] - values[last])
      }
    } else {
      for gap in 0..<t { filled[gap] = values[t] }
    }
    last = t
  }
  guard let last else { return [Double](repeating: 0, count: values.count) }
  for gap in (last + 1)..<max(values.count, last + 1) { filled[gap] = values[last] }
  return filled
}
