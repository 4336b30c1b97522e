import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

private let yes = Scalar.bool(true)
private let no = Scalar.bool(false)

@Suite struct ChoiceTests {
  @Test func ifOfEachType() throws {
    try expect(
      .ifElse, [.bool, .int, .int], .int,
      [
        [yes, .int(1), .int(1 << 40), .int(1)], [no, .int(1), .int(1 << 40), .int(1 << 40)],
        [.null, .int(1), .int(2), .int(2)], [yes, .null, .int(2), .null],
        [no, .int(1), .null, .null],
      ])
    try expect(
      .ifElse, [.bool, .float, .float], .float,
      [[yes, .float(1), .float(.nan), .float(1)], [no, .float(1), .float(.nan), .float(.nan)]])
    try expect(
      .ifElse, [.bool, .bool, .bool], .bool, [[yes, no, yes, no], [no, no, yes, yes]])
    try expect(
      .ifElse, [.bool, .string, .string], .string,
      [
        [yes, .string("é"), .string("b"), .string("é")],
        [no, .string("a"), .string(""), .string("")],
        [yes, .null, .string("b"), .null],
      ])
    try expect(
      .ifElse, [.bool, .time, .time], .time,
      [[yes, .time(1), .time(2_000_000), .time(1)], [no, .time(1), .null, .null]])
  }

  @Test func caseTakesTheFirstTrueCondition() throws {
    try expect(
      .caseOf, [.bool, .string, .bool, .string, .string], .string,
      [
        [yes, .string("a"), yes, .string("b"), .string("c"), .string("a")],
        [no, .string("a"), yes, .string("b"), .string("c"), .string("b")],
        [.null, .string("a"), no, .string("b"), .string("c"), .string("c")],
        [no, .string("a"), .null, .string("b"), .null, .null],
      ])
  }

  @Test func caseOfTextConstantsGivesCodes() throws {
    let rows = InputRows([("x", .int, [.int(1), .int(2), .int(3), .null])])
    func equals(_ value: Int64) -> ScalarExpression {
      call(.equal, .bool, rows.column("x"), constant(.int(value)))
    }
    let expression = call(
      .caseOf, .string, equals(1), constant(.string("fake")), equals(2), constant(.string("quiet")),
      equals(3), .constant(.null, type: .string), constant(.string("fake")))
    #expect(
      try rows.evaluate(expression)
        == [.string("fake"), .string("quiet"), .null, .string("fake")])
    let program = try ExpressionProgram(
      [expression], input: rows.table.schema, context: ExpressionContext(zone: .utc), blockRows: 64)
    let vector = try program.evaluate(rows.blocks(64, reading: [0])[0])[0]
    guard case .codes8(_, let dictionary) = vector.storage else {
      Issue.record("no codes")
      return
    }
    #expect(dictionary.count == 2)
  }

  @Test func choicesWithinChoicesAreCodesOfOneDictionary() throws {
    let rows = InputRows([("x", .int, [.int(1), .int(2), .int(3), .int(4), .int(9), .null])])
    func isBelow(_ value: Int64) -> ScalarExpression {
      call(.less, .bool, rows.column("x"), constant(.int(value)))
    }
    let low = call(
      .ifElse, .string, isBelow(2), constant(.string("b")), constant(.null))
    let high = call(.ifElse, .string, isBelow(5), constant(.string("c")), constant(.string("a")))
    let expression = call(
      .caseOf, .string, isBelow(3), low, isBelow(4), constant(.string("b")), high)
    #expect(
      try rows.evaluate(expression)
        == [.string("b"), .null, .string("b"), .string("c"), .string("a"), .string("a")])
    let program = try ExpressionProgram(
      [expression], input: rows.table.schema, context: ExpressionContext(zone: .utc), blockRows: 64)
    let vector = try program.evaluate(rows.blocks(64, reading: [0])[0])[0]
    let facts = expression.facts { _ in .unknown }
    guard case .codes8(_, let dictionary) = vector.storage, let known = facts.dictionary else {
      Issue.record("no codes")
      return
    }
    #expect(dictionary.isSame(as: known))
  }

  /// A condition is not asked where an earlier one is true.
  @Test func faultsOfLaterConditionsVanish() throws {
    let rows = InputRows([("x", .int, [.int(1), .int(4)])])
    let sum = call(.add, .int, rows.column("x"), constant(.int(.max - 3)))
    let isFour = call(.equal, .bool, rows.column("x"), constant(.int(4)))
    let isPositive = call(.greater, .bool, sum, constant(.int(0)))
    let (a, b, c) = (constant(.string("a")), constant(.string("b")), constant(.string("c")))
    let flat = call(.caseOf, .string, isFour, a, isPositive, b, c)
    #expect(try rows.evaluate(flat) == [.string("b"), .string("a")])
    let inner = call(.ifElse, .string, isPositive, b, c)
    let nested = call(.ifElse, .string, isFour, a, inner)
    #expect(try rows.evaluate(nested) == [.string("b"), .string("a")])
    #expect(throws: (any Error).self) {
      try rows.evaluate(call(.ifElse, .string, isFour, inner, a))
    }
  }

  @Test func coalesceTakesTheFirstThatIsThere() throws {
    try expect(
      .coalesce, [.int, .int, .int], .int,
      [
        [.int(1), .int(2), .int(3), .int(1)], [.null, .int(2), .int(3), .int(2)],
        [.null, .null, .int(3), .int(3)], [.null, .null, .null, .null],
      ])
    try expect(
      .coalesce, [.string, .string], .string,
      [[.null, .string("x"), .string("x")], [.string("y"), .null, .string("y")]])
  }

  @Test func leastAndGreatestSkipNulls() throws {
    try expect(
      .least, [.int, .int, .int], .int,
      [
        [.int(1), .int(2), .int(3), .int(1)], [.null, .int(2), .int(3), .int(2)],
        [.null, .null, .null, .null], [.int(5), .null, .int(3), .int(3)],
      ])
    try expect(
      .greatest, [.float, .float], .float,
      [
        [.float(1), .float(.nan), .float(.nan)], [.null, .float(2), .float(2)],
        [.float(1), .float(2), .float(2)],
      ])
    try expect(
      .least, [.float, .float], .float,
      [[.float(.nan), .float(1), .float(1)], [.float(1), .null, .float(1)]])
    try expect(
      .greatest, [.string, .string], .string,
      [[.string("b"), .string("a"), .string("b")], [.null, .string("é"), .string("é")]])
    try expect(
      .least, [.time, .time], .time, [[.time(2_000_000), .time(3), .time(3)]])
  }

  @Test func aChoiceOfConstantsTakesArithmeticIn() throws {
    let rows = InputRows([("c", .bool, [yes, no, .null])])
    let bit = call(
      .toFloat, .float,
      call(.ifElse, .int, rows.column("c"), constant(.int(1)), constant(.int(0))))
    let product = call(.multiply, .float, constant(.float(-2.5)), bit)
    #expect(try rows.evaluate(product) == [.float(-2.5), .float(0), .float(0)])
    let program = try ExpressionProgram(
      [product], input: rows.table.schema, context: ExpressionContext(zone: .utc), blockRows: 64)
    #expect(program.columnsRead == [0])
  }
}
