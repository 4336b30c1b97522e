import Columns
import Testing

/// Columns as flat memory and back, against their scalars one by one.
@Suite struct FlatColumnTests {
  @Test(arguments: 0..<40) func integersAreThoseOfTheCells(_ number: Int) {
    for type in [DataType.int, .date, .time, .duration] {
      let made = MixedColumn.integers(type, seed: UInt64(number))
      let expected = made.scalars.map { $0.integer ?? .min }
      #expect(made.column.integers().array == expected, "seed \(number), \(type)")
      #expect(
        made.column.integers(null: 7).array == made.scalars.map { $0.integer ?? 7 },
        "seed \(number), \(type)")
    }
  }

  @Test(arguments: 0..<40) func boolsAreOneAndZero(_ number: Int) {
    let made = MixedColumn.bools(seed: UInt64(number))
    let expected = made.scalars.map { scalar -> Int64 in
      scalar == .null ? -1 : scalar == .bool(true) ? 1 : 0
    }
    #expect(made.column.integers(null: -1).array == expected, "seed \(number)")
    #expect(made.column.doubles(null: -1).array == expected.map { Double($0) }, "seed \(number)")
  }

  @Test(arguments: 0..<40) func doublesAreThoseOfTheCells(_ number: Int) {
    for made in [
      MixedColumn.floats(seed: UInt64(number)), .integers(.int, seed: UInt64(number)),
    ] {
      let expected = made.scalars.map { $0.number ?? -0.5 }
      #expect(made.column.doubles(null: -0.5).array == expected, "seed \(number)")
      let nulls = made.column.doubles().array.filter(\.isNaN).count
      #expect(nulls == made.scalars.filter { $0 == .null }.count, "seed \(number)")
    }
  }

  @Test(arguments: 0..<40) func textNumbersNameTheTexts(_ number: Int) {
    let made = MixedColumn.texts(seed: UInt64(number))
    let (texts, numbers) = made.column.textNumbers()
    let found = numbers.map { $0 < 0 ? Scalar.null : .string(texts[Int($0)]) }
    #expect(found == made.scalars, "seed \(number)")
    var seen: [Scalar] = []
    for scalar in made.scalars where scalar != .null && !seen.contains(scalar) {
      seen.append(scalar)
    }
    #expect(texts.map { .string($0) } == seen, "seed \(number): order of first appearance")
  }

  @Test(arguments: 0..<40) func madeColumnsHoldWhatWasGiven(_ number: Int) {
    var random = Numbers(state: UInt64(number))
    let cuts = (0..<1 + random.below(6)).map { _ in random.below(90) }
    let count = cuts.reduce(0, +)
    let present = random.present(count) ?? [UInt8](repeating: 1, count: count)
    let values = (0..<count).map { _ in Int64(random.below(9_000)) - 4_000 }
    let kept = values.indices.map { present[$0] == 1 ? values[$0] : .min }
    for type in [DataType.int, .date, .time] {
      let column = Column(BufferSlice(kept), of: type, cuts: cuts)
      #expect(scalars(column) == kept.map { $0 == .min ? .null : .make($0, of: type) })
      #expect(column.segments.map(\.rowCount) == cuts, "seed \(number)")
    }
    let bits = kept.map { $0 == .min ? .min : $0 & 1 }
    #expect(
      scalars(Column(BufferSlice(bits), of: .bool, cuts: cuts))
        == bits.map { $0 == .min ? .null : .bool($0 == 1) }, "seed \(number)")
    let floats = kept.map { $0 == .min ? Double.nan : Double($0) / 16 }
    #expect(
      scalars(Column(BufferSlice(floats), cuts: cuts))
        == floats.map { $0.isNaN ? .null : .float($0) }, "seed \(number)")
  }

  @Test(arguments: 0..<20) func codesOutOfTheDictionaryAreNull(_ number: Int) {
    var random = Numbers(state: UInt64(number))
    let words = ["fake", "suspect", "quiet"]
    let cuts = [random.below(70), 0, random.below(70)]
    let codes = (0..<cuts.reduce(0, +)).map { _ in UInt8(random.below(5)) }
    let column = Column(BufferSlice(codes), in: TextDictionary(words), cuts: cuts)
    #expect(
      scalars(column) == codes.map { $0 < 3 ? .string(words[Int($0)]) : .null }, "seed \(number)")
  }

  @Test func partsShareTheMemory() {
    let all = BufferSlice((0..<100).map { Int64($0) })
    let part = all.part(20..<50)
    #expect(part.array == Array(20..<50))
    #expect(part.pointer == all.pointer + 20)
    #expect(part.part(0..<0).array == [])
  }

  private func scalars(_ column: Column) -> [Scalar] {
    column.segments.flatMap { segment in
      (0..<segment.rowCount).map { segment.scalar(at: $0, of: column.type) }
    }
  }
}
