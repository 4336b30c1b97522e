import Columns
import Testing

@testable import Evaluating

/// Of the keys of a block those of selected rows are the same, whether all are read or these alone.
@Suite struct JoinKeyTests {
  private struct Keys {
    let segments: [Segment]
    let types: [DataType]

    func vectors(_ rows: Range<Int>) -> [Vector] {
      zip(segments, types).map { Vector.of(segment: $0, type: $1, rows: rows) }
    }
  }

  private func keys(_ rows: Int, _ types: [DataType], _ random: inout Seeded) -> Keys {
    let segments = types.map { type in
      let cells = (0..<rows).map { _ -> Scalar in
        if random.chance(10) { return .null }
        if type == .int { return .int(Int64(random.below(50)) << 40) }
        return .string(String(repeating: "é", count: random.below(30)) + String(random.below(9)))
      }
      return Column(cells, of: type, segmentRows: max(1, rows)).segments[0]
    }
    return Keys(segments: segments, types: types)
  }

  @Test(arguments: 0..<30 as Range<UInt64>) func selectedRows(seed: UInt64) {
    var random = Seeded(seed)
    let types: [DataType] = [
      [.string], [.string, .int], [.int, .string], [.string, .string], [.int],
    ][
      Int(seed % 5)]
    let count = 1 + random.below(300)
    let all = keys(count, types, &random)
    let (plain, some) = (
      JoinKeys(types: types, blockRows: 320), JoinKeys(types: types, blockRows: 320)
    )
    let share = [0, 5, 30, 60, 100][random.below(5)]
    let wordCount = (count + 63) / 64
    let selection = (0..<wordCount).map { word in
      (0..<64).reduce(UInt64(0)) { bits, bit in
        word * 64 + bit < count && random.chance(share) ? bits | 1 << UInt64(bit) : bits
      }
    }
    plain.read(all.vectors(0..<count), rowCount: count)
    let filter = KeyFilter(count: count)
    for row in stride(from: 0, to: count, by: 3) { filter.insert(plain.words.pointer[row]) }
    var (passed, kept) = (selection, selection)
    selection.withUnsafeBufferPointer { bits in
      some.read(all.vectors(0..<count), rowCount: count, selection: bits.baseAddress)
      filter.test(some, count, bits.baseAddress, into: &kept)
    }
    filter.test(plain, count, nil, into: &passed)
    for row in 0..<count where selection[row / 64] >> UInt64(row % 64) & 1 != 0 {
      let isPresent = [plain, some].map { $0.present.pointer[row / 64] >> UInt64(row % 64) & 1 }
      #expect(isPresent[0] == isPresent[1], "seed \(seed), row \(row)")
      if isPresent[0] == 0 { continue }
      #expect(plain.words.pointer[row] == some.words.pointer[row], "seed \(seed), row \(row)")
      for (index, type) in types.enumerated() where type == .string {
        let (one, other) = (plain.texts[index].pointer[row], some.texts[index].pointer[row])
        #expect(one.equals(other), "seed \(seed), row \(row)")
      }
    }
    #expect(kept == zip(passed, selection).map { $0 & $1 }, "seed \(seed)")
  }
}
