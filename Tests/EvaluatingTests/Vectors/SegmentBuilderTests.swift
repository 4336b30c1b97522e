import Columns
import Testing

@testable import Evaluating

private let seed: UInt64 = 77

@Suite struct SegmentBuilderTests {
  private let dictionaries = [
    TextDictionary(["a", "é", ""]), TextDictionary(["b", "a"]),
    TextDictionary((0..<300).map { "t\($0)" }),
  ]

  /// A segment of random values in one of the forms of its type.
  private func segment(_ type: DataType, _ count: Int, _ random: RandomNumbers) -> Segment {
    let form = random.below(5)
    func numbers<Value: FixedWidthInteger>(_ limit: Int) -> [Value] {
      (0..<count).map { _ in Value(random.below(limit)) }
    }
    let values: Segment.Values
    var scale: Int64 = 1
    switch type {
    case .bool:
      let bytes = (0..<count).map { _ in UInt8(random.below(2)) }
      values = .bits(bytes.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    case .float:
      values = .float64(BufferSlice((0..<count).map { _ in Double(random.below(100)) / 3 }))
    case .string:
      let dictionary = dictionaries[form % 3]
      switch form {
      case 0, 1: values = .codes8(BufferSlice(numbers(dictionary.count)), dictionary)
      case 2: values = .codes16(BufferSlice(numbers(dictionary.count)), dictionary)
      default:
        var builder = TextBuilder()
        for _ in 0..<count { builder.append(["x", "", "日本", "a"][random.below(4)]) }
        values = .text(builder.finish())
      }
    case .int, .date, .time, .duration:
      if type == .time && form < 3 { scale = 1_000_000 }
      switch form {
      case 0: values = .int8(BufferSlice(numbers(100)))
      case 1: values = .int16(BufferSlice(numbers(30_000)))
      case 2: values = .int32(BufferSlice(numbers(2_000_000_000)))
      default: values = .int64(BufferSlice(numbers(1 << 50)))
      }
    }
    let validity = random.below(2) == 0 ? nil : (0..<count).map { _ in UInt8(random.below(4)) }
    return Segment(
      rowCount: count, values: values, scale: scale,
      validity: validity?.withUnsafeBufferPointer { Bitmap(bytes: $0) })
  }

  @Test(arguments: DataType.allCases) func keepsWhatIsAppended(_ type: DataType) {
    let random = RandomNumbers(seed: seed)
    for _ in 0..<150 {
      let builder = SegmentBuilder(type: type)
      var wanted: [Scalar] = []
      for _ in 0..<random.below(5) {
        let segment = segment(type, 1 + random.below(200), random)
        let first = segment.rowCount > 64 ? 64 : 0
        let rows = first..<segment.rowCount
        let vector = Vector.of(segment: segment, type: type, rows: rows)
        switch random.below(5) {
        case 0:
          builder.append(vector)
          wanted += rows.map { segment.scalar(at: $0, of: type) }
        case 1:
          let bits = (0..<4).map { _ in random.next() }
          builder.append(vector, selection: bits)
          wanted += rows.filter { bits[($0 - first) / 64] >> UInt64(($0 - first) % 64) & 1 != 0 }
            .map { segment.scalar(at: $0, of: type) }
        case 2:
          let places = (0..<random.below(50)).map { _ in UInt32(random.below(rows.count)) }
          places.withUnsafeBufferPointer { builder.append(vector, rows: $0) }
          wanted += places.map { segment.scalar(at: first + Int($0), of: type) }
        case 3:
          let value = random.below(2) == 0 ? .null : segment.scalar(at: 0, of: type)
          builder.append(value)
          wanted.append(value)
        default:
          let blank = Vector(count: 70, type: type, storage: .constant(.null))
          builder.append(blank)
          wanted += Array(repeating: .null, count: 70)
        }
      }
      check(builder, wanted, type)
    }
  }

  private func check(_ builder: SegmentBuilder, _ wanted: [Scalar], _ type: DataType) {
    #expect(builder.rowCount == wanted.count)
    let made = builder.finish()
    #expect(made.rowCount == wanted.count)
    for row in wanted.indices {
      #expect(made.scalar(at: row, of: type) == wanted[row], "row \(row), seed \(seed)")
    }
    let integers = wanted.compactMap(\.integer)
    #expect(made.statistics.nullCount == wanted.count { $0 == .null })
    if type.isStoredAsInteger, let low = integers.min(), let high = integers.max() {
      #expect(made.statistics.integerRange == low...high)
      let isAscending = !wanted.contains(.null) && integers == integers.sorted()
      #expect(made.statistics.isAscending == isAscending)
    }
    #expect(builder.rowCount == 0)
  }

  @Test func integersAreStoredNarrowly() {
    let builder = SegmentBuilder(type: .time)
    for second in [Int64(5), 100] { builder.append(.time(second * 1_000_000)) }
    let seconds = builder.finish()
    #expect(seconds.scale == 1_000_000)
    guard case .int8 = seconds.values else {
      Issue.record("\(seconds.values)")
      return
    }
    builder.append(.time(5_000_001))
    #expect(builder.finish().scale == 1)
    let counts = SegmentBuilder(type: .int)
    for value in [Int64(1), 40_000] { counts.append(.int(value)) }
    guard case .int32 = counts.finish().values else {
      Issue.record("not 32 bits")
      return
    }
  }

  @Test func textsOfOneDictionaryStayCodes() {
    let dictionary = dictionaries[0]
    let codes = Segment(
      rowCount: 3, values: .codes8(BufferSlice([0, 2, 1]), dictionary))
    let builder = SegmentBuilder(type: .string)
    builder.append(.null)
    for _ in 0..<2 { builder.append(Vector.of(segment: codes, type: .string, rows: 0..<3)) }
    guard case .codes8(_, let kept) = builder.finish().values else {
      Issue.record("no codes")
      return
    }
    #expect(kept === dictionary)
  }

  @Test(arguments: DataType.allCases) func gathersRowsInAnyOrder(_ type: DataType) {
    let random = RandomNumbers(seed: seed &+ 1)
    for round in 0..<80 {
      let first = segment(type, 1 + random.below(90), random)
      // One form for all segments, or one each.
      var segments = [first]
      for _ in 0..<random.below(4) {
        segments.append(round % 2 == 0 ? first : segment(type, 1 + random.below(90), random))
      }
      let column = Column(type: type, segments: segments)
      let places = (0..<random.below(300)).map { _ -> RowPlace in
        if round % 3 == 0 && random.below(10) == 0 { return .none }
        let number = random.below(segments.count)
        return RowPlace(segment: number, row: random.below(segments[number].rowCount))
      }
      let gathered = places.withUnsafeBufferPointer { gather(column, $0, segmentRows: 128) }
      let values = gathered.flatMap { made in
        (0..<made.rowCount).map { made.scalar(at: $0, of: type) }
      }
      let wanted = places.map { place -> Scalar in
        place == .none ? .null : segments[place.segment].scalar(at: place.row, of: type)
      }
      #expect(values == wanted, "\(type), round \(round), seed \(seed)")
    }
  }

  @Test func vectorsWidenAsTheySay() {
    let random = RandomNumbers(seed: 3)
    for type in DataType.allCases where type != .string {
      for _ in 0..<20 {
        let segment = segment(type, 1 + random.below(150), random)
        let vector = Vector.of(segment: segment, type: type, rows: 0..<segment.rowCount)
        let count = segment.rowCount
        var doubles = [Double](repeating: 0, count: count)
        vector.asDoubles(into: &doubles)
        var validity = [UInt64](repeating: 0, count: 4)
        vector.validityBits(into: &validity)
        for row in 0..<count {
          let scalar = segment.scalar(at: row, of: type)
          #expect(validity[row / 64] >> UInt64(row % 64) & 1 == (scalar == .null ? 0 : 1))
          #expect(vector.scalar(at: row) == scalar)
          if let integer = scalar.integer { #expect(doubles[row] == Double(integer)) }
          if case .float(let number) = scalar { #expect(doubles[row] == number) }
          if case .bool(let flag) = scalar { #expect(doubles[row] == (flag ? 1 : 0)) }
        }
      }
    }
  }
}
