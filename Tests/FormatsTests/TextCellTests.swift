import Calendars
import Columns
import Formats
import Tasks
import Testing

/// Texts of all lengths up to four vectors, with odd bytes anywhere among plain ones.
private func texts(seed: UInt64) -> [String] {
  var random = SplitMix(seed: seed)
  let odd = Array("\"\\,;\t|\n\r\u{0}\u{1B}\u{7F}é日😀")
  var texts = ["", "NULL", "\\N", "NULL ", "null"]
  for length in 0..<130 {
    for share in 0..<6 {
      var text = ""
      for _ in 0..<length {
        let isOdd = Int(random.next() % 100) < 2 * share * share
        text.append(isOdd ? odd[Int(random.next() % UInt64(odd.count))] : "x")
      }
      texts.append(text)
    }
  }
  return texts
}

private func delimited(_ text: String, _ odd: String) -> String {
  let isPlain = !text.isEmpty && text != "NULL" && text != "\\N"
  if isPlain && !text.unicodeScalars.contains(where: odd.unicodeScalars.contains) { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}

private func json(_ text: String) -> String {
  let scalars = text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default:
      if scalar.value < 32 {
        "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
      } else {
        String(scalar)
      }
    }
  }
  return "\"\(scalars.joined())\""
}

private func written(_ table: Table, _ format: OutputFormat, threads: Int) throws -> String {
  var bytes: [UInt8] = []
  try write(table, as: format, zone: .utc, on: Workers(count: threads)) {
    bytes.append(contentsOf: $0)
  }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct TextCellTests {
  @Test(arguments: [UInt64(1), 2]) func cellsAreWhatIsWrittenByteByByte(seed: UInt64) throws {
    let texts = texts(seed: seed)
    let one = Table(
      name: "t", fields: [Field(name: "a", type: .string)], rows: texts.map { [.string($0)] })
    let two = Table(
      name: "t", fields: [Field(name: "a", type: .string), Field(name: "b", type: .string)],
      rows: texts.map { [.string($0), .string($0)] }, segmentRows: 100)
    func lines(_ line: (String) -> String) -> String { texts.map { line($0) + "\n" }.joined() }
    for threads in [1, 2, 7] {
      let any = "\",;\t|\n\r"
      #expect(try written(one, .csv, threads: threads) == "a\n" + lines { delimited($0, any) })
      #expect(
        try written(two, .csv, threads: threads)
          == "a,b\n" + lines { delimited($0, "\",\n\r") + "," + delimited($0, "\",\n\r") })
      #expect(
        try written(two, .tsv, threads: threads)
          == "a\tb\n" + lines { delimited($0, "\"\t\n\r") + "\t" + delimited($0, "\"\t\n\r") })
      #expect(
        try written(two, .jsonl, threads: threads)
          == lines { "{\"a\": \(json($0)), \"b\": \(json($0))}" })
    }
  }

  /// Pieces of rows are put together in order, whoever writes them.
  @Test func allThreadsWriteTheSame() throws {
    let rows = (0..<40_000).map { row -> [Scalar] in
      [.int(Int64(row) &* 7_919 - 90_000), row % 7 == 0 ? .null : .string("text \(row)")]
    }
    let fields = [Field(name: "n", type: .int), Field(name: "s", type: .string)]
    let table = Table(name: "t", fields: fields, rows: rows, segmentRows: 9_000)
    for format in OutputFormat.allCases {
      func bytes(_ workers: Workers?) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try write(table, as: format, zone: .utc, on: workers) { bytes.append(contentsOf: $0) }
        return bytes
      }
      let alone = try bytes(nil)
      for threads in [2, 7] { #expect(try bytes(Workers(count: threads)) == alone, "\(format)") }
    }
  }
}
