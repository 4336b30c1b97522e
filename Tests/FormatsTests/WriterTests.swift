import Calendars
import Columns
import Formats
import Testing

private func written(_ table: Table, _ format: OutputFormat) throws -> String {
  var bytes: [UInt8] = []
  try write(table, as: format, zone: .utc) { bytes.append(contentsOf: $0) }
  return String(decoding: bytes, as: UTF8.self)
}

private let fields = [
  Field(name: "a", type: .string), Field(name: "n", type: .int), Field(name: "x", type: .float),
  Field(name: "f", type: .bool), Field(name: "d", type: .date), Field(name: "t", type: .time),
]

private let table = Table(
  name: "t", fields: fields,
  rows: [
    [.string("pl|ain"), .int(-5), .float(1), .bool(true), .date(0), .time(1_500_000)],
    [.null, .null, .null, .null, .null, .null],
    [.string("a,\"b\"\nc"), .int(.min), .float(.nan), .bool(false), .date(-1), .time(-1)],
    [.string(""), .int(1_234_567), .float(-1e-7), .null, .date(19783), .time(0)],
    [.string("=1\t\u{1B}<&\\"), .int(.max), .float(.infinity), .null, .null, .null],
  ], segmentRows: 2)

@Test func csvText() throws {
  #expect(
    try written(table, .csv) == """
      a,n,x,f,d,t
      pl|ain,-5,1.0,true,1970-01-01,1970-01-01T00:00:01.500Z
      ,,,,,
      "a,""b""
      c",-9223372036854775808,nan,false,1969-12-31,1969-12-31T23:59:59.999999Z
      "",1234567,-1e-07,,2024-03-01,1970-01-01T00:00:00Z
      =1\t\u{1B}<&\\,9223372036854775807,inf,,,

      """)
}

@Test func tsvText() throws {
  let lines = try written(table, .tsv).split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines[0] == "a\tn\tx\tf\td\tt")
  #expect(lines.last { !$0.isEmpty } == "\"=1\t\u{1B}<&\\\"\t9223372036854775807\tinf\t\t\t")
}

@Test func jsonText() throws {
  let lines = try written(table, .jsonl).split(separator: "\n")
  #expect(
    lines[0]
      == #"{"a": "pl|ain", "n": -5, "x": 1.0, "f": true, "d": "1970-01-01", "t": "1970-01-01T00:00:01.500Z"}"#
  )
  #expect(lines[1] == #"{"a": null, "n": null, "x": null, "f": null, "d": null, "t": null}"#)
  #expect(lines[2].hasPrefix(#"{"a": "a,\"b\"\nc", "n": -9223372036854775808, "x": null"#))
  #expect(lines[4].hasPrefix(#"{"a": "=1\t\u001b<&\\", "n": 9223372036854775807, "x": null"#))
  let array = try written(table, .json)
  #expect(array.hasPrefix("[\n{") && array.hasSuffix("}\n]\n"))
  #expect(array.contains("},\n{"))
  #expect(try written(Table(name: "e", fields: fields, rows: []), .json) == "[]\n")
  #expect(try written(Table(name: "e", fields: fields, rows: []), .jsonl) == "")
}

@Test func markdownText() throws {
  let lines = try written(table, .markdown).split(separator: "\n")
  #expect(lines[0] == "| a | n | x | f | d | t |")
  #expect(lines[1] == "| --- | ---: | ---: | --- | --- | --- |")
  #expect(lines[2].hasPrefix("| pl\\|ain | -5 | 1.0 |"))
  #expect(lines[3] == "|  |  |  |  |  |  |")
  #expect(lines[4].hasPrefix("| a,\"b\"<br>c |"))
  #expect(lines[6].hasPrefix(#"| =1\u{9}\u{1b}&lt;&amp;\\ |"#))
}

@Test func markdownShowsHiddenCharacters() throws {
  let text = "a\u{202E}b\u{2066}c\u{85}d\u{61C}e\u{2028}f é漢 \u{200D} \u{2019}"
  let odd = Table(name: "t", fields: [Field(name: "x", type: .string)], rows: [[.string(text)]])
  #expect(
    try written(odd, .markdown).split(separator: "\n").last
      == #"| a\u{202e}b\u{2066}c\u{85}d\u{61c}e\u{2028}f é漢 \#u{200D} \#u{2019} |"#)
}

@Test func namesAreEscaped() throws {
  let odd = Table(name: "t", fields: [Field(name: "a,\"b\"", type: .int)], rows: [[.int(1)]])
  #expect(try written(odd, .csv) == "\"a,\"\"b\"\"\"\n1\n")
  #expect(try written(odd, .jsonl) == "{\"a,\\\"b\\\"\": 1}\n")
}

@Test func timesInAZone() throws {
  let berlin = try #require(TimeZoneRules.named("Europe/Berlin"))
  let times = Table(name: "t", fields: [Field(name: "t", type: .time)], rows: [[.time(0)]])
  var bytes: [UInt8] = []
  try write(times, as: .csv, zone: berlin) { bytes.append(contentsOf: $0) }
  #expect(String(decoding: bytes, as: UTF8.self) == "t\n1970-01-01T01:00:00+01:00\n")
}

@Test func integersPrintAsSwiftPrintsThem() throws {
  var random = SplitMix(seed: 11)
  let edges: [Int64] = [0, 9, 10, 99, 100, 101, 999, 1000, -1, -10, -100, .min, .max]
  let values = edges + (0..<500).map { Int64(bitPattern: random.next()) >> Int64($0 % 64) }
  let table = Table(
    name: "t", fields: [Field(name: "n", type: .int)], rows: values.map { [.int($0)] })
  #expect(try written(table, .csv) == "n\n" + values.map { "\($0)\n" }.joined())
}

@Test func dictionariesAndNarrowValuesAreWritten() throws {
  let codes = BufferSlice<UInt8>([1, 0, 1])
  let validity = [UInt8(1), 1, 0].withUnsafeBufferPointer { Bitmap(bytes: $0) }
  let texts = Segment(
    rowCount: 3, values: .codes8(codes, TextDictionary(["de", "en"])), validity: validity)
  let times = Segment(rowCount: 3, values: .int32(BufferSlice([0, 60, 120])), scale: 1_000_000)
  let table = Table(
    name: "t", schema: Schema([Field(name: "l", type: .string), Field(name: "t", type: .time)]),
    columns: [Column(type: .string, segments: [texts]), Column(type: .time, segments: [times])])
  #expect(
    try written(table, .csv)
      == "l,t\nen,1970-01-01T00:00:00Z\nde,1970-01-01T00:01:00Z\n,1970-01-01T00:02:00Z\n")
}

private struct Full: Error {}

@Test func errorsOfTheSinkComeOut() {
  let rows = (0..<100_000).map { [Scalar.int($0)] }
  let long = Table(name: "t", fields: [Field(name: "n", type: .int)], rows: rows)
  var calls = 0
  #expect(throws: Full.self) {
    try write(long, as: .csv, zone: .utc) { _ in
      calls += 1
      throw Full()
    }
  }
  #expect(calls == 1)
}

@Test func integersOfEveryLength() throws {
  var values: [Int64] = [0, Int64.min, Int64.max]
  var power: Int64 = 1
  for _ in 0..<19 {
    values += [power - 1, power, power + 1, 1 - power, -power, -power - 1, power / 2]
    power = power &* 10
  }
  let table = Table(
    name: "", schema: Schema([Field(name: "n", type: .int)]),
    columns: [Column(values.map { .int($0) }, of: .int)])
  #expect(try written(table, .csv) == "n\n" + values.map { "\($0)\n" }.joined())
}
