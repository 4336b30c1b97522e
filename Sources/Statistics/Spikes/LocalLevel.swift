/// The robust level around each period, of deseasonalised counts.
///
/// A clipped mean of the usable values `spared + 1` to `reach` periods away on both sides. A plain median
/// would be too low for small counts. Where fewer than 7 values are near, the level is drawn straight from
/// its neighbours. O(T · reach).
func localLevels(_ values: [Double], usable: [Bool], reach: Int, spared: Int) -> [Double] {
  let near = spared + 1
  var window = SortedWindow()
  var levels = [Double](repeating: .nan, count: values.count)
  func known(_ t: Int) -> Double? { values.known(t, usable) }
  for t in stride(from: near - 1, to: reach, by: 1) {
    if let value = known(t) { window.insert(value) }
  }
  for t in values.indices {
    window.move(taking: known(t + near - 1), putting: known(t + reach))
    window.move(taking: known(t - reach - 1), putting: known(t - near))
    if window.count >= 7 { levels[t] = window.withValues(clippedMean) }
  }
  return interpolated(levels)
}

extension [Double] {
  /// The value of a period; nil outside of all and where it is not usable.
  func known(_ t: Int, _ usable: [Bool]) -> Double? {
    indices.contains(t) && usable[t] ? self[t] : nil
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
