import Columns
import Tasks
import Testing

@testable import Evaluating

@Test(arguments: [0, 1, 2, 47, 48, 49, 300, 65_536, 65_537, 140_001])
func pairsAreSortedStably(count: Int) throws {
  for kind in 0..<4 {
    var random = Seeded(UInt64(count * 10 + kind))
    let pairs = Store<SortPair>()
    for place in 0..<count {
      let word: UInt64 =
        switch kind {
        case 0: random.next()
        case 1: UInt64(random.below(3))
        case 2: UInt64(place)
        default: random.chance(1) ? UInt64.max : UInt64(random.below(1 << 20)) << 30
        }
      pairs.append(SortPair(word: word, place: place))
    }
    let expected = pairs.elements.map { ($0.word, $0.place) }.sorted { $0 < $1 }
    let sorted = try RadixSort(pairs, Workers(count: 3)).sorted()
    #expect(sorted.elements.map(\.place) == expected.map(\.1), "kind \(kind)")
  }
}

@Test(arguments: [0, 1, 2, 40, 48, 49, 300, 8_192, 8_193, 70_001, 200_000])
func rowsAreOrderedByPackedWords(count: Int) throws {
  let workers = Workers(count: 3)
  for kind in 0..<6 {
    var random = Seeded(UInt64(count * 10 + kind))
    let words = Store<UInt64>(undefined: max(1, count))
    for row in 0..<count {
      words.pointer[row] =
        switch kind {
        case 0: random.next() >> 2
        case 1: UInt64(random.below(3)) + 77
        case 2: random.chance(5) ? SortKeyLayout.null : UInt64(random.below(1 << 21))
        // Nearly all in the uppermost of the buckets.
        case 3: 1 << 40 - UInt64(random.chance(1) ? random.below(1 << 39) : random.below(1_000))
        case 4: random.chance(50) ? SortKeyLayout.null : SortKeyLayout.notANumber
        default: UInt64(row)
        }
    }
    let order = try #require(try PackedOrder(words, count: count, workers))
    let found = try order.rows(workers)
    let rows = withExtendedLifetime(found) { found.elements.map { Int($0) } }
    let expected = (0..<count).sorted { left, right in
      let pair = (words.pointer[left], words.pointer[right])
      return pair.0 != pair.1 ? pair.0 < pair.1 : left < right
    }
    if order.dropped == 0 {
      #expect(rows == expected, "kind \(kind)")
    } else {
      #expect(rows.sorted() == Array(0..<count), "kind \(kind)")
      let kept = rows.map { words.pointer[$0] >> order.dropped }
      #expect(zip(kept, kept.dropFirst()).allSatisfy { $0 <= $1 &+ 1 }, "kind \(kind)")
    }
  }
}

@Test(arguments: [1, 2, 300, 8_193, 70_001])
func rowsAreOrderedWithinPartitions(count: Int) throws {
  let workers = Workers(count: 3)
  for parts in [1, 2, 5, 700] {
    var random = Seeded(UInt64(count * 1_000 + parts))
    let words = Store<UInt64>(undefined: count)
    let numbers = Store<UInt32>(undefined: count)
    for row in 0..<count {
      words.pointer[row] =
        random.chance(5) ? SortKeyLayout.null : UInt64(random.below(1 << 20)) << UInt64(parts % 3)
      numbers.pointer[row] = UInt32(random.below(parts))
    }
    let partitions = PartitionNumbers(numbers: numbers, count: parts)
    let order = try #require(
      try PackedOrder(words, count: count, within: partitions, workers))
    let found = try order.rows(workers)
    let rows = withExtendedLifetime(found) { found.elements.map { Int($0) } }
    let expected = (0..<count).sorted { left, right in
      let (a, b) = (numbers.pointer[left], numbers.pointer[right])
      if a != b { return a < b }
      let pair = (words.pointer[left], words.pointer[right])
      return pair.0 != pair.1 ? pair.0 < pair.1 : left < right
    }
    #expect(rows == expected, "\(parts) partitions")
    let bounds = try partitions.bounds(rowCount: count, workers)
    for part in 0...parts {
      let before = (0..<count).count { numbers.pointer[$0] < part }
      #expect(bounds.pointer[part] == before)
    }
    // Words of all bits leave no room for a partition.
    (words.pointer[0], words.pointer[count - 1]) = (0, 1 << 63)
    if count > 1 {
      #expect(try PackedOrder(words, count: count, within: partitions, workers) == nil)
    }
  }
}

@Test(arguments: [0, 1, 1_024, 1_025, 30_000]) func wordsAreSorted(count: Int) {
  for spread in [1, 2_047, 2_048, 1 << 40] {
    var random = Seeded(UInt64(count + spread))
    var words = (0..<count).map { _ in Int64(random.below(spread)) - Int64(spread / 2) }
    if count > 1, spread > 1 << 30 { (words[0], words[count / 2]) = (.max, .min) }
    let sorted = words.sorted()
    words.withUnsafeMutableBufferPointer { sortWords($0) }
    #expect(words == sorted, "spread \(spread)")
  }
}

@Test(arguments: 0..<60) func selectionFindsNeighbouringRanks(seed: UInt64) {
  var random = Seeded(seed)
  let count = 1 + random.below(500)
  let spread = [1, 3, 1_000, 1 << 60][random.below(4)]
  var words = (0..<count).map { _ in Int64(random.below(spread)) - Int64(spread / 2) }
  if random.chance(20) { words.sort() }
  let sorted = words.sorted()
  let low = random.below(count)
  let high = min(low + 1, count - 1)
  let found = words.withUnsafeBufferPointer { select($0, low, high) }
  #expect(found.0 == sorted[low] && found.1 == sorted[high], "seed \(seed)")
}

/// Many words, of which only those between two of a sample are searched; some in an order that the sample
/// does not see.
@Test(arguments: 0..<12) func selectionAmongManyFindsNeighbouringRanks(seed: UInt64) {
  var random = Seeded(seed)
  let count = 16_384 + random.below(5_000)
  let spread = [2, 900, 1 << 60][random.below(3)]
  let words = (0..<count).map { place in
    place % 16 == 0 && seed % 2 == 0 ? Int64.max : Int64(random.below(spread)) - Int64(spread / 2)
  }
  let sorted = words.sorted()
  for low in [0, 1, count / 3, count / 2, count - 2, count - 1, random.below(count)] {
    let high = min(low + 1, count - 1)
    let found = words.withUnsafeBufferPointer { select($0, low, high) }
    #expect(found.0 == sorted[low] && found.1 == sorted[high], "seed \(seed), rank \(low)")
  }
}

@Test func theIntervalOfTheMedianHasTheRanksOfTheBinomialDistribution() {
  // P(Bin(100, ½) ≤ 39) = 0.0176 and P(≤ 40) = 0.0284.
  #expect(Quantile.medianTail(100) == 40)
  #expect(Quantile.medianTail(6) == 1)
  for count in 6..<400 {
    var term = 1.0
    for _ in 0..<count { term /= 2 }
    var tail = term
    var rank = 0
    while tail < 0.025 {
      term *= Double(count - rank) / Double(rank + 1)
      rank += 1
      tail += term
    }
    #expect(Quantile.medianTail(count) == max(1, rank), "\(count)")
  }
  // A normal approximation is this near for many: n/2 − 0.98·√n.
  #expect(abs(Quantile.medianTail(10_000_000) - 4_996_901) <= 2)
}

@Test(arguments: [1, 2, 64, 1_000, 5_000])
func integersAreSortedByCounting(count: Int) throws {
  let workers = Workers(count: 3)
  for kind in 0..<4 {
    var random = Seeded(UInt64(count * 10 + kind))
    let scalars = (0..<count).map { _ -> Scalar in
      switch kind {
      case 0: .int(Int64(random.below(100)) - 50)
      case 1: random.chance(30) ? .null : .int(Int64(random.below(count)))
      case 2: .int(Int64(1) << 40 + Int64(random.below(3)))
      default: random.chance(90) ? .null : .int(7)
      }
    }
    let column = Column(scalars, of: .int, segmentRows: 300)
    for isDescending in [false, true] {
      guard let counts = try CountedIntegers(column, workers) else { continue }
      let sorted = try counts.column(isDescending: isDescending, segmentRows: 128, workers)
      var expected = scalars.compactMap(\.integer).sorted()
      if isDescending { expected.reverse() }
      let found = sorted.segments.flatMap { segment in
        (0..<segment.rowCount).map { segment.scalar(at: $0, of: .int).integer }
      }
      #expect(found.count == count)
      #expect(found.prefix(expected.count).compactMap { $0 } == expected, "kind \(kind)")
      #expect(found.dropFirst(expected.count).allSatisfy { $0 == nil })
      for segment in sorted.segments {
        let known = SegmentStatistics(
          of: segment.values, scale: 1, rowCount: segment.rowCount, validity: segment.validity)
        #expect(segment.statistics == known)
      }
    }
  }
}

@Test(arguments: [1, 2, 100, 9_000, 8_192 * 7 + 3, 200_000])
func leadingWordsAreAllUpToALimit(count: Int) throws {
  for kind in 0..<6 {
    var random = Seeded(UInt64(count * 10 + kind))
    let words = Store<UInt64>(undefined: count)
    for row in 0..<count {
      words.pointer[row] =
        switch kind {
        case 0: random.next()
        case 1: UInt64(random.below(3))
        case 2: random.chance(90) ? SortKeyLayout.null : UInt64(random.below(1 << 21))
        // In step with the sample.
        case 3: UInt64(row % 7 == 3 ? row : row + 1_000_000)
        case 4: UInt64(count - row)
        default: UInt64(row)
        }
    }
    for wanted in [1, count / 100, count / 3] where wanted > 0 {
      for fromEnd in [false, true] {
        let found = try LeadingWords(
          words, of: count, first: wanted, fromEnd: fromEnd, Workers(count: 3))
        let rows = found.rows.elements.map { Int($0) }
        #expect(rows.count >= wanted, "kind \(kind)")
        #expect(found.words.elements.map { $0 } == rows.map { words.pointer[$0] }, "kind \(kind)")
        let (least, greatest) = (found.words.elements.min() ?? 0, found.words.elements.max() ?? 0)
        let expected = (0..<count).filter {
          fromEnd ? words.pointer[$0] >= least : words.pointer[$0] <= greatest
        }
        #expect(rows == expected, "kind \(kind)")
      }
    }
  }
}
