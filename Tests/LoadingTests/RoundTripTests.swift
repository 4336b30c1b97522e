import Calendars
import Columns
import Formats
import Loading
import Testing

/// A table of every type that a text can carry, with nulls and hostile texts.
private func mixedTable(seed: UInt64) -> Table {
  var random = SplitMix(seed: seed)
  let words: [Scalar] = [
    .string("plain"), .string(""), .null, .string("NULL"), .string("\\N"), .string("a,b"),
    .string("\"q\""), .string("two\nlines"), .string("cr\r"), .string(" spaced "), .string("é😀"),
    .string("NA"), .string("-"), .string("007"), .string("="), .string("tab\tbed"),
    .string("\u{1B}[31m"), .string("{\"a\": 1}"), .string("back\\slash"),
  ]
  let fields = [
    Field(name: "text", type: .string), Field(name: "n", type: .int),
    Field(name: "x", type: .float),
    Field(name: "day", type: .date), Field(name: "at", type: .time), Field(name: "ok", type: .bool),
  ]
  func maybe(_ value: Scalar) -> Scalar {
    Int.random(in: 0..<5, using: &random) == 0 ? .null : value
  }
  let rows: [[Scalar]] = (0..<400).map { row in
    [
      words[row % words.count],
      maybe(.int(Int64(bitPattern: random.next()) >> Int64(row % 64))),
      row == 0 ? .float(0.5) : maybe(.float(Double.random(in: -1e9...1e9, using: &random))),
      maybe(.date(Int64.random(in: -100_000...100_000, using: &random))),
      row == 0 ? .time(1) : maybe(.time(Int64.random(in: -1 << 50...1 << 50, using: &random))),
      maybe(.bool(row % 2 == 0)),
    ]
  }
  return Table(name: "t", fields: fields, rows: rows, segmentRows: 100)
}

/// What is written and read again is the same table.
@Test(
  arguments: [(.csv, "t.csv"), (.tsv, "t.tsv"), (.jsonl, "t.jsonl"), (.json, "t.json")]
    as [(OutputFormat, String)], [8, 9, 10] as [UInt64])
func tablesRoundTrip(_ format: (OutputFormat, String), seed: UInt64) throws {
  let table = mixedTable(seed: seed)
  var bytes: [UInt8] = []
  try write(table, as: format.0, zone: .utc) { bytes.append(contentsOf: $0) }
  for size in [100, 1 << 20] {
    let again = try loaded(bytes, name: format.1, tuning: tinyTuning(size)).table
    #expect(again.schema == table.schema, "\(format.1), seed \(seed), chunks of \(size)")
    #expect(again.allRows == table.allRows, "\(format.1), seed \(seed), chunks of \(size)")
  }
}

@Test func oneColumnWithNullsRoundTrips() throws {
  let table = Table(
    name: "t", fields: [Field(name: "text", type: .string)],
    rows: [[.string("a")], [.null], [.string("")], [.string("b")]])
  var bytes: [UInt8] = []
  try write(table, as: .csv, zone: .utc) { bytes.append(contentsOf: $0) }
  #expect(try loaded(bytes).table.allRows == table.allRows)
}

/// One column of anything, nulls at the ends and everywhere: blank lines are nulls there.
@Test(arguments: [1, 2, 3] as [UInt64])
func oneColumnOfAnythingRoundTrips(_ seed: UInt64) throws {
  print("seed \(seed)")
  var random = SplitMix(seed: seed)
  let words: [Scalar] = [
    .null, .null, .string("a"), .string(""), .string("a,b"), .string("x;y"), .string("NULL"),
    .string("two\nlines"), .string("\n"), .string(" "), .string("é"), .string("t\tt"),
  ]
  for count in 0..<60 {
    let isText = count % 2 == 0
    let rows: [[Scalar]] = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      isText
        ? [words[Int.random(in: 0..<words.count, using: &random)]]
        : [Bool.random(using: &random) ? .null : .int(Int64.random(in: 2...99, using: &random))]
    }
    if rows.allSatisfy({ $0[0] == .null }) { continue }
    let table = Table(
      name: "t", fields: [Field(name: "only", type: isText ? .string : .int)], rows: rows)
    for format in [OutputFormat.csv, .tsv] {
      var bytes: [UInt8] = []
      try write(table, as: format, zone: .utc) { bytes.append(contentsOf: $0) }
      let again = try loaded(bytes, name: format == .tsv ? "t.tsv" : "t.csv").table
      #expect(
        again.allRows == table.allRows, "\(format): \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
