import Kernels

/// Counts of integers by value below 512 and by 256 steps a power of two above, a group.
///
/// The k-th value of a group lies in one bucket: exact where that holds one value; otherwise a
/// second pass over the rows collects the values of the buckets in question.
final class IntegerHistogram: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  /// The least value; a bucket is of the value less this.
  let base: Int64
  let bucketCount: Int
  let counts: Store<UInt32>
  private let words: Store<Int64>
  private let narrow: Store<Int32>
  private let places: Store<UInt32>

  init(range: ClosedRange<Int64>, blockRows: Int) {
    base = range.lowerBound
    bucketCount =
      IntegerHistogram.bucket(UInt64(bitPattern: range.upperBound &- range.lowerBound)) + 1
    counts = Store(capacity: 64)
    words = Store(undefined: blockRows)
    narrow = Store(undefined: blockRows)
    places = Store(undefined: blockRows)
  }

  /// The number of buckets for values of a range.
  static func bucketCount(_ range: ClosedRange<Int64>) -> Int {
    bucket(UInt64(bitPattern: range.upperBound &- range.lowerBound)) + 1
  }

  /// The bucket of a distance from the base.
  @inline(__always) static func bucket(_ distance: UInt64) -> Int {
    // 0 below 512, without a branch.
    let power = 55 &- (distance | 256).leadingZeroBitCount
    return power &* 256 &+ Int(truncatingIfNeeded: distance &>> UInt64(power))
  }

  /// Whether a bucket holds one value only, and its least distance.
  static func least(of bucket: Int) -> (distance: UInt64, isSingle: Bool) {
    if bucket < 512 { return (UInt64(bucket), true) }
    let power = (bucket - 256) / 256
    return (UInt64(bucket - power * 256) << UInt64(power), false)
  }

  func resize(to count: Int) { counts.resize(to: count * bucketCount, filling: 0) }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    if let base = Int32(exactly: base), argument.validity == nil,
      let values = argument.narrowValues(scratch: narrow.pointer)
    {
      return add(values, above: base, argument)
    }
    if argument.scale == 1, case .int64(let values) = argument.values {
      add(values, argument)
    } else if argument.orderWords(into: words.pointer) {
      add(UnsafePointer(words.pointer), argument)
    }
  }

  private func add(_ values: UnsafePointer<Int32>, above base: Int32, _ argument: DenseColumn) {
    histogramPlaces(
      values, groups: argument.groups, base: base, bucketCount: bucketCount,
      count: argument.count, into: places.pointer)
    let (counts, places) = (counts.pointer, places.pointer)
    for row in 0..<argument.count { counts[Int(places[row])] &+= 1 }
  }

  private func add(_ values: UnsafePointer<Int64>, _ argument: DenseColumn) {
    let counts = counts.pointer
    let (bucketCount, base) = (bucketCount, base)
    let mayBeNull = argument.validity != nil
    for row in 0..<argument.count where !mayBeNull || argument.groups[row] != 0 {
      let distance = UInt64(bitPattern: values[row] &- base)
      let start = Int(argument.groups[row]) &* bucketCount
      counts[start &+ IntegerHistogram.bucket(distance)] &+= 1
    }
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? IntegerHistogram else { return }
    for index in 0..<count {
      let from = other.counts.pointer + Int(sources[index]) * bucketCount
      let into = counts.pointer + Int(targets[index]) * bucketCount
      for bucket in 0..<bucketCount { into[bucket] &+= from[bucket] }
    }
  }

  /// The number of values of a group.
  func total(_ group: Int) -> Int {
    var total = 0
    for bucket in 0..<bucketCount { total += Int(counts.pointer[group * bucketCount + bucket]) }
    return total
  }

  /// The bucket of the value of a rank (from 0), and the rank within the bucket.
  func locate(_ rank: Int, in group: Int) -> (bucket: Int, rank: Int) {
    var rest = rank
    for bucket in 0..<bucketCount {
      let here = Int(counts.pointer[group * bucketCount + bucket])
      if rest < here { return (bucket, rest) }
      rest -= here
    }
    return (max(0, bucketCount - 1), 0)
  }
}
