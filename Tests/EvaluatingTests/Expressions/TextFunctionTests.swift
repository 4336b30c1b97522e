import Columns
import Diagnostics
import Plans
import Testing

@testable import Evaluating

@Suite struct TextFunctionTests {
  @Test func cases() throws {
    try expect(
      .lower, .string, .string,
      [(.string("ABC é"), .string("abc é")), (.string("ÀÉ"), .string("àé")), (.null, .null)])
    try expect(.upper, .string, .string, [(.string("abcß"), .string("ABCSS"))])
    try expect(.lower, .string, .string, [(.string("AbZ[@`"), .string("abz[@`"))])
    try expect(
      .trim, .string, .string,
      [
        (.string(" \t a b\u{A0}\n"), .string("a b")), (.string("   "), .string("")),
        (.string("é"), .string("é")), (.null, .null),
      ])
    try expect(
      .length, .string, .int,
      [(.string(""), .int(0)), (.string("aé日👍"), .int(4)), (.null, .null)])
  }

  @Test func searches() throws {
    let s = Scalar.string
    let yes = Scalar.bool(true)
    let no = Scalar.bool(false)
    try expect(
      .contains, [.string, .string], .bool,
      [
        [s("black coffee"), s("coffee"), yes], [s("Coffee"), s("coffee"), no],
        [s("cof"), s("fee"), no], [s("fee"), s("coffee"), no], [s(""), s(""), yes],
        [s("a"), s(""), yes], [.null, s("a"), .null], [s("a"), .null, .null],
        [s("é"), s("é"), yes],
      ])
    try expect(
      .containsIgnoringCase, [.string, .string], .bool,
      [
        [s("Black COFFEE"), s("coffee"), yes], [s("café CRÈME"), s("Crème"), yes],
        [s("ΣΊΣΥΦΟΣ"), s("σίσυφος"), yes], [s("abc"), s("ABD"), no], [.null, s("a"), .null],
      ])
    try expect(
      .startsWith, [.string, .string], .bool,
      [[s("abc"), s("ab"), yes], [s("abc"), s("bc"), no], [s("a"), s("ab"), no]])
    try expect(
      .endsWith, [.string, .string], .bool,
      [[s("abc"), s("bc"), yes], [s("abc"), s("ab"), no], [s("c"), s("bc"), no]])
  }

  @Test func changes() throws {
    let s = Scalar.string
    try expect(
      .replace, [.string, .string, .string], .string,
      [
        [s("aXbXX"), s("X"), s("--"), s("a--b----")], [s("abc"), s(""), s("x"), s("abc")],
        [s("aaa"), s("aa"), s("b"), s("ba")], [.null, s("a"), s("b"), .null],
      ])
    try expect(
      .substring, [.string, .int, .int], .string,
      [
        [s("aé日👍z"), .int(2), .int(2), s("é日")], [s("abc"), .int(-2), .int(Int64.max), s("bc")],
        [s("abc"), .int(5), .int(1), s("")], [s("abc"), .int(2), .int(Int64.max), s("bc")],
        [s("abc"), .int(1), .int(-1), s("")], [s("abc"), .int(-5), .int(3), s("a")],
        [s("abc"), .int(Int64.max), .int(Int64.max), s("")],
        [s("abc"), .int(Int64.min), .int(Int64.max), s("abc")], [.null, .int(1), .int(1), .null],
      ])
    try expect(
      .add, [.string, .string], .string,
      [[s("a"), s("é"), s("aé")], [.null, s("b"), .null], [s(""), s(""), s("")]])
  }

  @Test func regularExpressions() throws {
    let rows = InputRows([
      ("s", .string, [.string("anna123456"), .string("Anna"), .null, .string(""), .string("x9é")])
    ])
    func matches(_ pattern: String) throws -> [Scalar] {
      try rows.evaluate(
        call(.matches, .bool, rows.column("s"), constant(.string(pattern))))
    }
    func extract(_ pattern: String, _ group: Int64) throws -> [Scalar] {
      try rows.evaluate(
        call(
          .extract, .string, rows.column("s"), constant(.string(pattern)), constant(.int(group))))
    }
    #expect(
      try matches("[a-z]+[0-9]{6,}")
        == [.bool(true), .bool(false), .null, .bool(false), .bool(false)])
    #expect(
      try matches("(?i)^ANNA")
        == [.bool(true), .bool(true), .null, .bool(false), .bool(false)])
    #expect(
      try extract("([0-9]+)(x)?", 1) == [.string("123456"), .null, .null, .null, .string("9")])
    #expect(try extract("([0-9]+)(x)?", 2) == [.null, .null, .null, .null, .null])
    #expect(
      try extract("a*", 0) == [.string("a"), .string(""), .null, .string(""), .string("")])
    #expect(throws: EvaluationFailure.self) { try matches("a(b") }
  }

  /// Every function of a string gives the same over codes as over texts.
  @Test func dictionariesAndTextsAgree() throws {
    let texts = [
      "", "Coffee", "coffee", " tea ", "é", "12", "2024-03-01", "Zoë", "coffee shop",
      "[1]",
    ]
    var scalars: [Scalar] = (0..<500).map { .string(texts[$0 * 7 % texts.count]) }
    for row in stride(from: 3, to: 500, by: 11) { scalars[row] = .null }
    let plain = InputRows([("s", .string, scalars)])
    let s = plain.column("s")
    let expressions: [ScalarExpression] = [
      call(.lower, .string, s), call(.upper, .string, call(.trim, .string, s)),
      call(.length, .int, s), call(.equal, .bool, s, constant(.string("coffee"))),
      call(.notEqual, .bool, s, constant(.string("coffee"))),
      call(.less, .bool, s, constant(.string("d"))),
      call(.equal, .bool, s, constant(.string("no"))),
      call(.contains, .bool, s, constant(.string("ff"))),
      call(.containsIgnoringCase, .bool, s, constant(.string("COFFEE"))),
      call(.containsIgnoringCase, .bool, s, constant(.string("ZOË"))),
      call(.matches, .bool, s, constant(.string("[0-9]"))),
      call(.extract, .string, s, constant(.string("[a-z]+")), constant(.int(0))),
      call(.toInt, .int, s), call(.toFloat, .float, s), call(.date, .date, s),
      ScalarExpression(.isIn(s, [.string("12"), .string("é")]), type: .bool),
      call(.coalesce, .string, s, constant(.string("none"))),
      call(.ifElse, .string, call(.equal, .bool, s, constant(.string("12"))), s, s),
      call(.add, .string, s, constant(.string("!"))), call(.least, .string, s, s),
      call(.equal, .bool, call(.lower, .string, s), constant(.string("coffee"))),
      call(.digits, .int, s), call(.similarity, .float, s, constant(.string("coffe"))),
      call(.split, .string, s, constant(.string("f"))),
      call(.split, .string, s, constant(.string("f")), constant(.int(2))),
      call(.json, .string, s, constant(.string("$"))),
      call(.replaceRegex, .string, s, constant(.string("[fe]+")), constant(.string("<\\0>"))),
    ]
    for wide in [false, true] {
      let coded = InputRows(encoded(plain.table, wide: wide))
      for expression in expressions {
        for blockRows in [64, 4096] {
          #expect(
            try coded.evaluate(expression, blockRows: blockRows) == plain.evaluate(expression),
            "\(expression.text)")
        }
      }
    }
  }

  private func encoded(_ table: Table, wide: Bool) -> Table {
    let column = table.columns[0]
    let segment = column.segments[0]
    var texts: [String] = []
    let codes = (0..<segment.rowCount).map { row -> UInt16 in
      // A code that the dictionary lacks stands under nulls.
      guard case .string(let text) = segment.scalar(at: row, of: .string) else { return 200 }
      if let code = texts.firstIndex(of: text) { return UInt16(code) }
      texts.append(text)
      return UInt16(texts.count - 1)
    }
    let dictionary = TextDictionary(texts)
    let values: Segment.Values =
      wide
      ? .codes16(BufferSlice(codes), dictionary)
      : .codes8(BufferSlice(codes.map { UInt8($0) }), dictionary)
    let coded = Segment(
      rowCount: segment.rowCount, values: values, validity: segment.validity)
    return Table(
      name: "t", schema: table.schema, columns: [Column(type: .string, segments: [coded])])
  }
}
