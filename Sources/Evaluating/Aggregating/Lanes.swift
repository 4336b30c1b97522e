/// Four copies of a small table of sums, taken in turn, so that neighbouring rows of one group do
/// not wait for each other's write.
struct Lanes {
  /// So many groups have copies that fit in the nearest cache.
  static let limit = 1024
  /// So many rows can be counted in the pass that adds values.
  static let mostCounted = 1 << 15 - 1
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
  ///
  /// With `ones` adds 1 for each row to those, too, in the same pass: for values of at most 32 bits and
  /// `mostCounted` rows, whose sums leave the upper 16 bits of a word, the sign among them, to the count.
  func add<Stored: FixedWidthInteger>(
    _ values: UnsafePointer<Stored>, _ groups: UnsafePointer<UInt32>, _ count: Int, scale: Int64,
    into sums: Store<Int64>, within span: Range<Int>, counting ones: Store<Int64>? = nil
  ) {
    let copies = room(span)
    let one: Int64 = ones == nil ? 0 : 1 &<< Lanes.sumBits
    @inline(__always) func word(_ row: Int) -> Int64 {
      Int64(truncatingIfNeeded: values[row]) &+ one
    }
    var row = 0
    while row &+ 4 <= count {
      copies[Int(groups[row]) &* 4] &+= word(row)
      copies[Int(groups[row &+ 1]) &* 4 &+ 1] &+= word(row &+ 1)
      copies[Int(groups[row &+ 2]) &* 4 &+ 2] &+= word(row &+ 2)
      copies[Int(groups[row &+ 3]) &* 4 &+ 3] &+= word(row &+ 3)
      row &+= 4
    }
    while row < count {
      copies[Int(groups[row]) &* 4] &+= word(row)
      row &+= 1
    }
    if let ones {
      foldApart(into: sums, scale: scale, counting: ones, within: span)
    } else {
      fold(into: sums, within: span, scale: scale)
    }
  }

  /// The bits of a word that hold a sum where those above count rows.
  private static let sumBits: Int64 = 48

  private func foldApart(
    into sums: Store<Int64>, scale: Int64, counting ones: Store<Int64>, within span: Range<Int>
  ) {
    let copies = copies.pointer
    let rest = 64 &- Lanes.sumBits
    for (place, group) in span.enumerated() {
      let copy = copies + place &* 4
      let word = copy[0] &+ copy[1] &+ copy[2] &+ copy[3]
      // A sum below 0 has borrowed from the count.
      let sum = (word &<< rest) &>> rest
      sums.pointer[group] &+= sum &* scale
      ones.pointer[group] &+= (word &- sum) &>> Lanes.sumBits
    }
    copies.update(repeating: 0, count: span.count &* 4)
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
