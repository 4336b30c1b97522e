import Columns
import Kernels
import Plans
import Testing

@testable import Evaluating

/// Groups by floats that are multiples of a unit, against counting the values of the same expressions.
@Suite struct FloatKeyTests {
  private static let x = Field(name: "x", type: .int)
  private static let y = Field(name: "y", type: .int)
  private static let text = Field(name: "t", type: .string)

  private static func float(_ field: Field) -> ScalarExpression {
    .call(.toFloat, [.column(field)], type: .float)
  }

  private static func call(
    _ function: ScalarFunction, _ arguments: ScalarExpression...
  ) -> ScalarExpression { .call(function, arguments, type: .float) }

  private static func constant(_ value: Double) -> ScalarExpression {
    .constant(.float(value), type: .float)
  }

  private static func digits(_ count: Int64) -> ScalarExpression { .constant(.int(count)) }

  /// Of numbers on both sides of 0.
  private static var expressions: [ScalarExpression] {
    let (x, y) = (float(x), float(y))
    let ratio = call(.divide, x, y)
    return [
      x, call(.negate, x), call(.floor, ratio), call(.ceil, call(.negate, ratio)),
      call(.round, ratio), call(.round, ratio, digits(1)), call(.round, x, digits(-2)),
      call(.multiply, call(.round, call(.divide, x, constant(100))), constant(-100)),
      call(.divide, call(.round, call(.multiply, ratio, constant(10))), constant(10)),
      call(.floor, call(.ln, call(.add, constant(1), call(.abs, x)))),
      call(.floor, call(.log10, x)), call(.ceil, call(.sqrt, x)),
      call(.floor, call(.exp, call(.divide, y, constant(30)))),
      call(.bin, ratio, constant(0.25)), call(.bin, x, constant(0.1)),
      call(.bin, call(.subtract, x, y), constant(70)), call(.floorDivide, x, y),
      call(.multiply, call(.floor, ratio), y),
      // Multiples of no unit.
      ratio, call(.multiply, x, constant(0.3)),
    ]
  }

  private func table(_ random: inout Seeded, texts: Int) -> Table {
    let rows = 20_000
    func column(_ least: Int, _ count: Int) -> Column {
      let values = (0..<rows).map { _ -> Scalar in
        random.chance(20) ? .null : .int(Int64(least + random.below(count)))
      }
      return Column(values, of: .int, segmentRows: 4_096)
    }
    let words = (0..<rows).map { _ in Scalar.string("t\(random.below(texts))") }
    return Table(
      name: "t", schema: Schema([Self.x, Self.y, Self.text]),
      columns: [
        column(-900, 3_000), column(-40, 90), Column(words, of: .string, segmentRows: 4_096),
      ])
  }

  /// Both zeros are one key, which is given as the positive one.
  private func key(_ value: Scalar) -> Scalar { value == .float(0) ? .float(0) : value }

  private func check(_ plan: Plan, _ keys: [ScalarExpression], _ threads: Int) throws {
    let named = keys.enumerated().map { NamedExpression("k\($0)", $1) }
    let values = try run(plan.projected(to: named), threads: 1).table
    var counts: [[Scalar]: Int64] = [:]
    var order: [[Scalar]] = []
    for row in 0..<values.rowCount {
      let keys = values.row(row).map(key)
      if counts[keys] == nil { order.append(keys) }
      counts[keys, default: 0] += 1
    }
    let found = try run(
      plan.aggregated(by: named, [NamedAggregate("n", AggregateCall(.count, [], type: .int))]),
      threads: threads
    ).table
    let what = "\(keys.map(\.text)), \(threads) threads"
    #expect(found.rowCount == order.count, "\(what)")
    let isSame = zip(0..<found.rowCount, order).allSatisfy { row, keys in
      found.row(row) == keys + [.int(counts[keys] ?? 0)]
        && found.row(row).allSatisfy { cell in
          if case .float(let number) = cell { number != 0 || number.sign == .plus } else { true }
        }
    }
    #expect(isSame, "\(what)")
  }

  @Test(arguments: [1, 3]) func floatsAreCountedAsTheirValues(threads: Int) throws {
    var random = Seeded(51)
    let plan = Plan.table(table(&random, texts: 5))
    for expression in Self.expressions { try check(plan, [expression], threads) }
  }

  /// With so many texts that the keys are no places of a table, but share a word.
  @Test(arguments: [1, 3]) func floatsShareAWordWithOtherKeys(threads: Int) throws {
    var random = Seeded(52)
    let plan = Plan.table(table(&random, texts: 3_000))
    let bin = ScalarExpression.call(.bin, [.column(Self.x), .constant(.int(7))], type: .int)
    for expression in Self.expressions {
      try check(plan, [expression, .column(Self.text), bin], threads)
    }
  }

  /// What is said of floats holds for all that come.
  @Test func factsHoldForAllValues() throws {
    var random = Seeded(53)
    let table = table(&random, texts: 5)
    for expression in Self.expressions {
      let facts = expression.facts { ColumnFacts(table.columns[$0 == "x" ? 0 : 1]) }
      guard let floats = facts.floats else {
        Issue.record("nothing is known of \(expression.text)")
        continue
      }
      let values = try run(
        Plan.table(table).projected(to: [NamedExpression("k", expression)]), threads: 1
      ).table
      for row in 0..<values.rowCount {
        guard case .float(let value) = values.row(row)[0] else {
          #expect(facts.mayBeNull, "\(expression.text)")
          continue
        }
        #expect(floats.bounds.contains(value), "\(value) of \(expression.text)")
        guard let unit = floats.unit else { continue }
        let multiple = (value * (unit.divisor / unit.factor)).rounded()
        #expect(unit.value(Int64(multiple)) == value, "\(value) of \(expression.text)")
      }
    }
  }

  /// The same for integers of which others are made.
  @Test func rangesHoldForAllValues() throws {
    var random = Seeded(54)
    let table = table(&random, texts: 5)
    let (x, y) = (ScalarExpression.column(Self.x), ScalarExpression.column(Self.y))
    func call(_ function: ScalarFunction, _ arguments: ScalarExpression...) -> ScalarExpression {
      .call(function, arguments, type: .int)
    }
    func constant(_ value: Int64) -> ScalarExpression { .constant(.int(value)) }
    let expressions = [
      call(.add, x, y), call(.subtract, x, y), call(.multiply, x, y), call(.abs, x),
      call(.negate, y), call(.floorDivide, x, constant(7)), call(.remainder, x, constant(7)),
      call(.least, x, y), call(.greatest, x, y), call(.add, call(.multiply, x, constant(-3)), y),
    ]
    for expression in expressions {
      let facts = expression.facts { ColumnFacts(table.columns[$0 == "x" ? 0 : 1]) }
      let values = try run(
        Plan.table(table).projected(to: [NamedExpression("k", expression)]), threads: 1
      ).table
      for row in 0..<values.rowCount {
        guard let value = values.row(row)[0].integer else {
          #expect(facts.mayBeNull, "\(expression.text)")
          continue
        }
        #expect(facts.range?.contains(value) == true, "\(value) of \(expression.text)")
      }
    }
  }
}
