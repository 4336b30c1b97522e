import CKernels

/// The values of a sliding window in ascending order.
///
/// Putting in and taking out are one pass of vectors over the values, which for the tens of a baseline is
/// less than any tree; the statistics read off in at most one pass.
struct SortedWindow {
  private(set) var count = 0
  /// The values, then infinity: up to a whole vector, and one vector more.
  private var places = [Double](repeating: .infinity, count: 16 * lanes)

  private static let lanes = 4

  mutating func insert(_ value: Double) {
    count += 1
    let vectors = (count + Self.lanes - 1) / Self.lanes
    if (vectors + 1) * Self.lanes > places.count {
      places += [Double](repeating: .infinity, count: places.count)
    }
    ck_replace_sorted_f64(&places, vectors, .infinity, value)
  }

  /// Takes out one value that was put in.
  mutating func remove(_ value: Double) {
    replace(value, by: .infinity)
    count -= 1
  }

  /// Takes out a value that was put in and puts another in, each where there is one.
  mutating func move(taking value: Double?, putting other: Double?) {
    switch (value, other) {
    case (let value?, let other?): replace(value, by: other)
    case (let value?, nil): remove(value)
    case (nil, let other?): insert(other)
    case (nil, nil): break
    }
  }

  private mutating func replace(_ value: Double, by other: Double) {
    ck_replace_sorted_f64(&places, (count + Self.lanes - 1) / Self.lanes, value, other)
  }

  mutating func removeAll() {
    for place in 0..<count { places[place] = .infinity }
    count = 0
  }

  /// The middle value, or the mean of the two; 0 of none.
  var median: Double {
    let middle = count / 2
    guard count > 0 else { return 0 }
    return count % 2 == 1 ? places[middle] : (places[middle - 1] + places[middle]) / 2
  }

  /// What `read` makes of the values.
  func withValues<Result>(_ read: (UnsafeBufferPointer<Double>) -> Result) -> Result {
    places.withUnsafeBufferPointer { read(UnsafeBufferPointer(rebasing: $0.prefix(count))) }
  }
}
