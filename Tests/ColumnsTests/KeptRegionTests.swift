import Testing

@testable import Columns

/// Memory that is used again.
@Suite(.serialized) struct KeptRegionTests {
  private static let count = 1 << 20

  /// Some of the elements, the last among them.
  private static func sample(_ slice: BufferSlice<Int64>) -> [Int64] {
    stride(from: slice.count - 1, through: 0, by: -509).map { slice.pointer[$0] }
  }

  @Test func zeroedMemoryIsZeroAfterOthersWroteIt() {
    for _ in 0..<4 {
      let used = BufferSlice<Int64>(capacity: Self.count)
      used.pointer.update(repeating: -1, count: used.count)
    }
    let zeroed = BufferSlice<Int64>(zeroed: Self.count)
    #expect(Self.sample(zeroed).allSatisfy { $0 == 0 })
    #expect(BufferSlice<Int64>(zeroed: 100).array.allSatisfy { $0 == 0 })
  }

  @Test func nobodySharesMemoryThatIsInUse() {
    var slices: [BufferSlice<Int64>] = []
    for round in 0..<20 {
      let slice = BufferSlice<Int64>(capacity: Self.count - 1000 * round)
      slice.pointer.update(repeating: Int64(round), count: slice.count)
      if round % 3 != 0 { slices.append(slice) }
    }
    for slice in slices {
      let first = slice.pointer[0]
      #expect(Self.sample(slice).allSatisfy { $0 == first })
    }
    #expect(Set(slices.map { $0.pointer[0] }).count == slices.count)
  }
}
