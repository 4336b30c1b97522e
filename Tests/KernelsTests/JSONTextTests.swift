import Testing

@testable import Kernels

@Suite struct JSONTextTests {
  private func bytes(_ value: JSONValue) -> [UInt8]? {
    switch value {
    case .none, .null: return nil
    case .text(let text), .string(let text): return Array(text)
    case .escaped(let text):
      return Array(unsafeUninitializedCapacity: text.count) { buffer, count in
        count = buffer.baseAddress.map { unescapeJSON(text, into: $0) } ?? 0
      }
    }
  }

  private func find(_ texts: [[UInt8]], _ path: [JSONFinder.Step]) -> [[UInt8]?] {
    let joined = texts.flatMap { $0 } + Array(repeating: UInt8(ascii: "]"), count: 64)
    var offsets: [UInt32] = [0]
    for text in texts { offsets.append((offsets.last ?? 0) + UInt32(text.count)) }
    let finder = JSONFinder(path)
    return joined.withUnsafeBufferPointer { joined in
      offsets.withUnsafeBufferPointer { offsets in
        guard let base = joined.baseAddress, let starts = offsets.baseAddress else { return [] }
        finder.read(TextRows(base: base, offsets: starts), count: texts.count)
        return texts.indices.map { bytes(finder[$0]) }
      }
    }
  }

  private func find(_ text: String, _ path: JSONFinder.Step...) -> String? {
    find([Array(text.utf8)], path)[0].map { String(decoding: $0, as: UTF8.self) }
  }

  private func elements(_ text: [UInt8]) -> [[UInt8]?]? {
    let reader = JSONElements()
    // What is read behind a text belongs to none.
    let padded = text + Array("\"]".utf8) + [UInt8](repeating: 0x22, count: 16)
    return padded.withUnsafeBufferPointer { padded in
      guard reader.read(UnsafeBufferPointer(rebasing: padded[..<text.count])) else { return nil }
      var all: [[UInt8]?] = []
      reader.forEach { all.append(bytes($0)) }
      return all.count == reader.count ? all : nil
    }
  }

  @Test func values() {
    let text = #" {"a": {"b": [1, {"c": "x\ny\u00e9\ud83d\ude00"}, null, true]}, "a": 2, "": []} "#
    #expect(find(text, .key("a"), .key("b"), .index(0)) == "1")
    #expect(find(text, .key("a"), .key("b"), .index(1), .key("c")) == "x\nyé😀")
    #expect(find(text, .key("a"), .key("b"), .index(1)) == #"{"c": "x\ny\u00e9\ud83d\ude00"}"#)
    #expect(find(text, .key("a"), .key("b"), .index(2)) == nil)
    #expect(find(text, .key("a"), .key("b"), .index(3)) == "true")
    #expect(find(text, .key("a"), .key("b"), .index(4)) == nil)
    #expect(find(text, .key("")) == "[]")
    #expect(find(text, .index(0)) == nil)
    #expect(find("[[0,1],[2,[3,4]]]", .index(1), .index(1), .index(0)) == "3")
    #expect(find("[[9,9],5]", .index(1)) == "5")
    #expect(find(#"{"\u0061\\": 1}"#, .key("a\\")) == "1")
  }

  @Test func numbersKeepTheirDigits() {
    let long = "123456789012345678901234567890.000000000000000000000000000000000001e+9999"
    #expect(find("{\"id\": \(long)}", .key("id")) == long)
    #expect(find("-0") == "-0")
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "[1] 2", "\"\\ud800\"",
    "\"\\udc00\\ud800\"", "\"a\nb\"", "\"\\x\"", "\"\\u00g0\"", "{\"a\" 1}", "{1:2}", "'a'", "NaN",
    "[1 2]", "]", "{]", "[}", "\"", "\"\\", "\"\\u", "-", "1e", "tru", "[\"a\", {\"b\": [}]",
  ])
  func whatIsNoJSONHasNoValues(_ text: String) {
    #expect(find(text) == nil)
    #expect(JSONTwin.read(Array(text.utf8)) == nil)
  }

  @Test func depthIsLimited() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(find(nested(1024), .index(0)) == nested(1023))
    #expect(find(nested(1025), .index(0)) == nil)
    #expect(find(String(repeating: "[", count: 1_000_000)) == nil)
    #expect(find(String(repeating: "{\"a\":", count: 1_000_000), .key("a")) == nil)
  }

  @Test func arrays() {
    #expect(elements(Array(" [1, \"a\\tb\", [2, [3]], {\"x\": [4]}, null, []] ".utf8))?.count == 6)
    #expect(elements(Array("[]".utf8)) == [])
    #expect(elements(Array("{\"a\": [1]}".utf8)) == nil)
    #expect(elements(Array("[1".utf8)) == nil)
    let many = "[" + (0..<1000).map(String.init).joined(separator: ",") + "]"
    #expect(elements(Array(many.utf8)) == (0..<1000).map { Array(String($0).utf8) })
  }

  /// Random JSON, some of it broken in a byte or cut short, read as the twin reads it.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func readsAsTheTwin(_ seed: UInt64) {
    print("seed \(seed)")
    var generator = JSONGenerator(RandomNumbers(seed: seed))
    for _ in 0..<100 {
      let texts = (0..<20).map { _ in generator.text() }
      let path = generator.path()
      let found = find(texts, path)
      for (text, value) in zip(texts, found) {
        let wanted = JSONTwin.find(text, path)
        #expect(value == wanted, "\(String(decoding: text, as: UTF8.self)) at \(path)")
        guard case .array(let all)? = JSONTwin.read(text)?.value else {
          #expect(elements(text) == nil)
          continue
        }
        #expect(elements(text) == all.map { JSONTwin.text($0.value, Array(text[$0.raw])) })
      }
    }
  }

  /// What is quoted reads back.
  @Test func quoting() {
    var random = RandomNumbers(seed: 5)
    for _ in 0..<500 {
      let scalars = (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in
        let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x110000
        return Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
      }
      let text = Array(String(String.UnicodeScalarView(scalars)).utf8)
      let quoted = [UInt8](unsafeUninitializedCapacity: 6 * text.count + 2) { out, count in
        text.withUnsafeBufferPointer { text in
          count = out.baseAddress.map { quoteJSON(text, into: $0) } ?? 0
        }
      }
      #expect(find([quoted], []) == [text])
    }
  }
}

/// Invents JSON texts of few keys, so that paths often lead somewhere.
private struct JSONGenerator {
  private var random: RandomNumbers

  init(_ random: RandomNumbers) { self.random = random }

  private mutating func choose<Element>(_ values: [Element]) -> Element {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  mutating func path() -> [JSONFinder.Step] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in
      choose([.key("a"), .key("b"), .key("é\n"), .key(""), .index(0), .index(1), .index(2)])
    }
  }

  mutating func text() -> [UInt8] {
    var bytes = Array(value(depth: 0).utf8)
    if Int.random(in: 0..<4, using: &random) == 0 {
      let broken = Array("\\\"{}[],:0eEu1-+. \n\u{1}d8".utf8)
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = choose(broken)
    }
    if Int.random(in: 0..<20, using: &random) == 0 {
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
    }
    return bytes
  }

  private mutating func value(depth: Int) -> String {
    let space = choose(["", "", " ", "\n\t"])
    let kind = Int.random(in: 0..<(depth > 4 ? 3 : 6), using: &random)
    let text: String
    switch kind {
    case 0: text = choose(["0", "-1", "12.50", "1e400", "-0.0E-2", "98765432109876543210"])
    case 1: text = choose(["true", "false", "null"])
    case 2: text = string()
    case 3:
      text =
        "["
        + (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) }
        .joined(separator: ",") + space + "]"
    default:
      text =
        "{"
        + (0..<Int.random(in: 0...3, using: &random)).map { _ in
          string() + space + ":" + value(depth: depth + 1)
        }.joined(separator: "," + space) + space + "}"
    }
    return space + text + space
  }

  private mutating func string() -> String {
    choose([
      #""a""#, #""b""#, #""\u0061""#, #""é\n""#, #""\u00e9\u000A""#, #""""#, #""\ud83d\ude00""#,
      #""\ud83d""#, #""日本\"""#, #""a\\""#,
    ])
  }
}
