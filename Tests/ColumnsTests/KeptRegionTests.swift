import Glibc
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

  /// A new region pushes out old ones only where more than ever would be there together.
  @Test func keepingAddsNothingToThePeak() throws {
    let pool = KeptRegions()
    let page = 1 << 12
    func map(_ pages: Int) throws -> KeptRegions.Region {
      pool.makeRoom(pages * page)
      let memory = mmap(
        nil, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      return KeptRegions.Region(base: try #require(memory), byteCount: pages * page)
    }
    let (first, second) = (try map(8), try map(20))
    pool.give(first)
    pool.give(second)
    #expect(pool.take(4 * page) == nil)
    // 28 pages were in use: with 2 more the oldest has to go.
    let third = try map(2)
    #expect(pool.take(8 * page) == nil)
    let again = try #require(pool.take(20 * page))
    #expect(again.base == second.base)
    pool.give(third)
    pool.give(again)
    // Now there is room for 6.
    let fourth = try map(6)
    #expect(pool.take(2 * page) != nil && pool.take(18 * page) != nil)
    munmap(fourth.base, fourth.byteCount)
  }
}
