import Testing

@testable import Columns

/// Statistics against the plain least, greatest and order.
@Test(arguments: [0, 1, 2, 63, 64, 65, 200, 1_000])
func statisticsAreThoseOfTheValues(count: Int) {
  var state = UInt64(count) &* 77 &+ 5
  func random() -> Int64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int64(bitPattern: state) >> 20
  }
  for kind in 0..<4 {
    let values = (0..<count).map { kind == 0 ? Int64($0) : random() % (kind == 1 ? 100 : 1 << 40) }
    for nulls in [0, 3, 100] {
      let present = values.map { _ in nulls == 0 || random() % 100 >= Int64(nulls) }
      check(values.map { Int8(truncatingIfNeeded: $0) }, present) { .int8($0) }
      check(values.map { Int16(truncatingIfNeeded: $0) }, present) { .int16($0) }
      check(values.map { Int32(truncatingIfNeeded: $0) }, present) { .int32($0) }
      check(values, present) { .int64($0) }
    }
  }
}

private func check<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>(
  _ values: [Stored], _ present: [Bool], _ make: (BufferSlice<Stored>) -> Segment.Values
) {
  let hasNulls = present.contains(false)
  let validity = present.map { $0 ? UInt8(1) : 0 }.withUnsafeBufferPointer { Bitmap(bytes: $0) }
  let found = SegmentStatistics(
    of: make(BufferSlice(values)), scale: 3, rowCount: values.count,
    validity: hasNulls ? validity : nil)
  let there = zip(values, present).filter(\.1).map { Int64($0.0) * 3 }
  #expect(found.nullCount == present.count { !$0 })
  #expect(found.integerRange?.lowerBound == there.min())
  #expect(found.integerRange?.upperBound == there.max())
  let rises = zip(there, there.dropFirst()).allSatisfy { $0 <= $1 }
  #expect(found.isAscending == (!hasNulls && !values.isEmpty && rises))
}
