import Columns
import Testing

/// Rows that are picked, blocks and codes, against whole columns.
@Suite struct PickedRowTests {
  private func rows(_ count: Int, seed: Int) -> [Int32] {
    var random = Numbers(state: UInt64(seed) &* 977)
    if count == 0 { return [] }
    let rising = (0..<count).filter { _ in random.below(3) > 0 }
    let scattered = (0..<50).map { _ in random.below(count) }
    return (rising + scattered).map { Int32($0) }
  }

  @Test(arguments: 0..<40) func pickedIntegersAreThoseOfTheRows(_ number: Int) {
    for made in [
      MixedColumn.integers(.time, seed: UInt64(number)), .bools(seed: UInt64(number)),
    ] {
      let all = made.column.integers(null: -7).array
      let rows = rows(all.count, seed: number)
      let picked = made.column.integers(at: BufferSlice(rows), null: -7)
      #expect(picked == rows.map { all[Int($0)] }, "seed \(number)")
    }
  }

  @Test(arguments: 0..<40) func pickedDoublesAreThoseOfTheRows(_ number: Int) {
    for made in [
      MixedColumn.floats(seed: UInt64(number)), .integers(.int, seed: UInt64(number)),
      .bools(seed: UInt64(number)),
    ] {
      let all = made.column.doubles(null: -0.5).array
      let rows = rows(all.count, seed: number)
      let picked = made.column.doubles(at: BufferSlice(rows), null: -0.5)
      #expect(picked == rows.map { all[Int($0)] }, "seed \(number)")
    }
  }

  @Test(arguments: 0..<40) func blocksAreTheColumn(_ number: Int) {
    let made = MixedColumn.integers(.int, seed: UInt64(number))
    let table = Table(
      name: "", schema: Schema([Field(name: "n", type: .int)]), columns: [made.column])
    let blocks = table.rowBlocks(of: 1 + number)
    #expect(blocks.flatMap { made.column.integers($0) } == made.column.integers().array)
    #expect(
      blocks.flatMap { made.column.doubles($0, null: 3) } == made.column.doubles(null: 3).array)
    #expect(blocks.reduce(0) { $0 + $1.count } == made.column.rowCount)
    #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.start + $0.count == $1.start })
  }

  @Test(arguments: 0..<40) func flagsAreTheTrueRows(_ number: Int) {
    let made = MixedColumn.bools(seed: UInt64(number))
    for (segment, start) in zip(made.column.segments, made.column.segmentStarts) {
      let flags = BufferSlice<UInt8>(zeroed: segment.rowCount)
      segment.writeFlags(to: flags.pointer)
      let own = made.scalars[start..<start + segment.rowCount]
      #expect(flags.array == own.map { $0 == .bool(true) ? 1 : 0 }, "seed \(number)")
    }
  }

  @Test func zeroedMemoryIsZero() {
    for count in [0, 1, 100, 600_000] {
      #expect(BufferSlice<Int64>(zeroed: count).array.allSatisfy { $0 == 0 })
    }
  }
}
