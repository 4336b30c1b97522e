/// The mean of rising values without the weight of those far above; 0 of none.
///
/// From the median on, four times the mean of the values cut at 2.5 robust deviations.
func clippedMean(_ values: UnsafeBufferPointer<Double>) -> Double {
  guard !values.isEmpty else { return 0 }
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count + 1) { sums in
    var sum = 0.0
    sums[0] = 0
    for place in values.indices {
      sum += values[place]
      sums[place + 1] = sum
    }
    var level = middle(values)
    for _ in 0..<4 {
      let spread = max(
        1.4826 * medianDistance(of: values, from: level), max(level, 0.2).squareRoot())
      let next = mean(of: values, cappedAt: level + 2.5 * spread, sums)
      if next == level { break }
      level = next
    }
    return level
  }
}

private func middle(_ values: UnsafeBufferPointer<Double>) -> Double {
  let middle = values.count / 2
  return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
}

/// The median distance of rising values from a center, in O(log n).
private func medianDistance(of values: UnsafeBufferPointer<Double>, from center: Double) -> Double {
  let middle = values.count / 2
  let upper = distance(of: values, from: center, ofNearest: middle + 1)
  guard values.count % 2 == 0 else { return upper }
  return (upper + distance(of: values, from: center, ofNearest: middle)) / 2
}

/// The distance within which the nearest `number` values lie.
///
/// They are neighbours in order: of all runs of that length it is the one whose farther end is nearest,
/// found where the distance of the first stops being the larger one. Halves are taken without a branch,
/// which no one could guess.
private func distance(
  of values: UnsafeBufferPointer<Double>, from center: Double, ofNearest number: Int
) -> Double {
  var first = 0
  var left = values.count - number
  while left > 0 {
    let half = left / 2
    let place = first + half
    let isLarger = center - values[place] > values[place + number - 1] - center
    first = isLarger ? place + 1 : first
    left = isLarger ? left - half - 1 : half
  }
  func reach(_ first: Int) -> Double {
    max(center - values[first], values[first + number - 1] - center)
  }
  return first > 0 ? min(reach(first), reach(first - 1)) : reach(first)
}

/// The mean with values above a cap counted as the cap; takes the sums of the values before each place.
private func mean(
  of values: UnsafeBufferPointer<Double>, cappedAt cap: Double,
  _ sums: UnsafeMutableBufferPointer<Double>
) -> Double {
  var below = values.count
  while below > 0, values[below - 1] >= cap { below -= 1 }
  var sum = sums[below]
  // One by one, as the sums are: so the same to the last bit as without them.
  for _ in below..<values.count { sum += cap }
  return sum / Double(values.count)
}
