import Calendars
import Columns
import Formats
import Glibc
import Loading
import Tasks
import Testing

/// Columns of every type, with and without nulls, of every stored form.
func everyType(rows count: Int, segmentRows: Int, seed: UInt64 = 1) -> Table {
  var random = SplitMix(seed: seed)
  func maybe(_ value: Scalar) -> Scalar {
    Int.random(in: 0..<4, using: &random) == 0 ? .null : value
  }
  let texts = [
    "", "a", "é", "two\nlines", "😀", "\u{0}", "long " + String(repeating: "x", count: 300),
  ]
  let fields = [
    Field(name: "flag", type: .bool), Field(name: "n", type: .int),
    Field(name: "x", type: .float), Field(name: "text", type: .string, originalName: "Text"),
    Field(name: "day", type: .date), Field(name: "at", type: .time),
    Field(name: "took", type: .duration), Field(name: "full", type: .int),
    Field(name: "nothing", type: .string), Field(name: "empty", type: .int),
  ]
  let rows: [[Scalar]] = (0..<count).map { row in
    [
      maybe(.bool(Bool.random(using: &random))),
      maybe(.int(Int64(bitPattern: random.next()) >> Int64(row % 64))),
      maybe(.float(Double.random(in: -1e9...1e9, using: &random))),
      maybe(.string(texts[row % texts.count])),
      maybe(.date(Int64.random(in: -100_000...100_000, using: &random))),
      maybe(.time(Int64.random(in: -1 << 50...1 << 50, using: &random))),
      maybe(.duration(Int64.random(in: -1 << 50...1 << 50, using: &random))),
      .int(Int64(row)), .null, .null,
    ]
  }
  var properties = TableProperties()
  properties.platform = .twitter
  properties.selection = .newest
  properties.order = .newestFirst
  properties.roles = [.followerList, .postsList]
  properties.capturedAt = -5
  properties.statedFollowers = 12
  properties.keyColumn = "n"
  properties.sources = ["a.csv", "odd\nname"]
  properties.loadNotes = ["repaired: something"]
  return Table(
    name: "t", fields: fields, rows: rows, properties: properties, segmentRows: segmentRows)
}

/// The table with more forms of its columns: narrow integers, whole seconds, codes.
func everyForm() -> Table {
  let rows = 200
  let dictionary = TextDictionary(["red", "green", "", "blue"])
  let other = TextDictionary(["blue", "yellow"])
  let validity = (0..<rows).map { UInt8($0 % 3 == 0 ? 0 : 1) }
  let bits = validity.withUnsafeBufferPointer { Bitmap(bytes: $0) }
  func twice(_ values: (Int) -> Segment.Values, scale: Int64 = 1) -> [Segment] {
    [
      Segment(rowCount: rows, values: values(0), scale: scale),
      Segment(rowCount: rows, values: values(1), scale: scale, validity: bits),
    ]
  }
  func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ type: Value.Type
  ) -> BufferSlice<Value> {
    BufferSlice((0..<rows).map { Value(truncatingIfNeeded: $0 % 100) - 50 })
  }
  func codes<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int, _ type: Value.Type
  ) -> BufferSlice<Value> {
    BufferSlice((0..<rows).map { Value(truncatingIfNeeded: $0 % count) })
  }
  let columns: [(String, Column)] = [
    ("tiny", Column(type: .int, segments: twice { _ in .int8(numbers(Int8.self)) })),
    ("small", Column(type: .int, segments: twice { _ in .int16(numbers(Int16.self)) })),
    (
      "mixed",
      Column(
        type: .int,
        segments: twice { $0 == 0 ? .int8(numbers(Int8.self)) : .int32(numbers(Int32.self)) })
    ),
    ("day", Column(type: .date, segments: twice { _ in .int16(numbers(Int16.self)) })),
    (
      "second",
      Column(type: .time, segments: twice({ _ in .int32(numbers(Int32.self)) }, scale: 1_000_000))
    ),
    (
      "took",
      Column(
        type: .duration, segments: twice({ _ in .int8(numbers(Int8.self)) }, scale: 1_000_000))
    ),
    (
      "shared",
      Column(type: .string, segments: twice { _ in .codes8(codes(4, UInt8.self), dictionary) })
    ),
    (
      "several",
      Column(
        type: .string,
        segments: twice {
          $0 == 0
            ? .codes8(codes(4, UInt8.self), dictionary) : .codes16(codes(2, UInt16.self), other)
        })
    ),
    (
      "partly",
      Column(
        type: .string,
        segments: twice {
          if $0 == 0 { return .codes8(codes(4, UInt8.self), dictionary) }
          var builder = TextBuilder()
          for row in 0..<rows { builder.append("text \(row)") }
          return .text(builder.finish())
        })
    ),
  ]
  return Table(
    name: "t", schema: Schema(columns.map { Field(name: $0.0, type: $0.1.type) }),
    columns: columns.map(\.1))
}

func arrowBytes(_ table: Table, isStream: Bool = false) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try write(table, as: isStream ? .arrows : .arrow, zone: .utc) { bytes.append(contentsOf: $0) }
  return bytes
}

func sameTable(_ a: Table, _ b: Table) -> Bool {
  a.schema == b.schema && a.rowCount == b.rowCount && a.allRows == b.allRows
}

/// What comes back is the same table with the same cuts, statistics and properties.
@Test(arguments: [0, 1, 7, 64, 100, 1000])
func snapshotsRoundTrip(_ rows: Int) throws {
  for segmentRows in [1, 64, 65, 1 << 16] where rows / segmentRows < 200 {
    let table = everyType(rows: rows, segmentRows: segmentRows, seed: UInt64(rows + segmentRows))
    let again = try loaded(arrowBytes(table), name: "t.arrow").table
    #expect(sameTable(again, table), "\(rows) rows, \(segmentRows) a segment")
    #expect(again.properties == table.properties)
    #expect(again.segmentRowCounts == table.segmentRowCounts)
    for (a, b) in zip(again.columns, table.columns) {
      #expect(a.segments.map(\.statistics) == b.segments.map(\.statistics))
    }
  }
}

@Test func everyFormRoundTrips() throws {
  let table = everyForm()
  let again = try loaded(arrowBytes(table), name: "t.arrow").table
  #expect(sameTable(again, table))
  #expect(again.column("shared")?.sharedDictionary?.count == 4)
  #expect(again.column("several")?.sharedDictionary?.count == 5)
  #expect(again.column("partly")?.sharedDictionary == nil)
  // A snapshot of a snapshot is the same, byte for byte.
  #expect(try arrowBytes(again) == arrowBytes(table))
}

@Test func tablesWithoutColumnsRoundTrip() throws {
  let table = Table(name: "t", schema: Schema([]), columns: [])
  let again = try loaded(arrowBytes(table), name: "t.arrow").table
  #expect(sameTable(again, table))
}

/// Recognition, notes and where the rows came from are kept; the report tells of them.
@Test func snapshotsKeepWhatLoadingFound() throws {
  let first = try loaded(
    "followers_count,screen_name,created_at\n1,a,2024-01-01T00:00:00Z\n2, b,2024-01-02T00:00:00Z\n")
  let again = try loaded(arrowBytes(first.table), name: "t.arrow")
  #expect(sameTable(again.table, first.table))
  #expect(again.table.schema.field("followers")?.originalName == "followers_count")
  #expect(again.table.properties == first.table.properties)
  #expect(again.table.properties.sources == first.table.properties.sources)
  #expect(again.report.lines().contains { $0.contains("was followers_count") })
  #expect(again.report.earlierNotes == first.table.properties.loadNotes)
}
