import Columns

/// A generator that gives the same numbers for a seed (SplitMix64, Steele and others 2014).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}

/// Columns of every type with nulls, duplicates, edges and odd texts.
enum RandomTable {
  static let fields: [Field] = [
    Field(name: "small", type: .int), Field(name: "wide", type: .int),
    Field(name: "number", type: .float), Field(name: "text", type: .string),
    Field(name: "code", type: .string), Field(name: "flag", type: .bool),
    Field(name: "born", type: .date), Field(name: "at", type: .time),
    Field(name: "span", type: .duration), Field(name: "full", type: .int),
  ]

  private static let texts = [
    "", "a", "A", "ab", "abcdefgh", "abcdefghi", "abcdefg", "é", "e\u{301}", "日本語", "🏳️‍🌈", "a\0",
    "\u{FEFF}",
    "zz", "Ａ", "\u{10FFFF}",
  ]
  private static let edges: [Int64] = [
    Int64.min, Int64.max, 0, -1, 1, 1 << 53, 1 << 31, -(1 << 31), 255, 256,
  ]
  private static let numbers: [Double] = [
    0, -0.0, .nan, .infinity, -.infinity, 0.1, 1.5, -2.25, 1e6, .leastNonzeroMagnitude,
  ]

  static func rows(_ count: Int, _ random: inout Seeded) -> [[Scalar]] {
    (0..<count).map { _ in fields.map { cell($0, &random) } }
  }

  private static func cell(_ field: Field, _ random: inout Seeded) -> Scalar {
    if field.name != "full", random.chance(15) { return .null }
    switch field.name {
    case "small": return .int(Int64(random.below(12)) - 3)
    case "wide": return .int(edges[random.below(edges.count)])
    case "number":
      if random.chance(10) { return .float(numbers[random.below(numbers.count)]) }
      return .float(Double(random.below(400) - 200) / 8)
    case "text": return .string(texts[random.below(texts.count)])
    case "code": return .string(texts[random.below(5)])
    case "flag": return .bool(random.chance(50))
    case "born": return .date(Int64(random.below(60)) + 19_700)
    case "at": return .time((Int64(random.below(5_000)) + 1_700_000_000) * 1_000_000)
    case "span": return .duration(Int64(random.below(100)) * 250_000)
    default: return .int(Int64(random.below(1_000)))
    }
  }

  /// The rows cut into segments, each stored in one of the forms that its values allow.
  static func table(
    _ rows: [[Scalar]], segmentRows: Int, _ random: inout Seeded, fields: [Field] = fields
  ) -> Table {
    let shared = TextDictionary(texts)
    let columns = fields.indices.map { position -> Column in
      let starts = stride(from: 0, to: rows.count, by: segmentRows)
      let segments = starts.map { start in
        let values = rows[start..<min(start + segmentRows, rows.count)].map { $0[position] }
        return segment(values, fields[position], shared, &random)
      }
      return Column(type: fields[position].type, segments: segments)
    }
    return Table(name: "t", schema: Schema(fields), columns: columns)
  }

  private static func segment(
    _ values: [Scalar], _ field: Field, _ shared: TextDictionary, _ random: inout Seeded
  ) -> Segment {
    let plain = Column(values, of: field.type, segmentRows: max(1, values.count))
    let fallback = plain.segments.first ?? Segment(rowCount: 0, values: .int64(BufferSlice([])))
    if values.isEmpty { return fallback }
    if field.name == "code" {
      // One dictionary for all segments, or now and then one of the segment's own.
      let dictionary = random.chance(90) ? shared : TextDictionary(texts.reversed())
      let codes = values.map { UInt8(dictionary.code(of: text($0)) ?? 0) }
      return Segment(
        rowCount: values.count, values: .codes8(BufferSlice(codes), dictionary),
        validity: fallback.validity)
    }
    guard field.type.isStoredAsInteger else { return fallback }
    let integers = values.map { $0.integer ?? 0 }
    let scale: Int64 = field.name == "at" ? 1_000_000 : 1
    let scaled = integers.map { $0 / scale }
    guard let low = scaled.min(), let high = scaled.max() else { return fallback }
    let stored: Segment.Values
    if low >= -128 && high <= 127 && random.chance(50) {
      stored = .int8(BufferSlice(scaled.map { Int8($0) }))
    } else if low >= -32768 && high <= 32767 && random.chance(50) {
      stored = .int16(BufferSlice(scaled.map { Int16($0) }))
    } else if low >= Int64(Int32.min) && high <= Int64(Int32.max) && random.chance(70) {
      stored = .int32(BufferSlice(scaled.map { Int32($0) }))
    } else {
      stored = .int64(BufferSlice(scaled))
    }
    return Segment(
      rowCount: values.count, values: stored, scale: scale, validity: fallback.validity)
  }

  private static func text(_ value: Scalar) -> String {
    if case .string(let text) = value { text } else { "" }
  }
}
