import Columns
import Diagnostics
import Plans
import Testing

@testable import Evaluating

private let least = Scalar.int(Int64.min)
private let greatest = Scalar.int(Int64.max)

@Suite struct ArithmeticTests {
  @Test func integers() throws {
    try expect(
      .add, [.int, .int], .int,
      [
        [.int(2), .int(3), .int(5)], [greatest, .int(-1), .int(Int64.max - 1)],
        [.null, .int(1), .null],
      ])
    try expect(
      .subtract, [.int, .int], .int,
      [[.int(2), .int(3), .int(-1)], [.int(-1), least, greatest], [.int(1), .null, .null]])
    try expect(
      .multiply, [.int, .int], .int,
      [[.int(-4), .int(3), .int(-12)], [.int(1 << 31), .int(1 << 31), .int(1 << 62)]])
    try expect(.negate, .int, .int, [(.int(4), .int(-4)), (.null, .null)])
    try expect(.abs, .int, .int, [(.int(-4), .int(4)), (greatest, greatest), (.null, .null)])
  }

  @Test func overflowIsAnErrorThatNamesTheColumns() throws {
    let rows = InputRows([
      ("a", .int, [.int(1), greatest, .null]), ("b", .int, [.int(2), .int(2), .int(3)]),
    ])
    let product = ScalarExpression.call(
      .multiply, [rows.column("a"), rows.column("b")], type: .int, range: SourceRange(3, 8))
    let outer = call(.add, .int, product, constant(.int(1)))
    do {
      _ = try rows.evaluate(outer)
      Issue.record("no overflow")
    } catch EvaluationFailure.diagnostic(let diagnostic) {
      #expect(diagnostic.message == "integer overflow in 'a * b'")
      #expect(diagnostic.range == SourceRange(3, 8))
    }
    for expression in [
      call(.negate, .int, constant(least)), call(.abs, .int, constant(least)),
      call(.floorDivide, .int, constant(least), constant(.int(-1))),
    ] {
      #expect(throws: EvaluationFailure.self) { try rows.evaluate(expression) }
    }
  }

  @Test func overflowUnderANullOrInAnUntakenBranchIsNone() throws {
    let rows = InputRows([
      ("a", .int, [greatest, .int(3), .null]), ("b", .int, [.null, .int(4), .int(9)]),
      ("c", .bool, [.bool(false), .bool(true), .null]),
    ])
    #expect(
      try rows.evaluate(call(.multiply, .int, rows.column("a"), rows.column("b")))
        == [.null, .int(12), .null])
    let risky = call(.multiply, .int, rows.column("a"), constant(.int(2)))
    #expect(
      try rows.evaluate(call(.ifElse, .int, rows.column("c"), risky, constant(.int(0))))
        == [.int(0), .int(6), .int(0)])
    // A filter on what makes it safe.
    let safe = call(.less, .bool, rows.column("a"), constant(.int(10)))
    let both = call(
      .and, .bool, safe, call(.greater, .bool, risky, constant(.int(5))))
    #expect(try rows.evaluate(both) == [.bool(false), .bool(true), .null])
  }

  @Test func division() throws {
    try expect(
      .divide, [.float, .float], .float,
      [
        [.float(7), .float(2), .float(3.5)], [.float(1), .float(0), .null],
        [.float(0), .float(-0.0), .null], [.null, .float(0), .null],
        [.float(1), .float(.infinity), .float(0)], [.float(.nan), .float(1), .float(.nan)],
      ])
    try expect(
      .floorDivide, [.int, .int], .int,
      [
        [.int(7), .int(2), .int(3)], [.int(-7), .int(2), .int(-4)], [.int(7), .int(-2), .int(-4)],
        [.int(1), .int(0), .null], [.int(9), .int(-1), .int(-9)],
      ])
    try expect(
      .remainder, [.int, .int], .int,
      [
        [.int(7), .int(2), .int(1)], [.int(-7), .int(2), .int(1)], [.int(7), .int(-2), .int(-1)],
        [.int(1), .int(0), .null], [least, .int(-1), .int(0)],
      ])
    try expect(
      .floorDivide, [.float, .float], .float,
      [
        [.float(7.5), .float(2), .float(3)], [.float(-7.5), .float(2), .float(-4)],
        [.float(1), .float(0.1), .float(9)], [.float(1), .float(0), .null],
      ])
    try expect(
      .remainder, [.float, .float], .float,
      [
        [.float(7.5), .float(2), .float(1.5)], [.float(-7.5), .float(2), .float(0.5)],
        [.float(7.5), .float(-2), .float(-0.5)], [.float(1), .float(0), .null],
      ])
  }

  @Test func durations() throws {
    let day: Int64 = 86_400_000_000
    try expect(
      .divide, [.duration, .duration], .float,
      [
        [.duration(day), .duration(day / 2), .float(2)], [.duration(1), .duration(0), .null],
      ])
    try expect(
      .multiply, [.duration, .int], .duration,
      [[.duration(day), .int(3), .duration(3 * day)], [.null, .int(1), .null]])
    try expect(
      .multiply, [.duration, .float], .duration,
      [[.duration(5), .float(0.5), .duration(3)], [.duration(-5), .float(0.5), .duration(-3)]])
    try expect(
      .divide, [.duration, .float], .duration,
      [[.duration(5), .float(2), .duration(3)], [.duration(5), .float(0), .null]])
    try expect(
      .subtract, [.time, .time], .duration,
      [[.time(5 * day), .time(2 * day + 1), .duration(3 * day - 1)]])
    try expect(
      .subtract, [.date, .date], .duration, [[.date(5), .date(7), .duration(-2 * day)]])
    try expect(.add, [.time, .duration], .time, [[.time(day), .duration(7), .time(day + 7)]])
    let rows = InputRows([("d", .date, [.date(5), .null])])
    let later = call(.add, .date, rows.column("d"), constant(.duration(7 * day)))
    #expect(try rows.evaluate(later) == [.date(12), .null])
    let hours = call(.subtract, .time, rows.column("d"), constant(.duration(1)))
    #expect(try rows.evaluate(hours) == [.time(5 * day - 1), .null])
    let overflow = call(
      .multiply, .duration, constant(.duration(day)), constant(.float(1e18)))
    #expect(throws: EvaluationFailure.self) { try rows.evaluate(overflow) }
  }

  @Test func functionsOfNumbers() throws {
    try expect(
      .sqrt, .float, .float,
      [(.float(9), .float(3)), (.float(-1), .null), (.float(0), .float(0)), (.null, .null)])
    try expect(
      .ln, .float, .float,
      [
        (.float(1), .float(0)), (.float(0), .null), (.float(-1), .null),
        (.float(.infinity), .float(.infinity)), (.float(.nan), .float(.nan)),
      ])
    try expect(.log10, .float, .float, [(.float(1000), .float(3)), (.float(0), .null)])
    try expect(
      .exp, .float, .float,
      [(.float(0), .float(1)), (.float(-1000), .float(0)), (.float(1000), .float(.infinity))])
    try expect(
      .pow, [.float, .float], .float,
      [
        [.float(2), .float(10), .float(1024)], [.float(10), .float(-2), .float(0.01)],
        [.float(-8), .float(1.0 / 3), .null], [.float(2), .float(0.5), .float(2.0.squareRoot())],
      ])
    try expect(
      .round, [.float, .int], .float,
      [
        [.float(2.5), .int(0), .float(3)], [.float(-2.5), .int(0), .float(-3)],
        [.float(0.49999999999999994), .int(0), .float(0)], [.float(1.25), .int(1), .float(1.3)],
        [.float(1234), .int(-2), .float(1200)], [.float(1e300), .int(10), .float(1e300)],
        [.null, .int(0), .null], [.float(.nan), .int(2), .float(.nan)],
      ])
    try expect(.floor, .float, .float, [(.float(-0.5), .float(-1)), (.float(2.9), .float(2))])
    try expect(.ceil, .float, .float, [(.float(-0.5), .float(0)), (.float(2.1), .float(3))])
    try expect(.floor, .int, .int, [(.int(3), .int(3)), (.null, .null)])
    try expect(.abs, .float, .float, [(.float(-2.5), .float(2.5))])
    try expect(.negate, .float, .float, [(.float(2), .float(-2))])
    try expect(
      .clamp, [.int, .int, .int], .int,
      [
        [.int(5), .int(0), .int(3), .int(3)], [.int(-5), .int(0), .int(3), .int(0)],
        [.null, .int(0), .int(3), .null], [.int(2), .null, .int(3), .null],
      ])
    try expect(
      .clamp, [.float, .float, .float], .float,
      [
        [.float(.nan), .float(0), .float(1), .float(1)],
        [.float(0.5), .float(0), .float(1), .float(0.5)],
      ])
  }

  @Test func bins() throws {
    try expect(
      .bin, [.int, .int], .int,
      [
        [.int(17), .int(5), .int(15)], [.int(-1), .int(5), .int(-5)], [.int(1), .int(0), .null],
        [.int(1), .int(-5), .null],
      ])
    try expect(
      .bin, [.float, .float], .float,
      [[.float(1.7), .float(0.5), .float(1.5)], [.float(1), .float(0), .null]])
    let day: Int64 = 86_400_000_000
    try expect(
      .bin, [.time, .duration], .time,
      [
        [.time(3 * day + 5), .duration(2 * day), .time(2 * day)],
        [.time(-1), .duration(day), .time(-day)],
        [.time(day + 7), .duration(5), .time(day + 5)],
      ])
    try expect(
      .bin, [.date, .duration], .date,
      [[.date(10), .duration(7 * day), .date(7)], [.date(10), .duration(1), .null]])
  }

  @Test func wilsonBounds() throws {
    try expect(
      .wilsonLow, [.int, .int], .float,
      [
        [.int(0), .int(0), .float(0)], [.int(0), .int(10), .float(0)],
        [.int(5), .int(10), .float(0.23659309051256394)],
      ])
    try expect(
      .wilsonHigh, [.int, .int], .float,
      [
        [.int(0), .int(0), .float(1)], [.int(10), .int(10), .float(1)],
        [.int(5), .int(10), .float(0.763406909487436)],
      ])
  }
}
