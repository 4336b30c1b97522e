import Columns

/// The values of a window in order, NaN last; both zeros are 0.
protocol OrderedWindow: AnyObject {
  /// The number of values that are not NaN.
  var numberCount: Int { get }
  /// The number of values.
  var count: Int { get }
  /// The value of a rank from 0, below `numberCount`.
  func number(at rank: Int) -> Double
  /// Adds or takes out the value of a place in the order of the rows.
  func insert(_ value: Double, _ place: Int)
  func remove(_ value: Double, _ place: Int)
  func replace(_ old: Double, _ oldPlace: Int, by new: Double, _ newPlace: Int)
}

extension OrderedWindow {
  /// The middle value, or the mean of the two middle ones; there is at least one.
  @inline(__always) var median: Double {
    let (low, high) = ((count &- 1) / 2, count / 2)
    if high >= numberCount { return .nan }
    let from = number(at: low)
    return low == high ? from : midpoint(from, number(at: high))
  }

  /// The median of the distances of the values from their median.
  @inline(__always) func medianDistance(from median: Double) -> Double {
    let (low, high) = ((count &- 1) / 2, count / 2)
    if median.isNaN { return .nan }
    if median.isInfinite { return distanceFromInfinite(median, low, high) }
    if low >= numberCount { return .nan }
    // Ranks up to that of the lower middle are not above the median, those behind it not below.
    let (under, over) = (low &+ 1, numberCount &- low &- 1)
    let taken = low &+ 1
    // The least number of distances taken from below such that no smaller one is left above.
    var first = max(0, taken &- over)
    var last = min(taken, under)
    while first < last {
      let middle = (first &+ last) / 2
      let below = median - number(at: low &- middle)
      let above = number(at: low &+ taken &- middle) - median
      if below < above { first = middle &+ 1 } else { last = middle }
    }
    let rest = taken &- first
    var distance = -Double.infinity
    if first > 0 { distance = median - number(at: low &- first &+ 1) }
    if rest > 0 { distance = max(distance, number(at: low &+ rest) - median) }
    if low == high { return distance }
    if high >= numberCount { return .nan }
    var next = Double.infinity
    if first < under { next = median - number(at: low &- first) }
    if rest < over { next = min(next, number(at: low &+ rest &+ 1) - median) }
    return midpoint(distance, next)
  }

  /// The distance of an infinite value from itself is NaN, that of any other infinite.
  private func distanceFromInfinite(_ median: Double, _ low: Int, _ high: Int) -> Double {
    var others = 0
    for rank in 0..<numberCount { others += number(at: rank) == median ? 0 : 1 }
    return high < others ? .infinity : .nan
  }
}

/// The mean of two ordered values.
@inline(__always) private func midpoint(_ low: Double, _ high: Double) -> Double {
  if low == high { return low }
  let difference = high - low
  return difference < .infinity ? low + 0.5 * difference : 0.5 * low + 0.5 * high
}

/// A window as a sorted array.
///
/// Cost of a step: O(log k) and the moving of some k / 3 values.
final class SortedWindow: OrderedWindow {
  private let numbers: UnsafeMutablePointer<Double>
  private(set) var numberCount = 0
  private var nanCount = 0

  init(capacity: Int) { numbers = .allocate(capacity: capacity) }

  deinit { numbers.deallocate() }

  var count: Int { numberCount &+ nanCount }

  func removeAll() { (numberCount, nanCount) = (0, 0) }

  @inline(__always) func number(at rank: Int) -> Double { numbers[rank] }

  /// The number of values below one.
  @inline(__always) private func rank(of value: Double) -> Int {
    if numberCount <= 64 {
      // Counting has no branches to guess.
      var rank = 0
      for index in 0..<numberCount { rank &+= numbers[index] < value ? 1 : 0 }
      return rank
    }
    var low = 0
    var high = numberCount
    while low < high {
      let middle = (low &+ high) / 2
      if numbers[middle] < value { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  func insert(_ value: Double, _ place: Int) {
    if value.isNaN {
      nanCount &+= 1
      return
    }
    let rank = rank(of: value)
    (numbers + rank + 1).update(from: numbers + rank, count: numberCount &- rank)
    numbers[rank] = value
    numberCount &+= 1
  }

  func remove(_ value: Double, _ place: Int) {
    if value.isNaN {
      nanCount &-= 1
      return
    }
    let rank = rank(of: value)
    numberCount &-= 1
    (numbers + rank).update(from: numbers + rank + 1, count: numberCount &- rank)
  }

  @inline(__always)
  func replace(_ old: Double, _ oldPlace: Int, by new: Double, _ newPlace: Int) {
    if old.isNaN || new.isNaN {
      remove(old, oldPlace)
      insert(new, newPlace)
      return
    }
    let (from, into) = (rank(of: old), rank(of: new))
    if into > from {
      (numbers + from).update(from: numbers + from + 1, count: into &- from &- 1)
      numbers[into &- 1] = new
    } else {
      (numbers + into + 1).update(from: numbers + into, count: from &- into)
      numbers[into] = new
    }
  }
}

/// A window as counts by rank among all values of the piece, in a Fenwick tree.
///
/// The values are sorted once; a step and a look by rank are O(log n) for n rows of the piece, so
/// that windows of a million rows cost microseconds a row, not milliseconds. Memory: 28 bytes a row
/// while it is made, 16 after.
final class RankedWindow: OrderedWindow {
  private let first: Int
  /// The rank of each place from `first` on, from 1.
  private let ranks: Store<UInt32>
  private let numbers: Store<Double>
  private let tree: Store<UInt32>
  private let size: Int
  private let topBit: Int
  private(set) var numberCount = 0
  private var nanCount = 0

  init(_ input: WindowValues<Double>, _ places: Range<Int>) {
    first = places.lowerBound
    let values = input.values.pointer
    let pairs = Store<SortPair>(capacity: places.count)
    for place in places {
      let value = values[place]
      if value.isNaN || input.present.map({ $0.pointer[place] == 0 }) ?? false { continue }
      let word = UInt64(bitPattern: orderWord(value)) ^ (1 << 63)
      pairs.append(SortPair(word: word, place: place))
    }
    PairSorter().sort(pairs.pointer, pairs.count)
    size = pairs.count
    ranks = Store(undefined: max(1, places.count))
    numbers = Store(undefined: size + 1)
    tree = Store(repeating: 0, count: size + 1)
    for index in 0..<size {
      let place = pairs.pointer[index].place
      ranks.pointer[place - places.lowerBound] = UInt32(truncatingIfNeeded: index + 1)
      numbers.pointer[index] = values[place]
    }
    topBit = size == 0 ? 0 : 1 << (Int.bitWidth - 1 - size.leadingZeroBitCount)
  }

  var count: Int { numberCount &+ nanCount }

  private func add(_ change: UInt32, _ place: Int) {
    var rank = Int(ranks.pointer[place &- first])
    while rank <= size {
      tree.pointer[rank] &+= change
      rank &+= rank & (0 &- rank)
    }
  }

  func insert(_ value: Double, _ place: Int) {
    if value.isNaN {
      nanCount &+= 1
    } else {
      numberCount &+= 1
      add(1, place)
    }
  }

  func remove(_ value: Double, _ place: Int) {
    if value.isNaN {
      nanCount &-= 1
    } else {
      numberCount &-= 1
      add(UInt32.max, place)
    }
  }

  func replace(_ old: Double, _ oldPlace: Int, by new: Double, _ newPlace: Int) {
    remove(old, oldPlace)
    insert(new, newPlace)
  }

  func number(at rank: Int) -> Double {
    var rest = UInt32(truncatingIfNeeded: rank)
    var position = 0
    var step = topBit
    while step > 0 {
      let next = position &+ step
      if next <= size, tree.pointer[next] <= rest {
        position = next
        rest &-= tree.pointer[next]
      }
      step >>= 1
    }
    return numbers.pointer[position]
  }
}
