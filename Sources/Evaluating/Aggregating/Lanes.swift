/// Four copies of a small table of sums, taken in turn, so that neighbouring rows of one group do
/// not wait for each other's write.
struct Lanes {
  /// So many groups have copies that fit in the nearest cache.
  static let limit = 1024
  private let copies = Store<Int64>(capacity: 16)

  /// Adds 1 to the sum of each row's group, all of which are within a span.
  func addOnes(
    _ groups: UnsafePointer<UInt32>, _ count: Int, into sums: Store<Int64>, within span: Range<Int>
  ) {
    let copies = room(span)
    var row = 0
    while row &+ 4 <= count {
      copies[Int(groups[row]) &* 4] &+= 1
      copies[Int(groups[row &+ 1]) &* 4 &+ 1] &+= 1
      copies[Int(groups[row &+ 2]) &* 4 &+ 2] &+= 1
      copies[Int(groups[row &+ 3]) &* 4 &+ 3] &+= 1
      row &+= 4
    }
    while row < count {
      copies[Int(groups[row]) &* 4] &+= 1
      row &+= 1
    }
    fold(into: sums, within: span)
  }

  /// Adds each value to the sum of its row's group.
  func add<Stored: FixedWidthInteger>(
    _ values: UnsafePointer<Stored>, _ groups: UnsafePointer<UInt32>, _ count: Int, scale: Int64,
    into sums: Store<Int64>, within span: Range<Int>
  ) {
    let copies = room(span)
    var row = 0
    while row &+ 4 <= count {
      copies[Int(groups[row]) &* 4] &+= Int64(truncatingIfNeeded: values[row])
      copies[Int(groups[row &+ 1]) &* 4 &+ 1] &+= Int64(truncatingIfNeeded: values[row &+ 1])
      copies[Int(groups[row &+ 2]) &* 4 &+ 2] &+= Int64(truncatingIfNeeded: values[row &+ 2])
      copies[Int(groups[row &+ 3]) &* 4 &+ 3] &+= Int64(truncatingIfNeeded: values[row &+ 3])
      row &+= 4
    }
    while row < count {
      copies[Int(groups[row]) &* 4] &+= Int64(truncatingIfNeeded: values[row])
      row &+= 1
    }
    fold(into: sums, within: span, scale: scale)
  }

  /// The copies, all 0, as if the first were that of group 0.
  private func room(_ span: Range<Int>) -> UnsafeMutablePointer<Int64> {
    copies.resize(to: max(copies.count, span.count &* 4), filling: 0)
    return copies.pointer - span.lowerBound &* 4
  }

  private func fold(into sums: Store<Int64>, within span: Range<Int>, scale: Int64 = 1) {
    let copies = copies.pointer
    for (place, group) in span.enumerated() {
      let copy = copies + place &* 4
      sums.pointer[group] &+= (copy[0] &+ copy[1] &+ copy[2] &+ copy[3]) &* scale
    }
    copies.update(repeating: 0, count: span.count &* 4)
  }
}
