import Columns
import Plans
import Testing

@testable import Evaluating

/// Chains of integer steps, whose widths and checks follow from the ranges of what they are made of.
@Suite struct DerivedRangeTests {
  /// Segments of 8, 16, 32 and 64 bits, the last so large that a step more overflows; some nulls.
  @Test(arguments: [1, 3]) func chainsAreThoseOfPlainArithmetic(threads: Int) throws {
    var random = Seeded(41)
    let spreads: [Int64] = [100, 30_000, 1 << 31, 1 << 58]
    let values = (0..<16_000).map { row -> Int64? in
      if random.below(11) == 0 { return nil }
      let spread = spreads[row / 4_000]
      return Int64(truncatingIfNeeded: random.next()) % spread
    }
    let field = Field(name: "x", type: .int)
    let table = Table(
      name: "t", schema: Schema([field]),
      columns: [
        Column(values.map { $0.map { .int($0) } ?? .null }, of: .int, segmentRows: 4_000)
      ])
    func call(_ function: ScalarFunction, _ arguments: ScalarExpression...) -> ScalarExpression {
      .call(function, arguments, type: function == .less ? .bool : .int)
    }
    func constant(_ value: Int64) -> ScalarExpression { .constant(.int(value)) }
    let x = ScalarExpression.column(field)
    let size = call(.abs, x)
    let rest = call(.remainder, x, constant(17))
    let fifth = call(.floorDivide, x, constant(5))
    let sum = call(.add, call(.multiply, rest, constant(3)), fifth)
    let least = call(.least, sum, size)
    let greatest = call(.greatest, sum, constant(-40))
    let choice = call(.ifElse, call(.less, sum, constant(0)), call(.subtract, size, sum), rest)
    let expressions = [size, rest, fifth, sum, least, greatest, choice]
    let plan = Plan.table(table).projected(
      to: expressions.enumerated().map { NamedExpression("e\($0)", $1) })
    let found = try run(plan, threads: threads).table
    for (row, value) in values.enumerated() {
      let cells = found.row(row)
      guard let value else {
        #expect(cells[0] == .null && cells[3] == .null, "row \(row)")
        continue
      }
      let quotient = value / 5 - (value % 5 < 0 ? 1 : 0)
      let remainder = (value % 17 + 17) % 17
      let sum = remainder * 3 + quotient
      let expected = [
        abs(value), remainder, quotient, sum, Swift.min(sum, abs(value)), Swift.max(sum, -40),
        sum < 0 ? abs(value) - sum : remainder,
      ]
      #expect(cells == expected.map { .int($0) }, "\(value) in row \(row)")
    }
  }

  @Test func rangesHoldAllThatComesOfThem() {
    var random = Seeded(43)
    for _ in 0..<300 {
      let (a, b) = (Int64(random.below(2_000)) - 1_000, Int64(random.below(2_000)) - 1_000)
      let range = Swift.min(a, b)...Swift.max(a, b)
      let divisor = Int64(random.below(50)) + 1
      for value in [a, b, (a + b) / 2, range.contains(0) ? 0 : a] {
        #expect(range.magnitudes?.contains(abs(value)) == true)
        let quotient = value / divisor - (value % divisor < 0 ? 1 : 0)
        #expect(range.floorDivided(by: divisor).contains(quotient))
        let other = Int64(-5)...Int64(40)
        #expect(range.extremes(other, isLeast: true).contains(Swift.min(value, 7)))
        #expect(range.extremes(other, isLeast: false).contains(Swift.max(value, 7)))
      }
    }
    #expect((Int64.min...0).magnitudes == nil && (Int64.min + 1...0).magnitudes?.upperBound == .max)
  }
}
