import Tasks

/// Sorts by words, stably, on all workers: by their bits above some low ones, which ascend already.
///
/// Where few bits differ, elements are scattered by digits from the lowest. Else by the uppermost
/// bits, large buckets again by the next, until a bucket fits the cache; each is then sorted by bytes,
/// lowest first.
struct RadixSort<Element: SortElement>: Sendable {
  private let elements: Store<Element>
  private let other: Store<Element>
  private let lowBits: UInt64
  private let workers: Workers

  private static var portionRows: Int { 1 << 16 }
  private static var bucketBits: UInt64 { 11 }

  /// A range that is sorted by one worker, and where it lies.
  private struct Leaf {
    let range: Range<Int>
    let isInOther: Bool
  }

  init(_ elements: Store<Element>, above lowBits: UInt64 = 0, _ workers: Workers) {
    self.elements = elements
    self.lowBits = lowBits
    self.workers = workers
    other = Store(undefined: elements.count > Element.leafCount ? elements.count : 1)
  }

  /// The elements in order.
  func sorted() throws(EvaluationFailure) -> Store<Element> {
    if let sorted = try sortedByTwoDigits() { return sorted }
    var leaves: [Leaf] = []
    try divide(0..<elements.count, isInOther: false, &leaves)
    let sorters = PerWorker<ByteSorter<Element>>(workers)
    try workers.run(leaves.count) { [leaves] worker, index throws(EvaluationFailure) in
      let sorter = try sorters.value(worker) { ByteSorter<Element>() }
      let leaf = leaves[index]
      let target = elements.pointer + leaf.range.lowerBound
      if leaf.isInOther {
        target.update(from: other.pointer + leaf.range.lowerBound, count: leaf.range.count)
      }
      sorter.sort(target, leaf.range.count, above: lowBits)
    }
    return elements
  }

  /// Words that differ in few bits are scattered by the lower half of them and then by the upper,
  /// which takes as long whatever their distribution; nil for others.
  private func sortedByTwoDigits() throws(EvaluationFailure) -> Store<Element>? {
    let all = 0..<elements.count
    if all.count <= Element.leafCount { return nil }
    let different = try differentBits(elements.pointer, all) >> lowBits
    if different == 0 { return elements }
    let width = UInt64(64 - different.leadingZeroBitCount)
    if width > 2 * Self.bucketBits { return nil }
    _ = try scatter(elements.pointer, other.pointer, all, lowBits)
    if width <= Self.bucketBits { return other }
    _ = try scatter(other.pointer, elements.pointer, all, lowBits + Self.bucketBits)
    return elements
  }

  private func divide(
    _ range: Range<Int>, isInOther: Bool, _ leaves: inout [Leaf]
  ) throws(EvaluationFailure) {
    if range.count <= Element.leafCount {
      if !range.isEmpty { leaves.append(Leaf(range: range, isInOther: isInOther)) }
      return
    }
    let from = (isInOther ? other : elements).pointer
    let into = (isInOther ? elements : other).pointer
    let different = try differentBits(from, range) >> lowBits
    if different == 0 {
      leaves.append(Leaf(range: range, isInOther: isInOther))
      return
    }
    let width = UInt64(64 - different.leadingZeroBitCount)
    let shift = lowBits + (width > Self.bucketBits ? width - Self.bucketBits : 0)
    let bounds = try scatter(from, into, range, shift)
    for bucket in 0..<bounds.count - 1 {
      try divide(bounds[bucket]..<bounds[bucket + 1], isInOther: !isInOther, &leaves)
    }
  }

  private func portions(_ range: Range<Int>) -> Int {
    (range.count + Self.portionRows - 1) / Self.portionRows
  }

  private func portion(_ index: Int, of range: Range<Int>) -> Range<Int> {
    let start = range.lowerBound + index * Self.portionRows
    return start..<min(range.upperBound, start + Self.portionRows)
  }

  /// The bits in which words differ; none where they rise already.
  private func differentBits(
    _ elements: UnsafeMutablePointer<Element>, _ range: Range<Int>
  ) throws(EvaluationFailure) -> UInt64 {
    let found = Portions<(different: UInt64, descents: Int)>(count: portions(range))
    // The pointers lead into stores that outlive the loop.
    nonisolated(unsafe) let elements = elements
    try workers.run(portions(range)) { _, index throws(EvaluationFailure) in
      var different: UInt64 = 0
      var descents = 0
      let chosen = portion(index, of: range)
      for place in max(chosen.lowerBound, range.lowerBound + 1)..<chosen.upperBound {
        let (before, word) = (elements[place &- 1].word, elements[place].word)
        different |= word ^ before
        descents &+= word < before ? 1 : 0
      }
      found.set(index, (different, descents))
    }
    let all = found.all.reduce((different: UInt64(0), descents: 0)) {
      ($0.different | $1.different, $0.descents + $1.descents)
    }
    return all.descents == 0 ? 0 : all.different
  }

  /// Puts the elements in order of the bits from `shift` on; returns where each bucket begins.
  private func scatter(
    _ from: UnsafeMutablePointer<Element>, _ into: UnsafeMutablePointer<Element>,
    _ range: Range<Int>, _ shift: UInt64
  ) throws(EvaluationFailure) -> [Int] {
    let buckets = 1 << Int(Self.bucketBits)
    let mask = UInt64(buckets - 1)
    let count = portions(range)
    let cursors = Store<Int>(repeating: 0, count: count * buckets)
    // The pointers lead into stores that outlive the loops.
    nonisolated(unsafe) let (from, into) = (from, into)
    try workers.run(count) { _, index throws(EvaluationFailure) in
      let own = cursors.pointer + index * buckets
      for place in portion(index, of: range) {
        own[Int(truncatingIfNeeded: from[place].word &>> shift & mask)] &+= 1
      }
    }
    let bounds = placed(cursors, portions: count, buckets: buckets, from: range.lowerBound)
    try workers.run(count) { _, index throws(EvaluationFailure) in
      let own = cursors.pointer + index * buckets
      for place in portion(index, of: range) {
        let element = from[place]
        let bucket = Int(truncatingIfNeeded: element.word &>> shift & mask)
        into[own[bucket]] = element
        own[bucket] &+= 1
      }
    }
    return bounds
  }
}

/// Makes of how many elements each portion has for each bucket, portion after portion, where it puts its
/// first of each; returns where each bucket begins, and the end.
func placed(_ counts: Store<Int>, portions: Int, buckets: Int, from start: Int = 0) -> [Int] {
  var bounds: [Int] = []
  bounds.reserveCapacity(buckets + 1)
  var next = start
  for bucket in 0..<buckets {
    bounds.append(next)
    for portion in 0..<portions {
      let size = counts.pointer[portion * buckets + bucket]
      counts.pointer[portion * buckets + bucket] = next
      next += size
    }
  }
  bounds.append(next)
  return bounds
}
