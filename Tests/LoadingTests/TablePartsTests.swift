import Calendars
import Columns
import Formats
import Loading
import Tasks
import Testing

/// A file that is read part by part gives the rows of one that is loaded as it is.
@Test(arguments: [1, 2, 3] as [UInt64])
func partsAreTheWhole(seed: UInt64) throws {
  var random = SplitMix(seed: seed)
  var text = "n,text,late,gone\n"
  for row in 0..<400 {
    let word = ["a", "\"two\nlines\"", "\"q\"\"q\"", "é", "", "\"\""].randomElement(using: &random)
    let late = row < 390 ? "\(row)" : "x\(row)"
    text += "\(row * 7),\(word ?? ""),\(late),\n"
  }
  let folder = TemporaryFolder()
  let path = folder.write(Array(text.utf8), to: "t.csv")
  var options = LoadOptions()
  options.raw = true
  for size in [64, 300, 1 << 20] {
    var tuning = tinyTuning(size)
    tuning.partsFrom = 0
    let workers = Workers(count: 2)
    let whole = try load(path, as: "t", options: options, workers: workers, tuning: tuning)
    let parts = try #require(
      try tableParts(path, as: "t", options: options, workers: workers, tuning: tuning))
    #expect(parts.schema == whole.table.schema)
    #expect(parts.report.rows == whole.table.rowCount)
    #expect(parts.report.columns.map(\.nulls) == whole.report.columns.map(\.nulls))
    var rows: [[Scalar]] = []
    try parts.forEach { rows += $0.allRows }
    #expect(rows == whole.table.allRows, "seed \(seed), chunks of \(size)")
    for format in [OutputFormat.csv, .json, .jsonl, .markdown] {
      var (first, second): ([UInt8], [UInt8]) = ([], [])
      try write(whole.table, as: format, zone: .utc) { first += $0 }
      let writer = TextWriter(parts.schema, as: format, zone: .utc) { second += $0 }
      try parts.forEach { try writer.append($0) }
      try writer.finish()
      #expect(first == second, "seed \(seed), \(format), chunks of \(size)")
    }
  }
}

@Test func smallAndPackedFilesAreNotReadInParts() throws {
  let folder = TemporaryFolder()
  var options = LoadOptions()
  options.raw = true
  let workers = Workers(count: 2)
  let plain = folder.write(Array("a\n1\n".utf8), to: "t.csv")
  #expect(try tableParts(plain, as: "t", options: options, workers: workers) == nil)
  var tuning = LoadTuning()
  tuning.partsFrom = 0
  let document = folder.write(Array("[{\"a\": 1}]".utf8), to: "t.json")
  #expect(
    try tableParts(document, as: "t", options: options, workers: workers, tuning: tuning) == nil)
}
