import Columns
import Formats
import Loading
import Testing

private func keepTexts(_ options: inout LoadOptions) {
  options.types = false
  options.raw = true
}

/// Nasty lines give what the plain twin says, wherever the file is cut.
@Test func linesAgreeWithTwin() throws {
  let seed: UInt64 = 2024
  var random = SplitMix(seed: seed)
  for round in 0..<100 {
    let text = nastyLines(&random, count: 3 + round % 30)
    let wanted = JSONTwin.rows(text)
    for size in [40, 333, 1 << 20] {
      let place = "seed \(seed), round \(round), size \(size)"
      let result = try loaded(
        text, name: "t.jsonl", tuning: tinyTuning(size), keepTexts)
      expect(result, wanted, place, text)
    }
  }
}

/// The same through gzip, where chunks come in turn.
@Test func streamedLinesAgreeWithTwin() throws {
  let seed: UInt64 = 77
  var random = SplitMix(seed: seed)
  for round in 0..<60 {
    let text = nastyLines(&random, count: 3 + round % 30)
    let result = try loaded(
      gzipMember(text), name: "t.jsonl.gz", tuning: tinyTuning(200), keepTexts)
    expect(result, JSONTwin.rows(text), "seed \(seed), round \(round)", text)
  }
}

/// The objects of lines are the same as elements of an array, with line breaks anywhere between.
@Test func arraysAgreeWithLines() throws {
  let seed: UInt64 = 5
  var random = SplitMix(seed: seed)
  for round in 0..<60 {
    let lines = (0..<(2 + round % 20)).map { _ in object(&random, depth: 0) }
    let spaces = ["", " ", "\n", "\r\n  "]
    let gap = { spaces[Int.random(in: 0..<4, using: &random)] }
    let first = "{\"id\": \"1\", \"z\": \"\"}"
    let array = "[" + ([first] + lines).map { gap() + $0 + gap() }.joined(separator: ",") + "]"
    let wanted = JSONTwin.rows(Array((([first] + lines).joined(separator: "\n")).utf8))
    for size in [32, 1 << 20] {
      let result = try loaded(array, name: "t.json", tuning: tinyTuning(size), keepTexts)
      expect(result, wanted, "seed \(seed), round \(round), size \(size)", Array(array.utf8))
    }
  }
}

/// Any number of threads gives the same table, rejects and report.
@Test func threadsAgree() throws {
  var random = SplitMix(seed: 31)
  for _ in 0..<20 {
    let text = nastyLines(&random, count: 60)
    let results = try [1, 2, 7].map {
      try loaded(text, name: "t.jsonl", threads: $0, tuning: tinyTuning(300))
    }
    for result in results.dropFirst() {
      #expect(result.table.schema == results[0].table.schema)
      #expect(result.table.allRows == results[0].table.allRows)
      #expect(result.rejects?.allRows == results[0].rejects?.allRows)
    }
  }
}

/// Bytes changed anywhere never end the program; what can be read is the same wherever it is cut.
@Test func mutatedBytesAreSurvived() throws {
  let seed: UInt64 = 8
  var random = SplitMix(seed: seed)
  for round in 0..<80 {
    var text = nastyLines(&random, count: 12)
    if round % 2 == 0 {
      text = Array("[".utf8) + text.map { $0 == 0x0A ? 0x2C : $0 } + Array("{}]".utf8)
    }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0..<text.count, using: &random)
      text[place] = UInt8.random(in: 0...255, using: &random)
    }
    let results = [60, 1 << 20].map { size in
      try? loaded(text, name: "t.json", tuning: tinyTuning(size), keepTexts)
    }
    #expect(
      results[0]?.table.allRows == results[1]?.table.allRows,
      "seed \(seed), round \(round): \(String(decoding: text, as: UTF8.self).debugDescription)")
  }
}

private func expect(
  _ result: LoadedTable, _ wanted: (names: [String], rows: [[String: String]], faults: Int),
  _ place: String, _ text: [UInt8]
) {
  let shown = String(decoding: text, as: UTF8.self).debugDescription
  #expect(result.table.schema.names == wanted.names, "\(place): \(shown)")
  let rows = result.table.allRows.map { $0.map(\.text) }
  #expect(rows.count == wanted.rows.count, "\(place): \(shown)")
  for (row, twin) in zip(rows, wanted.rows) {
    for (cell, name) in zip(row, wanted.names) where cell != twin[name] {
      Issue.record("\(place), \(name): \(cell ?? "null"), not \(twin[name] ?? "null"); \(shown)")
      return
    }
  }
  #expect(result.report.rejectCount == wanted.faults, "\(place): \(shown)")
}

private let keys = [
  "a", "b", "id", "long_key_of_many_letters", "é", "a.b", "n", #"q\""#, #"\u0061"#, "x y", "",
]

private let values = [
  "1", "-2.5e3", "0", "true", "false", "null", #""text""#, #""""#, #""say \"hi\"""#, #""\u00e9""#,
  #""\ud83e\udd86""#, #""\ud83e""#, #""\udd86x""#, #""a\\""#, #""\/\b\f\n\r\t""#, "\"🦆\"",
  "[]", "[1, 2 ,3]", #"["a]", {"b": [null ,true]}]"#, "{}", "123456789012345678901234567890",
  "\"\u{7F}\"", #""NULL""#, #""007""#, "[ ]", #"[{"x":"\u0041"}]"#, "-0", "7", "12345678",
  "123456789", "1234567e1",
]

private let broken = [
  "tru", "01", "1.", ".5", "+1", "NaN", "'x'", #""\x""#, #""\u12g4""#, "\"tab\there\"", "[1,]",
  "[1 2]", "{\"a\":}", "{\"a\"}", "{,}", "{\"a\":1,}", "[", "\"open", "1 2", "", "nulll", "\"a\"b",
  "{\"a\" 1}", "]", "-", "1e", "[}", "\"\u{1}\"", #"["\q"]"#, #"[{1:2}]"#,
  "12a4", "1234567/", "12;", "?1234567", "00", "012", "nul", "nullx", "fals", "falsee", "truee",
  "frue",
]

private func object(_ random: inout SplitMix, depth: Int) -> String {
  let count = Int.random(in: depth == 0 ? 1...5 : 0...3, using: &random)
  let members = (0..<count).map { _ in
    let key = keys[Int.random(in: 0..<keys.count, using: &random)]
    let isNested = depth < 3 && Int.random(in: 0..<6, using: &random) == 0
    let value =
      isNested
      ? object(&random, depth: depth + 1) : values[Int.random(in: 0..<values.count, using: &random)]
    let space = ["", " ", "\t"][Int.random(in: 0..<3, using: &random)]
    return "\"\(key)\"\(space):\(space)\(value)\(space)"
  }
  return "{" + members.joined(separator: ",") + "}"
}

/// Lines that are mostly right, two good ones first.
private func nastyLines(_ random: inout SplitMix, count: Int) -> [UInt8] {
  var text = Array("{\"id\":\"1\",\"z\":\"\"}\n{\"id\":\"2\"}\n".utf8)
  for _ in 0..<count {
    var line = Array(object(&random, depth: 0).utf8)
    switch Int.random(in: 0..<12, using: &random) {
    case 0:
      let value = broken[Int.random(in: 0..<broken.count, using: &random)]
      line = Array("{\"a\":1,\"fresh\":\(value),\"b\":2}".utf8)
    case 1: line = Array(broken[Int.random(in: 0..<broken.count, using: &random)].utf8)
    case 2: line = Array("{\"n\":\"x".utf8) + [0xC3, 0x28, 0xFF] + Array("\"}".utf8)
    default: break
    }
    text += line + Array(["\n", "\r\n", "\n\n", " \n"][Int.random(in: 0..<4, using: &random)].utf8)
  }
  return text
}
