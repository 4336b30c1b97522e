import Calendars
import Columns
import Formats
import Glibc
import Testing

private func path() -> String {
  "/tmp/decoy-workbook-\(getpid())-\(UInt64.random(in: 0...(.max))).xlsx"
}

/// The XML of the first sheet, by Python's zipfile; nil where there is no Python.
private func sheet(_ path: String) -> String? {
  let command = """
    python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); \
    sys.stdout.buffer.write(z.read("xl/worksheets/sheet1.xml"))' \(path) 2>/dev/null
    """
  guard let pipe = popen(command, "r") else { return nil }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, pipe))
  return pclose(pipe) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
}

@Test func workbooksRoundNothing() throws {
  let fields = [
    Field(name: "id", type: .int), Field(name: "n", type: .int), Field(name: "big", type: .int),
    Field(name: "x", type: .float), Field(name: "t", type: .string), Field(name: "b", type: .bool),
    Field(name: "d", type: .date), Field(name: "at", type: .time),
  ]
  let table = Table(
    name: "t", fields: fields,
    rows: [
      [
        .int(1), .int(42), .int(1_212_092_628_029_698_048), .float(0.5),
        .string("=1+1 <b>\u{1B}[31m"), .bool(true), .date(19_783), .time(1_709_294_400_500_000),
      ],
      [.int(2), .null, .int(3), .float(.nan), .null, .bool(false), .date(-100_000), .null],
    ])
  let file = path()
  defer { unlink(file) }
  #expect(try writeWorkbook(table, zone: .utc, to: file) == 0)
  guard let xml = sheet(file) else {
    print("skipped: no python3 to unpack the workbook")
    return
  }
  // Keys and long numbers are text; a formula is text and hostile bytes are escaped.
  #expect(xml.contains("<c r=\"A2\" t=\"inlineStr\"><is><t>1</t>"))
  #expect(xml.contains("<c r=\"B2\"><v>42</v>"))
  #expect(xml.contains("<t>1212092628029698048</t>") && xml.contains("<c r=\"D2\"><v>0.5</v>"))
  #expect(xml.contains("=1+1 &lt;b&gt;") && !xml.contains("\u{1B}"))
  #expect(xml.contains("<c r=\"F2\" t=\"b\"><v>1</v>"))
  #expect(xml.contains("<v>45352</v>") && xml.contains("<v>45352.5000057"))
  #expect(xml.contains("<t>1696-03-17</t>") && xml.contains("state=\"frozen\""))
  #expect(!xml.contains("r=\"B3\"") && !xml.contains("r=\"D3\""))
}

@Test func longTextsAreCutAndTallTablesRefused() throws {
  let long = String(repeating: "ä😀", count: 20_000)
  let table = Table(
    name: "t", fields: [Field(name: "t", type: .string)], rows: [[.string(long)], [.string("x")]])
  let file = path()
  defer { unlink(file) }
  #expect(try writeWorkbook(table, zone: .utc, to: file) == 1)
  let rows = workbookLimits.rows + 1
  let tall = Table(
    name: "t", schema: Schema([Field(name: "b", type: .bool)]),
    columns: [
      Column(
        type: .bool,
        segments: [Segment(rowCount: rows, values: .bits(Bitmap(repeating: true, count: rows)))])
    ])
  #expect(throws: WorkbookProblem.tooLarge) { try writeWorkbook(tall, zone: .utc, to: file) }
}
