import Columns

/// Where the values of a column come from: edges of the types, duplicates, odd texts.
enum Cells {
  static let types: [DataType] = [.bool, .int, .float, .string, .date, .time, .duration]

  /// A column of a type: one source for all its cells.
  static func column(_ type: DataType, _ count: Int, _ random: inout Random) -> [Scalar] {
    let nulls = random.pick([0, 0, 10, 10, 40, random.chance(20) ? 100 : 20])
    let pool = pool(type, &random)
    return (0..<count).map { _ in random.chance(nulls) ? .null : random.pick(pool) }
  }

  /// A value that is like the data.
  static func value(_ type: DataType, _ random: inout Random) -> Scalar {
    random.pick(pool(type, &random).filter { !$0.isSpecial })
  }

  private static func pool(_ type: DataType, _ random: inout Random) -> [Scalar] {
    switch type {
    case .bool: [.bool(false), .bool(true)]
    case .int: random.pick(integers).map { .int($0) }
    case .float: random.pick(floats).map { .float($0) }
    case .string: random.pick(texts).map { .string($0) }
    case .date: random.pick(days).map { .date($0) }
    case .time: random.pick(times).map { .time($0) }
    case .duration: random.pick(durations).map { .duration($0) }
    }
  }

  private static let integers: [[Int64]] = [
    [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5], [-3, -2, -1, 0, 1, 7, 10, 12, 99, 100, 101, 250, 1000],
    [127, 128, -128, -129, 255, 256, 32767, 32768, 65536, 2_147_483_647, -2_147_483_648, 0],
    [1_212_092_628_029_698_048, 1 << 40, (1 << 40) - 1, 1_500_000_000_000_000_000, 12],
    [
      .min, .max, .max - 1, .min + 1, 1 << 53, (1 << 53) + 1, (1 << 53) - 1, -(1 << 53) - 1, 0, 1,
      -1,
    ],
  ]

  private static let floats: [[Double]] = [
    [0, 0.5, 1, 1.5, 2, 2.5, -1, -0.5], [0, 0.125, 3.75, 10, 20, 100.25, -7.5, 1000, 49.5, 50],
    [-0.0, 0, 1, -1, .nan, 2.5], [.infinity, -.infinity, .nan, 0, 1],
    [1e300, -1e300, 1e-300, .leastNonzeroMagnitude, 2.2250738585072014e-308, 0.1, 1.0 / 3, -0.0],
    [9_007_199_254_740_992, 9_007_199_254_740_994, 1e15, 1e16, 123_456_789.125, 1e18, -1e19],
    [0.1, 0.2, 0.3, 0.7, 1.1, 2.675, 1.005],
  ]

  private static let texts: [[String]] = [
    ["a", "b", "c", "ab", "abc", "B"], ["en", "es", "fr", "de", "en", "EN"],
    ["", " ", "a", " a ", "\ta\n", "a b", "\u{A0}x\u{A0}", "\u{3000}y"],
    ["é", "e\u{301}", "É", "ß", "SS", "ss", "ſ", "s", "İ", "i", "ı", "I", "K", "k"],
    ["日本語", "日本", "👩‍👩‍👧", "🏳️‍🌈", "👍🏽", "한국", "Ａ", "ａ", "a\u{200D}b", "\u{FEFF}a"],
    ["\"", "'", "a\"b", "a'b", "a\\b", "a,b", "a|b", "a;b\n", "`x`", "{}", "\u{10FFFF}"],
    ["12", "-7", "007", "1.5", "1e3", " 42 ", "x", "+3", "9223372036854775808", "true", "NaN"],
    ["2024-02-29", "2023-02-29", "2024-12-31T23:59:59Z", "2024", "1969-12-31", "soon"],
    ["user123", "anna_9", "bot4711", "x", "u1b22c333", "...", "aaa", "aaaa", "user"],
    [
      "{\"a\":1,\"b\":{\"a\":[\"x\",null]}}", "{\"a\":[1,{\"b\":true}],\"b\":\"é\\n\\u00e9\\\"\"}",
      "[{\"a\":\"1\"},[2,3]]", " {\"b\" : {\"A.b\":-0, \"\":\"\"}} ", "{\"a\":1,\"a\":2}", "[",
      "{\"a\":1,}", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "[null,1]", "{}", "7", "null",
    ],
    ["{\"a\":1}", "{\"a\":\"b\"}", "{\"a\":[\"b\",\"c\"]}", "{\"b\":{\"a\":2}}", "[1,2,3]"],
    ["martha", "marhta", "dixon", "dicksonx", "acme_official", "acme_officia1", "ab", "ba"],
    ["a,b,,c", ",", "", "a, b", "a,é,日", "aa,aa", "x"],
    ["[1, 2]", "[]", "[\"a\", null]", "[\"b\"]", "x", "", "[ ]", "[-1.5]"],
  ]

  private static let days: [[Int64]] = [
    [19_723, 19_724, 19_753, 19_782, 19_783, 20_088, 20_089],
    [0, -1, 1, 364, 365, 10_956, 10_957, 11_016, 11_017, -25_567],
    [19_722, 19_723, 19_358, 20_453, 20_454, 19_663, 19_664], [-719_162, 2_932_896, 0],
  ]

  private static let times: [[Int64]] = [
    [1_704_067_200, 1_704_067_199, 1_709_164_800, 1_709_251_199, 1_709_251_200, 1_735_689_599]
      .map { $0 * 1_000_000 },
    [1_711_846_800, 1_711_846_799, 1_729_990_800, 1_712_000_000, 1_712_003_600].map {
      $0 * 1_000_000
    },
    [0, -1, 1, 999_999, 1_000_000, -1_000_001, 86_399_999_999, 86_400_000_000],
    [1_704_067_200_000_001, 1_704_067_199_999_999, 1_720_000_000_123_456, 1_720_000_000_120_000],
    [-62_135_596_800_000_000, 253_402_300_799_000_000, 0],
  ]

  private static let durations: [[Int64]] = [
    [0, 1_000_000, 60_000_000, 3_600_000_000, dayMicros, 7 * dayMicros, -dayMicros],
    [1, -1, 999, 1_500_000, 90_000_000, 123_456_789, -7_200_000_000],
    [dayMicros, 2 * dayMicros, 30 * dayMicros, 365 * dayMicros],
  ]
}

extension Scalar {
  /// Whether it has no literal.
  fileprivate var isSpecial: Bool {
    if case .float(let value) = self { return !value.isFinite }
    return false
  }
}
