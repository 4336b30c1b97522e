import Columns
import Loading
import Testing

/// Many cells of one kind, then one of another: the column is what all cells are, whatever the cuts.
private func lateSurprise(
  _ early: [String], then late: String, name: String = "x", wanted: DataType,
  place: Int = 700
) throws {
  for size in [64, 1000, 1 << 20] {
    var tuning = tinyTuning(size)
    tuning.sampleSize = 512
    let rows = 0..<1000
    let cells = rows.map { $0 == place ? late : early[$0 % early.count] }
    let text = "\(name),n\n" + rows.map { "\(cells[$0]),\($0)\n" }.joined()
    for bytes in [Array(text.utf8), gzipMember(Array(text.utf8))] {
      let result = try loaded(bytes, tuning: tuning)
      let column = result.table.schema.fields[0].name
      #expect(result.table.type(column) == wanted, "\(early) \(late) \(size)")
      #expect(result.table.scalars("n") == rows.map { .int(Int64($0)) })
      if wanted == .string {
        let shown = result.table.scalars(column).map { $0.text ?? "" }
        #expect(shown == cells, "\(early) \(late) \(size)")
      }
    }
  }
}

@Test func lateTextKeepsEveryCellAsItWas() throws {
  try lateSurprise(["1", "22", ""], then: "x", wanted: .string)
  try lateSurprise(["1.50", "2e3"], then: "x", wanted: .string)
  try lateSurprise(["2024-03-01T12:00:00Z", "2024-03-01 13:00"], then: "x", wanted: .string)
  try lateSurprise(["true", "No"], then: "x", wanted: .string)
  try lateSurprise(["2024-03-01"], then: "5", wanted: .string)
  try lateSurprise(["NA", "-", "5"], then: "x", wanted: .string)
  try lateSurprise([""], then: "x", wanted: .string)
  try lateSurprise(["5"], then: "99999999999999999999", wanted: .string)
  try lateSurprise(["9007199254740993"], then: "1.5", wanted: .string)
  try lateSurprise(["12"], then: "8.41E+17", name: "user_id", wanted: .string)
}

@Test func lateNumbersWiden() throws {
  try lateSurprise(["1", "2"], then: "1.5", wanted: .float)
  try lateSurprise(["1", ""], then: "123456789012", wanted: .int)
  try lateSurprise(["2024-03-01"], then: "2024-03-01T12:00:00Z", wanted: .time)
  try lateSurprise([""], then: "7", wanted: .int)
  try lateSurprise([""], then: "true", wanted: .bool)
  try lateSurprise(["1", ""], then: "7", name: "verified", wanted: .int)
  try lateSurprise(["nan"], then: "1.5", wanted: .float)
}

@Test func lateFractionOfASecond() throws {
  var tuning = tinyTuning(1 << 16)
  tuning.segmentRows = 1000
  let rows = (0..<600).map {
    $0 == 500 ? "2024-03-01T00:00:00.25Z" : "2024-03-01T00:00:0\($0 % 10)Z"
  }
  let result = try loaded("t,n\n" + rows.map { "\($0),1\n" }.joined(), tuning: tuning)
  let base: Int64 = 1_709_251_200_000_000
  let wanted = (0..<600).map {
    Scalar.time($0 == 500 ? base + 250_000 : base + Int64($0 % 10) * 1_000_000)
  }
  #expect(result.table.scalars("t") == wanted)
}

@Test func integersUseTheNarrowestWidth() throws {
  let text =
    "a,b,c,d\n"
    + (0..<100).map { "\($0),\($0 * 300),\($0 * 100_000),\($0 * 10_000_000_000)\n" }.joined()
  let result = try loaded(text)
  var widths: [Int] = []
  for column in result.table.columns {
    switch column.segments[0].values {
    case .int8: widths.append(8)
    case .int16: widths.append(16)
    case .int32: widths.append(32)
    case .int64: widths.append(64)
    default: widths.append(0)
    }
    #expect(column.segments[0].statistics.isAscending)
  }
  #expect(widths == [8, 16, 32, 64])
  #expect(result.table.columns[3].integerRange == 0...990_000_000_000)
  let times = try loaded("at,x\n2024-03-01T12:00:00Z,1\n2024-03-02T12:00:00Z,1\n").table.columns[0]
  #expect(times.segments[0].scale == 1_000_000)
  #expect(times.integerRange == 1_709_294_400_000_000...1_709_380_800_000_000)
}

/// The same table for any number of threads and any cut.
@Test func threadsAndCutsGiveTheSame() throws {
  var random = SplitMix(seed: 5)
  let words = ["de", "en", "tr", "es", "NA"]
  let rows = (0..<3000).map { row -> String in
    let note = row % 7 == 0 ? "\"a \"\"b\"\",\nc\"" : "n\(row % 50)"
    return
      "\(Int.random(in: 0..<1_000_000, using: &random)),\(words[row % 5]),\(note),\(row % 3 == 0 ? "" : "2024-01-0\(row % 9 + 1)")\n"
  }
  let text = "v,lang,note,day\n" + rows.joined()
  let plain = try loaded(text, threads: 1)
  #expect(plain.table.rowCount == 3000)
  for (threads, size) in [(1, 500), (2, 500), (4, 77), (3, 5000)] {
    let other = try loaded(text, threads: threads, tuning: tinyTuning(size))
    #expect(other.table.schema == plain.table.schema)
    #expect(other.table.allRows == plain.table.allRows, "\(threads) threads, \(size) bytes")
  }
}

@Test func repeatedTextsShareASortedDictionary() throws {
  let words = ["tr", "de", "en"]
  let text = "lang,n\n" + (0..<500).map { "\($0 % 10 == 0 ? "" : words[$0 % 3]),\($0)\n" }.joined()
  let result = try loaded(text, tuning: tinyTuning(200))
  let column = try #require(result.table.column("lang"))
  let dictionary = try #require(column.sharedDictionary)
  #expect((0..<dictionary.count).map(dictionary.string) == ["de", "en", "tr"])
  #expect(column.nullCount == 50)
  #expect(result.table.scalars("lang")[1] == .string("de"))
}

@Test func tooManyTextsForADictionary() throws {
  let text = "tag,n\n" + (0..<20_000).map { "\($0 < 2000 ? "a" : "tag \($0)"),\($0)\n" }.joined()
  var tuning = LoadTuning()
  tuning.chunkSize = 20_000
  tuning.segmentRows = 4096
  let result = try loaded(text, tuning: tuning)
  let tags = result.table.scalars("tag")
  #expect(tags[0] == .string("a") && tags[19_999] == .string("tag 19999"))
  #expect(result.table.rowCount == 20_000)
}
