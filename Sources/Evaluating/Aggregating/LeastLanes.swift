/// Four copies of a small table of least values, taken in turn, so that neighbouring rows of one group
/// do not wait for each other's write.
struct LeastLanes {
  private static let limit = 64
  private let copies = Store<Int64>(repeating: .max, count: 4 * LeastLanes.limit)

  /// Whether a table of so many groups is small enough.
  func fits(_ groups: Int) -> Bool { groups <= LeastLanes.limit }

  /// Calls `found` with each group that has a value and the least of its values, of which each is turned
  /// round by `flip`; `Stored` has less than 64 bits.
  func take<Stored: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<Stored>, _ groups: UnsafePointer<UInt32>, _ count: Int, flip: Int64,
    groupCount: Int, _ found: (_ group: Int, _ least: Int64) -> Void
  ) {
    let copies = copies.pointer
    @inline(__always) func take(_ row: Int, _ lane: Int) {
      let cell = Int(groups[row]) &* 4 &+ lane
      let value = Int64(truncatingIfNeeded: values[row]) ^ flip
      copies[cell] = value < copies[cell] ? value : copies[cell]
    }
    var row = 0
    while row &+ 4 <= count {
      take(row, 0)
      take(row &+ 1, 1)
      take(row &+ 2, 2)
      take(row &+ 3, 3)
      row &+= 4
    }
    while row < count {
      take(row, 0)
      row &+= 1
    }
    for group in 0..<groupCount {
      let copy = copies + group &* 4
      let least = min(min(copy[0], copy[1]), min(copy[2], copy[3]))
      // No value of fewer bits is that.
      if least != .max { found(group, least) }
    }
    copies.update(repeating: .max, count: groupCount &* 4)
  }
}
