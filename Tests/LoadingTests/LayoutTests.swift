import Columns
import Formats
import Loading
import Testing

private func names(_ result: LoadedTable) -> [String] { result.table.schema.names }

@Test(arguments: [",", ";", "\t", "|"])
func delimiters(delimiter: String) throws {
  let rows =
    ["name", "x", "y"].joined(separator: delimiter) + "\n"
    + (1...5).map { ["a\($0), b", "\($0)", "\($0).5"].joined(separator: delimiter) }
    .map { delimiter == "," ? $0.replacing(", b", with: "") : $0 }.joined(separator: "\n")
  let result = try loaded(rows)
  #expect(names(result) == ["name", "x", "y"])
  #expect(result.table.rowCount == 5)
  #expect(result.table.type("y") == .float)
}

@Test func decimalCommasDoNotHideSemicolons() throws {
  let result = try loaded("a;b\n1,5;2,5\n2,5;3,5\n")
  #expect(names(result) == ["a", "b"])
  #expect(result.table.scalars("a").first == .string("1,5"))
}

@Test func givenDelimiter() throws {
  let result = try loaded("a:b\n1:2\n") { $0.delimiter = UInt8(ascii: ":") }
  #expect(names(result) == ["a", "b"] && result.table.scalars("b") == [.int(2)])
}

@Test(arguments: ["\n", "\r\n", "\r"])
func lineEnds(end: String) throws {
  for last in ["", end] {
    let text = ["a,b", "1,x", "2,\"y\(end)z\"", "3,\"q\""].joined(separator: end) + last
    for size in [8, 1 << 20] {
      let result = try loaded(text, tuning: tinyTuning(size))
      #expect(result.table.scalars("a") == [.int(1), .int(2), .int(3)])
      #expect(result.table.scalars("b").map(\.text) == ["x", "y\(end)z", "q"])
      #expect(result.rejects == nil)
    }
  }
}

@Test func mixedLineEnds() throws {
  let result = try loaded("a,b\n1,2\r\n3,4\r5,6\n")
  #expect(result.table.scalars("a") == [.int(1), .int(3), .int(5)])
  #expect(result.table.scalars("b") == [.int(2), .int(4), .int(6)])
}

@Test func byteOrderMarkAndUTF16() throws {
  let text = "name,n\nJosé 😀,1\nb,2\n"
  let little = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
  let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  let forms: [([UInt8], String)] = [
    (Array(text.utf8), "UTF-8"), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), "UTF-8 with"),
    ([0xFF, 0xFE] + little, "UTF-16 LE with"), (little, "UTF-16 LE"),
    ([0xFE, 0xFF] + big, "UTF-16 BE with"), (big, "UTF-16 BE"),
    (gzipMember([0xFF, 0xFE] + little), "UTF-16 LE with byte order mark, gzip"),
  ]
  for (bytes, encoding) in forms {
    let result = try loaded(bytes)
    #expect(names(result) == ["name", "n"], "\(encoding)")
    #expect(result.table.scalars("name").map(\.text) == ["José 😀", "b"])
    #expect(result.report.layout.contains(encoding), "\(result.report.layout)")
  }
}

@Test func halfSurrogatesAreRepairedAndSaid() throws {
  let result = try loaded(
    [0xFF, 0xFE] + Array("a\0,\0b\0\n\0x\0".utf8) + [0x00, 0xD8]
      + Array("y\0,\0001\0\n\0".utf8))
  #expect(result.table.scalars("a") == [.string("x\u{FFFD}y")])
  #expect(result.report.warnings.contains { $0.contains("not UTF-16") })
}

@Test func spreadsheetsOfTheWestAreRead() throws {
  let line =
    Array("name;n\nJos".utf8) + [0xE9, 0x20, 0x80, 0x93] + Array(";1\nGr".utf8)
    + [0xF6, 0xDF] + Array("e;2\nb;3\n".utf8)
  let result = try loaded(line)
  #expect(result.table.scalars("name").map(\.text) == ["José €“", "Größe", "b"])
  #expect(result.report.layout.contains("windows-1252"), "\(result.report.layout)")
  // What is UTF-8 but for some bytes stays so.
  let torn = try loaded(Array("name\nJosé\nGr".utf8) + [0xF6] + Array("n\n".utf8))
  #expect(torn.table.scalars("name").map(\.text) == ["José", "Gr\u{FFFD}n"])
}

@Test func anEncodingMayBeSaid() throws {
  // Привет, in Windows-1251 and in KOI8-R.
  let forms: [(String, [UInt8])] = [
    ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]),
    ("koi8-r", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4]),
  ]
  for (name, bytes) in forms {
    let result = try loaded(Array("name,n\n".utf8) + bytes + Array(",1\n".utf8)) {
      $0.charset = Charset(name)
    }
    #expect(result.table.scalars("name") == [.string("Привет")])
    #expect(result.report.layout.contains(name))
  }
  let long = String(repeating: "Ж", count: 100_000)
  let bytes = Array("name\n".utf8) + [UInt8](repeating: 0xC6, count: 100_000) + [0x0A]
  let result = try loaded(bytes) { $0.charset = Charset("windows-1251") }
  #expect(result.table.scalars("name") == [.string(long)])
  let torn = try loaded(Array("a,b\nx".utf8) + [0x98, 0x2C, 0x31, 0x0A]) {
    $0.charset = Charset("windows-1251")
  }
  #expect(torn.table.scalars("a") == [.string("x\u{FFFD}")])
  #expect(
    torn.report.warnings.contains { $0.hasSuffix("1 byte that is not windows-1251 became U+FFFD") })
  for name in ["", "no-such", "utf-16//IGNORE"] { #expect(Charset(name) == nil) }
}

@Test func invalidBytesAreRepairedAndCounted() throws {
  for rows in [1, 100] {
    let bytes =
      Array("text,n\n".utf8)
      + (0..<rows).flatMap { _ in [0x61, 0xFF, 0x62, 0x2C, 0x31, 0x0A] as [UInt8] }
    let result = try loaded(bytes)
    #expect(result.table.scalars("text").allSatisfy { $0 == .string("a\u{FFFD}b") })
    #expect(result.report.repairs.contains { $0.contains("\(rows) byte") && $0.contains("U+FFFD") })
  }
}

@Test func headers() throws {
  #expect(names(try loaded("1,2\n3,4\n")) == ["column1", "column2"])
  #expect(names(try loaded("alpha,beta\n")) == ["alpha", "beta"])
  #expect(try loaded("alpha,beta\n").table.rowCount == 0)
  #expect(names(try loaded("a,a,,a\n1,2,3,4\n")) == ["a", "a_2", "column3", "a_3"])
  #expect(names(try loaded("2024-01-01,x\n2024-01-02,y\n")) == ["column1", "column2"])
  #expect(names(try loaded("id,2023,2024\n1,2,3\n")) == ["id", "2023", "2024"])
  #expect(names(try loaded("a,b\n1,2\n") { $0.header = false }) == ["column1", "column2"])
  #expect(names(try loaded("1,2\n3,4\n") { $0.header = true }) == ["1", "2"])
  #expect(names(try loaded(" a ,\"b\nc\"\n1,2\n")) == ["a", "b c"])
}

@Test func headerShorterThanRows() throws {
  let rowNames = try loaded("x,y\nr1,1,2\nr2,3,4\n")
  #expect(names(rowNames) == ["column1", "x", "y"])
  #expect(rowNames.table.scalars("y") == [.int(2), .int(4)])
  #expect(rowNames.report.warnings.count == 1)
  let rest = try loaded("x\na,1,\na,3,\n")
  #expect(names(rest) == ["x", "column2", "column3"])
  #expect(rest.report.warnings.count == 1)
}

@Test func oneColumnFiles() throws {
  let result = try loaded("handle\nann\n\nbob\n")
  #expect(result.table.rowCount == 3)
  #expect(result.table.allRows.map { $0[0] } == [.string("ann"), .null, .string("bob")])
  #expect(try loaded("n\n5\n6").table.scalars("n") == [.int(5), .int(6)])
}

@Test func blankLinesAreSkippedAndCounted() throws {
  let result = try loaded("a,b\n\n1,2\n  \n3,4\n\n")
  #expect(result.table.rowCount == 2)
  #expect(result.report.repairs == ["3 blank lines left out"])
  #expect(result.rejects == nil)
}

@Test func raggedRowsAreKeptAndListed() throws {
  let result = try loaded("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n")
  #expect(
    result.table.allRows == [
      [.int(1), .int(2), .int(3)], [.int(4), .int(5), .null], [.int(6), .int(7), .int(8)],
      [.int(10), .int(11), .int(12)],
    ])
  let rejects = try #require(result.rejects)
  #expect(rejects.name == "t_rejects")
  #expect(
    rejects.allRows == [
      [.int(3), .string("too few values"), .string("4,5")],
      [.int(4), .string("too many values"), .string("6,7,8,9")],
    ])
  #expect(result.report.repairs == ["1 row ended with separators too many"])
}

@Test func quotesInOddPlaces() throws {
  let result = try loaded("a,b\nsay \"hi\",1\n\"x\" y,2\n\"p\"\"q\",3\n5\" disc,4\n")
  #expect(
    result.table.scalars("a").map(\.text) == ["say \"hi\"", "x y", "p\"q", "5\" disc"])
  #expect(
    result.rejects?.allRows == [
      [.int(3), .string("text after a closing quote"), .string("\"x\" y,2")]
    ])
}

@Test func unclosedQuotesSwallowNoRows() throws {
  let rows = (0..<50).map { $0 == 20 ? "\"open,20" : "v\($0),\($0)" }
  for size in [32, 200, 1 << 20] {
    let result = try loaded("a,b\n" + rows.joined(separator: "\n"), tuning: tinyTuning(size))
    #expect(result.table.rowCount == 50)
    #expect(result.table.scalars("a")[20] == .string("\"open"))
    #expect(result.table.scalars("b") == (0..<50).map { .int(Int64($0)) })
    #expect(
      result.rejects?.allRows == [
        [.int(22), .string("a quote that is never closed"), .string("\"open,20")]
      ])
  }
}

@Test func lineNumbersCountLinesInsideQuotes() throws {
  let text = "a,b\n\"1\n2\n3\",x\nshort\n" + String(repeating: "5,y\n", count: 40) + "late\n"
  for size in [16, 64, 1 << 20] {
    for bytes in [Array(text.utf8), gzipMember(Array(text.utf8))] {
      let result = try loaded(bytes, tuning: tinyTuning(size))
      #expect(result.rejects?.scalars("line") == [.int(5), .int(46)], "\(size)")
    }
  }
}

@Test func rejectsAreCapped() throws {
  var tuning = LoadTuning()
  tuning.rejectLimit = 10
  let result = try loaded(
    "a,b\n1,2\n" + String(repeating: "x\n", count: 25) + "3,4\n", tuning: tuning
  ) {
    $0.header = true
  }
  #expect(result.rejects?.rowCount == 10)
  #expect(result.report.rejectCount == 25)
  #expect(result.report.warnings.contains { $0.contains("first 10") })
}

@Test func zeroBytesAreKept() throws {
  let result = try loaded("a,b\nx\0y,1\nz,2\n")
  #expect(result.table.scalars("a").map(\.text) == ["x\0y", "z"])
  #expect(result.table.type("b") == .int)
}

@Test func oneLongLine() throws {
  let long = String(repeating: "long text ", count: 300_000)
  let result = try loaded("a,b\n1,\"\(long)\"\n2,y\n")
  #expect(result.table.scalars("b").map { $0.text?.utf8.count } == [long.utf8.count, 1])
}

@Test func manyColumns() throws {
  let names = (0..<3000).map { "c\($0)" }.joined(separator: ",")
  let cells = (0..<3000).map(String.init).joined(separator: ",")
  let result = try loaded("\(names)\n\(cells)\n\(cells)\n")
  #expect(result.table.schema.fields.count == 3000)
  #expect(result.table.scalars("c2999") == [.int(2999), .int(2999)])
}
