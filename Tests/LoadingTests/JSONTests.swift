import Columns
import Formats
import Glibc
import Loading
import Tasks
import Testing

private func json(_ text: String, name: String = "t.jsonl") throws -> LoadedTable {
  try loaded(text, name: name)
}

@Test func nestedKeysBecomeColumns() throws {
  let result = try json(
    """
    {"id":"5","public_metrics":{"followers_count":1,"following_count":2},"tags":["a", 1]}
    {"id":"6","public_metrics":null,"late":9007199254740993}
    """)
  #expect(result.table.schema.names == ["id", "followers", "friends", "tags", "late"])
  #expect(result.table.scalars("id") == [.int(5), .int(6)])
  #expect(result.table.scalars("followers") == [.int(1), .null])
  #expect(result.table.scalars("tags") == [.string("[\"a\",1]"), .null])
  #expect(result.table.scalars("late") == [.null, .int(9_007_199_254_740_993)])
}

@Test func numbersStayExactOrText() throws {
  let result = try json(
    """
    {"a":9223372036854775807,"b":18446744073709551616,"c":1,"d":1,"e":1e400,"f":true}
    {"a":-9223372036854775808,"b":1,"c":2.5,"d":"x","e":1,"f":"no"}
    """)
  #expect(
    result.table.schema.fields.map(\.type) == [.int, .string, .float, .string, .string, .bool])
  #expect(result.table.scalars("a") == [.int(.max), .int(.min)])
  #expect(result.table.scalars("b") == [.string("18446744073709551616"), .string("1")])
}

@Test func lateSurprisesWidenAllRows() throws {
  var text = (0..<3000).map { "{\"n\":\($0)}" }.joined(separator: "\n")
  text += "\n{\"n\":\"many\"}\n{\"n\":0.5,\"m\":{\"k\":true}}\n"
  for size in [200, 1 << 20] {
    var tuning = tinyTuning(size)
    tuning.sampleSize = 100
    let result = try loaded(text, name: "t.jsonl", tuning: tuning)
    #expect(result.table.schema.names == ["n", "m.k"])
    #expect(result.table.type("n") == .string)
    #expect(result.table.scalars("n")[2999] == .string("2999"))
    #expect(result.table.scalars("m.k").last == .bool(true))
    #expect(result.table.column("m.k")?.nullCount == 3001)
  }
}

@Test func faultsNameLineAndByte() throws {
  let result = try json(
    """
    {"id":1}

    {"id":2,"x":tru}
    {"id":3
    {"id":4,"x":NaN}
    {"id":5,}
    {"id":6} {"id":7}
    [8]
    {"id":9,"x":"open}
    {"id":10,"x":"\\q"}
    {"id":11,"x":01}
    {"id":12}
    """)
  #expect(result.table.scalars("id") == [.int(1), .int(12)])
  #expect(result.table.schema.names == ["id"])
  #expect(
    result.rejects?.scalars("line") == [3, 4, 5, 6, 7, 8, 9, 10, 11].map { .int($0) })
  let reasons = result.rejects?.scalars("reason").compactMap(\.text) ?? []
  #expect(reasons.first == "neither true, false, null, a number, a text nor an object at byte 22")
  #expect(reasons[1] == "the object is not complete at byte 34")
  #expect(reasons.last == "not a number of JSON at byte 135")
  #expect(result.rejects?.scalars("raw").first == .string("{\"id\":2,\"x\":tru}"))
}

@Test func nestingHasALimit() throws {
  func nested(_ depth: Int) -> String {
    "{\"a\":" + String(repeating: "[", count: depth - 1)
      + String(repeating: "]", count: depth - 1) + "}"
  }
  func objects(_ depth: Int) -> String {
    String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
  }
  for make in [nested, objects] {
    let result = try json(
      "{\"b\":1}\n{\"b\":2}\n\(make(1024))\n\(make(1025))\n\(make(100_000))\n{\"b\":3}\n")
    #expect(result.table.rowCount == 4)
    #expect(result.rejects?.scalars("line") == [.int(4), .int(5)])
  }
  #expect((try? json(String(repeating: "[", count: 200_000))) == nil)
  #expect((try? json(String(repeating: "{\"a\":", count: 200_000))) == nil)
}

@Test func documentsSayWhatIsTaken() throws {
  let result = try json(
    """
    {"data": [{"id": "1", "text": "a"},
      {"id": "2", "text": "b"}],
     "includes": {"users": [{"id": "9", "username": "ann"}]},
     "meta": {"result_count": 2}}
    {"errors": [{"title": "gone"}]}
    {"data": [{"id": "3", "text": "c", "geo": {"id": "x"}}], "meta": {}}
    """, name: "t.json")
  #expect(result.table.scalars("id") == [.int(1), .int(2), .int(3)])
  #expect(result.table.schema.names == ["id", "text", "geo.id"])
  #expect(result.report.layout == "JSON, rows from 'data' without 'includes', UTF-8")
  #expect(result.rejects == nil)
}

@Test func documentFaultsAreRejects() throws {
  let result = try json(
    """
    [
      {"id": 1},
      {"id": tru},
      7,
      {"id": 2}, ,
      {"id": 3},
    ]
    """, name: "t.json")
  #expect(result.table.scalars("id") == [.int(1), .int(2), .int(3)])
  #expect(result.report.rejectCount == 4)
  #expect(result.rejects?.scalars("line") == [5, 7, 3, 4].map { .int($0) })
  let cut = try json("[{\"id\":1},\n{\"id\":2},\n{\"id\":3", name: "t.json")
  #expect(cut.table.scalars("id") == [.int(1), .int(2)])
  #expect(cut.rejects?.scalars("line") == [.int(3)])
}

@Test func oneObjectIsOneRow() throws {
  let result = try json("{\n \"id\": 5,\n \"user\": {\"login\": \"ann\"}\n}\n", name: "t.json")
  #expect(result.table.rowCount == 1)
  #expect(try json("\u{FEFF} [ {\"id\": 5} ] ", name: "t.txt").table.scalars("id") == [.int(5)])
  #expect(
    try json("{\"id\":5}{\"id\":6}", name: "t.txt").table.scalars("id") == [.int(5), .int(6)])
}

@Test func emptyDocumentsAreEmpty() {
  for text in ["[]", "{\"data\":[]}", " ", "[\n]"] {
    #expect(throws: LoadFailure.self) { try json(text, name: "t.json") }
  }
}

@Test func repeatedKeysAndHalfPairsAreTold() throws {
  let result = try json("{\"a\":1,\"a\":2,\"t\":\"\\ud800\"}\n")
  #expect(result.table.scalars("a") == [.int(2)])
  #expect(result.table.scalars("t") == [.string("\u{FFFD}")])
  #expect(result.report.repairs.contains("1 key stood twice in an object: the last value counts"))
  #expect(result.report.repairs.contains("1 half surrogate pair became U+FFFD"))
}

@Test func bytesThatAreNoTextAreRepaired() throws {
  let bytes =
    Array("{\"a\":\"x".utf8) + [0xFF] + Array("y\",\"b\":1}\n{\"a\":\"z\",\"b\":2}\n".utf8)
  let result = try loaded(bytes, name: "t.jsonl")
  #expect(result.table.scalars("a") == [.string("x\u{FFFD}y"), .string("z")])
  #expect(result.report.repairs == ["a: 1 byte that is not UTF-8 became U+FFFD"])
}

@Test func textsThatMeanNullStayText() throws {
  let result = try json(
    "{\"a\":\"NULL\",\"b\":\"\",\"c\":null}\n{\"a\":\"-\",\"b\":\"x\",\"c\":\"\"}\n")
  #expect(result.table.scalars("a") == [.string("NULL"), .string("-")])
  #expect(result.table.scalars("b") == [.string(""), .string("x")])
  #expect(result.table.scalars("c") == [.null, .string("")])
}

@Test func pagesOfSeveralFilesAreOneTable() throws {
  let folder = TemporaryFolder()
  folder.write(Array("{\"data\":[{\"id\":\"1\",\"a\":{\"b\":2}}]}\n".utf8), to: "p1.json")
  folder.write(
    Array("[{\"id\":\"2\",\"c\":\"x\"},{\"id\":\"3\",\"a\":{\"b\":4}}]".utf8), to: "p2.json")
  let result = try load(
    "\(folder.path)/p*.json", as: "t", options: LoadOptions(), workers: .init(count: 2))
  #expect(result.table.schema.names == ["id", "a.b", "c", "file"])
  #expect(result.table.scalars("a.b") == [.int(2), .null, .int(4)])
}

@Test func wrappersOfAnyDepthLoad() throws {
  for depth in 1...40 {
    let text =
      String(repeating: "{\"data\":", count: depth) + "[{\"id\":1},{\"id\":2}]"
      + String(repeating: "}", count: depth)
    let table = try loaded(text, name: "t.json").table
    #expect(table.rowCount >= 1, "\(depth) keys")
    let single = text.replacing("[{\"id\":1},{\"id\":2}]", with: "{\"id\":1}")
    #expect(try loaded(single, name: "t.json").table.rowCount == 1, "\(depth) keys")
  }
}

/// Whole answers of an interface: their one list is the rows.
@Test(arguments: [
  ("{\"users\":[{\"pk\":1},{\"pk\":2}],\"next_max_id\":\"x\",\"big_list\":false}", "users"),
  ("{\"followers\":[{\"id\":1},{\"id\":2}],\"has_more\":true,\"min_time\":1}", "followers"),
  (
    "{\"items\":[{\"id\":1}],\"hasMore\":true}\n{\"items\":[{\"id\":2}],\"hasMore\":false}", "items"
  ),
  ("{\"page\":3,\"follower_list\":[{\"id\":1},{\"id\":2}],\"errors\":[]}", "follower_list"),
  ("{\"ids\":[1,2],\"next_cursor\":0}", "ids"),
  ("{\"ids\":[\"1\"],\"next_cursor\":5}\n{\"ids\":[2],\"next_cursor\":0}\n", "ids"),
])
func answersAreOpened(text: String, key: String) throws {
  let result = try json(text)
  #expect(result.table.scalars("id") == [.int(1), .int(2)])
  #expect(result.table.schema.names == ["id"])
  #expect(result.report.lines()[1].contains("rows from '\(key)'"))
}

@Test func recordsWithAListStayRecords() throws {
  for text in [
    "{\"screen_name\":\"a\",\"posts\":[{\"x\":1}]}", "{\"id\":5,\"ids\":[1,2]}",
    "{\"name\":\"a\",\"users\":[{\"x\":1}]}", "{\"a\":[{\"x\":1}]}\n{\"a\":[{\"x\":2}]}",
    "{\"a\":[{\"x\":1}],\"b\":{\"c\":1}}",
  ] {
    let result = try json(text)
    #expect(result.table.rowCount == text.split(separator: "\n").count, "\(text)")
    #expect(result.report.lines()[1].hasPrefix("  JSON lines,"), "\(text)")
  }
}

@Test func plainValuesAreOneColumn() throws {
  let ids = try json("[1, 9007199254740993,\n 3]", name: "t.json")
  #expect(ids.table.scalars("id") == [.int(1), .int(9_007_199_254_740_993), .int(3)])
  let many = "[" + (0..<50_000).map(String.init).joined(separator: ",") + "]"
  #expect(try json(many, name: "t.json").table.scalars("id").count == 50_000)
  let texts = try json("[\"ann\", \"b \\\"b\\\"\", null]", name: "t.json")
  #expect(texts.table.scalars("value") == [.string("ann"), .string("b \"b\""), .null])
}

@Test func archivesOfTwitterLoad() throws {
  let text = """
    window.YTD.follower.part0 = [
      {
        "follower" : {
          "accountId" : "1", "userLink" : "https://x.com/intent/user?user_id=1"
        }
      },
      { "follower" : { "accountId" : "22", "userLink" : null } }
    ]
    """
  for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
    let result = try loaded(bytes, name: "follower.js")
    #expect(result.table.schema.names == ["id", "url"])
    #expect(result.table.scalars("id") == [.int(1), .int(22)])
    #expect(result.table.properties.platform == .twitter)
    #expect(result.rejects == nil)
  }
}
