import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

private let hour: Int64 = 3_600_000_000

@Suite struct TimeFunctionTests {
  /// 2024-05-16T13:14:15Z, a Thursday.
  private let moment = Int64(1_715_865_255) * 1_000_000

  @Test func partsInUTC() throws {
    let time = Scalar.time(moment)
    let fraction = Scalar.time(moment + 123)
    let early = Scalar.time(-1)
    try expect(
      .day, .time, .date,
      [(time, .date(19859)), (fraction, .date(19859)), (early, .date(-1)), (.null, .null)])
    try expect(.week, .time, .date, [(time, .date(19856)), (early, .date(-3))])
    try expect(.month, .time, .date, [(time, .date(19844)), (early, .date(-31))])
    try expect(.quarter, .time, .date, [(time, .date(19814)), (early, .date(-92))])
    try expect(.year, .time, .int, [(time, .int(2024)), (early, .int(1969)), (.null, .null)])
    try expect(.hour, .time, .int, [(time, .int(13)), (early, .int(23))])
    try expect(.weekday, .time, .int, [(time, .int(4)), (early, .int(3))])
    try expect(.weekday, .date, .int, [(.date(0), .int(4)), (.date(19856), .int(1))])
    try expect(.month, .date, .date, [(.date(19859), .date(19844)), (.null, .null)])
    try expect(.epoch, .time, .int, [(fraction, .int(1_715_865_255)), (early, .int(-1))])
    try expect(.epoch, .time, .int, [(time, .int(1_715_865_255)), (.null, .null)])
    try expect(.epoch, .date, .int, [(.date(1), .int(86_400))])
    try expect(.time, .date, .time, [(.date(2), .time(48 * hour)), (.null, .null)])
    try expect(.date, .time, .date, [(time, .date(19859))])
  }

  @Test func daysOfWholeSecondsAreThoseOfMicroseconds() throws {
    var seconds: [Int64] = [Int64(Int32.min), Int64(Int32.max), 0, -1, 86_399, 86_400, -86_400]
    for index in 0..<2000 { seconds.append(Int64(index) * 1_234_567 - 1_000_000_000) }
    let slice = BufferSlice(seconds.map { Int32($0) })
    let stored = Segment(rowCount: seconds.count, values: .int32(slice), scale: 1_000_000)
    let schema = Schema([Field(name: "t", type: .time)])
    let narrow = InputRows(
      Table(name: "t", schema: schema, columns: [Column(type: .time, segments: [stored])]))
    let wide = InputRows([("t", .time, seconds.map { .time($0 * 1_000_000) })])
    for function in [ScalarFunction.day, .week, .month, .quarter] {
      let expression = call(function, .date, narrow.column("t"))
      #expect(try narrow.evaluate(expression) == wide.evaluate(expression))
    }
    #expect(
      try narrow.evaluate(call(.hour, .int, narrow.column("t")))
        == wide.evaluate(call(.hour, .int, narrow.column("t"))))
    for value in [Int64(500_000), 1_000_000, -7_654_321_000_000] {
      for function in [ScalarFunction.less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual] {
        let expression = call(function, .bool, narrow.column("t"), constant(.time(value)))
        #expect(try narrow.evaluate(expression) == wide.evaluate(expression))
      }
    }
    let age = call(.subtract, .duration, constant(.time(7)), narrow.column("t"))
    #expect(try narrow.evaluate(age) == wide.evaluate(age))
  }

  @Test func partsInAZone() throws {
    let zone = try #require(TimeZoneRules.named("+02:00"))
    // 23:30 UTC is the next day at +02:00.
    let late = Scalar.time(23 * hour + hour / 2)
    try expect(.day, .time, .date, zone: zone, [(late, .date(1))])
    try expect(.hour, .time, .int, zone: zone, [(late, .int(1))])
    try expect(.time, .date, .time, zone: zone, [(.date(1), .time(22 * hour))])
    try expect(.epoch, .date, .int, zone: zone, [(.date(1), .int(22 * 3600))])
    try expect(
      .date, .string, .date, zone: zone,
      [(.string("1970-01-01T23:30:00Z"), .date(1)), (.string("1970-01-05"), .date(4))])
    try expect(
      .bin, [.time, .duration], .time, zone: zone,
      [[late, .duration(24 * hour), .time(22 * hour)]])
  }

  @Test func snowflakes() throws {
    try expect(
      .snowflakeTime, .int, .time,
      [
        (.int(1_212_092_628_029_698_048), .time(1_577_820_376_771_000)), (.int(1000), .null),
        (.null, .null), (.int(-5), .null),
      ])
    try expect(
      .snowflakeTime, .string, .time,
      [(.string("1212092628029698048"), .time(1_577_820_376_771_000)), (.string("x"), .null)])
  }

  @Test func conversions() throws {
    let counts = ConversionCounts()
    let rows = InputRows([
      (
        "s", .string,
        [.string(" 42 "), .string("x"), .null, .string("9223372036854775808"), .string("-7")]
      ),
      ("f", .float, [.float(2.9), .float(-2.9), .float(1e300), .float(.nan), .null]),
      ("b", .bool, [.bool(true), .bool(false), .null, .bool(true), .bool(true)]),
    ])
    #expect(
      try rows.evaluate(call(.toInt, .int, rows.column("s")), conversions: counts)
        == [.int(42), .null, .null, .null, .int(-7)])
    #expect(
      try rows.evaluate(call(.toInt, .int, rows.column("f")), conversions: counts)
        == [.int(2), .int(-2), .null, .null, .null])
    #expect(
      counts.notes == ["2 values of 'f' are not an int", "2 values of 's' are not an int"])
    #expect(
      try rows.evaluate(call(.toInt, .int, rows.column("b")))
        == [.int(1), .int(0), .null, .int(1), .int(1)])
    #expect(
      try rows.evaluate(call(.toFloat, .float, rows.column("b")))[0] == .float(1))
    try expect(
      .toFloat, .string, .float,
      [
        (.string("1e3"), .float(1000)), (.string("0x10"), .null), (.string("nan"), .float(.nan)),
        (.string("-inf"), .float(-.infinity)), (.string("Infinity"), .float(.infinity)),
        (.string("1e400"), .null), (.string("-1e-400"), .null), (.string("0e-400"), .float(0)),
        (.string("5e-324"), .float(.leastNonzeroMagnitude)), (.string("infinit"), .null),
      ])
    try expect(
      .time, .string, .time,
      [(.string("2024-05-16T13:14:15Z"), .time(moment)), (.string("soon"), .null)])
  }

  @Test func toText() throws {
    try expect(.toString, .int, .string, [(.int(-5), .string("-5")), (.null, .null)])
    try expect(.toString, .bool, .string, [(.bool(true), .string("true"))])
    try expect(.toString, .float, .string, [(.float(0.1), .string("0.1"))])
    try expect(.toString, .date, .string, [(.date(19859), .string("2024-05-16"))])
    try expect(.toString, .time, .string, [(.time(moment), .string("2024-05-16T13:14:15Z"))])
  }
}
