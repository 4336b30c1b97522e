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
  func medianDistance(from center: Double) -> Double {
    let needed = values.count / 2
    var above = rank(of: center)
    var below = above - 1
    var previous = 0.0
    var distance = 0.0
    for _ in 0...needed where !values.isEmpty {
      previous = distance
      let down = below >= 0 ? center - values[below] : .infinity
      let up = above < values.count ? values[above] - center : .infinity
      if down < up {
        distance = down
        below -= 1
      } else {
        distance = up
        above += 1
      }
    }
    return values.count % 2 == 1 ? distance : (previous + distance) / 2
  }

  /// The mean of the values with those above a cap counted as the cap.
  func mean(cappedAt cap: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    var sum = 0.0
    for value in values { sum += min(value, cap) }
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
