import Columns

/// A column whose segments differ in width, form and nulls, made beside the scalars that it holds.
struct MixedColumn {
  let column: Column
  let scalars: [Scalar]

  /// Integers, times or durations in all four widths, some as whole seconds.
  static func integers(_ type: DataType, seed: UInt64) -> MixedColumn {
    var random = Numbers(state: seed)
    var made = Making(type)
    for _ in 0..<1 + random.below(6) {
      let count = random.below(200)
      let scale: Int64 = type == .time && random.below(2) == 0 ? 1_000_000 : 1
      let wide = (0..<count).map { _ in Int64(truncatingIfNeeded: random.next()) }
      let values: (Segment.Values, [Int64]) =
        switch random.below(4) {
        case 0: narrow(wide, as: Int8.self, Segment.Values.int8)
        case 1: narrow(wide, as: Int16.self, Segment.Values.int16)
        case 2: narrow(wide, as: Int32.self, Segment.Values.int32)
        default: narrow(wide.map { $0 >> 24 }, as: Int64.self, Segment.Values.int64)
        }
      made.add(
        values.0, values.1.map { .make($0 * scale, of: type) }, scale: scale, random.present(count))
    }
    return made.finished
  }

  static func floats(seed: UInt64) -> MixedColumn {
    var random = Numbers(state: seed)
    var made = Making(.float)
    for _ in 0..<1 + random.below(5) {
      let values = (0..<random.below(150)).map { _ in Double(random.below(4000) - 2000) / 8 }
      made.add(
        .float64(BufferSlice(values)), values.map { .float($0) }, random.present(values.count))
    }
    return made.finished
  }

  static func bools(seed: UInt64) -> MixedColumn {
    var random = Numbers(state: seed)
    var made = Making(.bool)
    for _ in 0..<1 + random.below(5) {
      let values = (0..<random.below(150)).map { _ in UInt8(random.below(2)) }
      made.add(
        .bits(values.withUnsafeBufferPointer { Bitmap(bytes: $0) }),
        values.map { .bool($0 == 1) }, random.present(values.count))
    }
    return made.finished
  }

  /// Texts as they are, and as codes of dictionaries that some segments share.
  static func texts(seed: UInt64) -> MixedColumn {
    var random = Numbers(state: seed)
    let words = ["", "en", "de", "日本", "en ", "pt", "user48", "🌙"]
    let dictionaries = [words, ["pt", "en", "xx"]]
    let made = dictionaries.map { TextDictionary($0) }
    var column = Making(.string)
    for _ in 0..<1 + random.below(6) {
      let count = random.below(120)
      let own = random.below(2)
      let codes = (0..<count).map { _ in random.below(dictionaries[own].count) }
      let texts = codes.map { dictionaries[own][$0] }
      var builder = TextBuilder()
      for text in texts { builder.append(text) }
      let values: Segment.Values =
        switch random.below(3) {
        case 0: .text(builder.finish())
        case 1: .codes8(BufferSlice(codes.map { UInt8($0) }), made[own])
        default: .codes16(BufferSlice(codes.map { UInt16($0) }), made[own])
        }
      column.add(values, texts.map { .string($0) }, random.present(count))
    }
    return column.finished
  }

  private static func narrow<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: [Int64], as type: Stored.Type, _ make: (BufferSlice<Stored>) -> Segment.Values
  ) -> (Segment.Values, [Int64]) {
    let stored = values.map { Stored(truncatingIfNeeded: $0) }
    return (make(BufferSlice(stored)), stored.map { Int64($0) })
  }
}

/// Segments and the scalars in them.
private struct Making {
  let type: DataType
  private var segments: [Segment] = []
  private var scalars: [Scalar] = []

  init(_ type: DataType) { self.type = type }

  mutating func add(
    _ values: Segment.Values, _ own: [Scalar], scale: Int64 = 1, _ present: [UInt8]?
  ) {
    let validity = present?.withUnsafeBufferPointer { Bitmap(bytes: $0) }
    segments.append(
      Segment(rowCount: own.count, values: values, scale: scale, validity: validity))
    scalars += own.enumerated().map { row, scalar in present?[row] == 0 ? .null : scalar }
  }

  var finished: MixedColumn {
    MixedColumn(column: Column(type: type, segments: segments), scalars: scalars)
  }
}

/// Random numbers from a seed: a 64-bit linear congruence, its upper bits.
struct Numbers {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }

  mutating func below(_ limit: Int) -> Int { Int((next() >> 33) % UInt64(limit)) }

  /// Which rows are not null; nil where all are.
  mutating func present(_ count: Int) -> [UInt8]? {
    let part = below(4)
    return part == 0 ? nil : (0..<count).map { _ in UInt8(below(8) < part * 2 ? 0 : 1) }
  }
}
