/// The values of a sliding window in ascending order.
///
/// Putting in and taking out cost O(size), which for the tens of values of a baseline is less than any
/// tree; the statistics read off in at most one pass.
struct SortedWindow {
  private(set) var values: [Double] = []

  var count: Int { values.count }

  mutating func insert(_ value: Double) {
    values.insert(value, at: rank(of: value))
  }

  /// Takes out one value that was put in.
  mutating func remove(_ value: Double) {
    let place = rank(of: value)
    if place < values.count { values.remove(at: place) }
  }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
  }

  /// The middle value, or the mean of the two; 0 of none.
  var median: Double {
    let middle = values.count / 2
    guard !values.isEmpty else { return 0 }
    return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }

  /// The median distance of the values from a center; 0 of none.
  ///
  /// O(log size).
  func medianDistance(from center: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    let middle = values.count / 2
    let upper = distance(from: center, ofNearest: middle + 1)
    guard values.count % 2 == 0 else { return upper }
    return (upper + distance(from: center, ofNearest: middle)) / 2
  }

  /// The distance within which the nearest `number` values lie.
  ///
  /// They are neighbours in order: of all runs of that length it is the one whose farther end is
  /// nearest, found where the distance of the first stops being the larger one.
  private func distance(from center: Double, ofNearest number: Int) -> Double {
    var low = 0
    var high = values.count - number
    while low < high {
      let first = (low + high) / 2
      if center - values[first] > values[first + number - 1] - center {
        low = first + 1
      } else {
        high = first
      }
    }
    func reach(_ first: Int) -> Double {
      max(center - values[first], values[first + number - 1] - center)
    }
    return low > 0 ? min(reach(low), reach(low - 1)) : reach(low)
  }

  /// Writes the sum of the values before each place, and of all.
  func writeSums(to sums: UnsafeMutableBufferPointer<Double>) {
    var sum = 0.0
    sums[0] = 0
    for (place, value) in values.enumerated() {
      sum += value
      sums[place + 1] = sum
    }
  }

  /// The mean of the values with those above a cap counted as the cap; takes their sums, as written.
  func mean(cappedAt cap: Double, _ sums: UnsafeBufferPointer<Double>) -> Double {
    guard !values.isEmpty else { return 0 }
    let below = rank(of: cap)
    var sum = sums[below]
    // One by one, as the sums are: so the same to the last bit as without them.
    for _ in below..<values.count { sum += cap }
    return sum / Double(values.count)
  }

  /// How many values are smaller.
  private func rank(of value: Double) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
