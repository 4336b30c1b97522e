import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

private let seed: UInt64 = 20_240_316

/// Random expressions over random rows, against their plain twin.
@Suite struct RandomExpressionTests {
  @Test(arguments: 0..<30) func programsGiveWhatTheTwinGives(_ number: Int) throws {
    let random = RandomNumbers(seed: seed &+ UInt64(number))
    let rowCount = [0, 1, 63, 64, 65, 130, 200, 515][random.below(8)]
    let rows = randomRows(rowCount, random)
    for _ in 0..<8 {
      let type: DataType = [.int, .float, .bool, .string][random.below(4)]
      let expression = make(type, depth: 1 + random.below(5), rows, random)
      try check(expression, rows, blockRows: [64, 128, 4096][random.below(3)])
    }
  }

  /// Sums of terms as scores have them: numbers by constants, and choices between constants.
  @Test(arguments: 0..<20) func scoresAreWhatTheTwinGives(_ number: Int) throws {
    let random = RandomNumbers(seed: seed &+ 500 &+ UInt64(number))
    let rows = randomRows([1, 63, 256, 300, 515][random.below(5)], random)
    func weight() -> ScalarExpression {
      .constant(.float([0, -0.0, 0.5, -3, .infinity, 1e300][random.below(6)]))
    }
    func term() -> ScalarExpression {
      let value = make(.float, depth: random.below(3), rows, random)
      switch random.below(4) {
      case 0: return call(.ifElse, .float, make(.bool, depth: 1, rows, random), weight(), weight())
      case 1: return value
      case 2: return call(.multiply, .float, value, weight())
      default: return call(.multiply, .float, weight(), value)
      }
    }
    for _ in 0..<8 {
      let terms = (0..<2 + random.below(6)).map { _ in term() }
      let score = terms.dropFirst().reduce(terms[0]) { sum, term in
        random.below(4) == 0
          ? call(.add, .float, term, sum) : call(.add, .float, sum, term)
      }
      try check(score, rows, blockRows: [64, 4096][random.below(2)])
    }
  }

  private func check(_ expression: ScalarExpression, _ rows: InputRows, blockRows: Int) throws {
    let program = try ExpressionProgram(
      [expression], input: rows.table.schema, context: ExpressionContext(zone: .utc),
      blockRows: blockRows)
    for block in rows.blocks(blockRows, reading: program.columnsRead) {
      let vector = try program.evaluate(block)[0]
      for row in 0..<block.rowCount {
        let values = rows.table.columns.map {
          $0.segments[block.segment].scalar(at: block.firstRow + row, of: $0.type)
        }
        let cells = Dictionary(
          uniqueKeysWithValues: zip(rows.table.schema.names, values))
        let isFault = vector.faults.map { $0[row >> 6] >> UInt64(row & 63) & 1 != 0 } ?? false
        let value = vector.scalar(at: row)
        let what = "seed \(seed): \(expression.text) of \(cells) is \(value)"
        do {
          let wanted = try ReferenceEvaluation(row: cells).value(expression)
          #expect(same(value, wanted) && !isFault, "\(what), not \(wanted); fault \(isFault)")
        } catch is ReferenceEvaluation.FaultOrNull {
        } catch {
          #expect(isFault, "\(what), not a fault")
        }
      }
    }
  }

  private func randomRows(_ count: Int, _ random: RandomNumbers) -> InputRows {
    func column(_ nulls: Int, _ value: () -> Scalar) -> [Scalar] {
      (0..<count).map { _ in nulls > 0 && random.below(nulls) == 0 ? .null : value() }
    }
    let edges: [Int64] = [.min, .max, 0, 1, -1, 1 << 31, 1 << 40]
    let floats: [Double] = [0, -0.0, .nan, .infinity, -.infinity, 0.5, -2.25, 1e300]
    let texts = ["", "a", "b", "é", "coffee"]
    let generator = RandomNumbers(seed: random.next())
    let rows =
      [
        ("i", .int, column(5) { .int(Int64(generator.below(9)) - 4) }),
        ("j", .int, column(0) { .int(Int64(generator.below(300))) }),
        ("k", .int, column(9) { .int(edges[generator.below(edges.count)]) }),
        ("x", .float, column(5) { .float(floats[generator.below(floats.count)]) }),
        ("y", .float, column(0) { .float(Double(generator.below(1000)) / 8) }),
        ("p", .bool, column(5) { .bool(generator.below(2) == 0) }),
        ("q", .bool, column(0) { .bool(generator.below(2) == 0) }),
        ("s", .string, column(5) { .string(texts[generator.below(texts.count)]) }),
        ("t", .string, column(0) { .string(texts[generator.below(texts.count)]) }),
      ] as [(name: String, type: DataType, values: [Scalar])]
    return InputRows(narrowed(InputRows(rows, segmentRows: 192).table))
  }

  /// The same rows with integers as narrow as they go.
  private func narrowed(_ table: Table) -> Table {
    let columns = table.columns.map { column in
      Column(
        type: column.type,
        segments: column.segments.map { segment in
          let builder = SegmentBuilder(type: column.type)
          builder.append(
            Vector.of(segment: segment, type: column.type, rows: 0..<segment.rowCount))
          return builder.finish()
        })
    }
    return Table(name: table.name, schema: table.schema, columns: columns)
  }

  private func make(
    _ type: DataType, depth: Int, _ rows: InputRows, _ random: RandomNumbers
  ) -> ScalarExpression {
    if depth == 0 { return leaf(type, rows, random) }
    func inner(_ type: DataType) -> ScalarExpression {
      make(type, depth: random.below(depth), rows, random)
    }
    switch random.below(10) {
    case 0: return call(.ifElse, type, inner(.bool), inner(type), inner(type))
    case 1: return call(.coalesce, type, inner(type), inner(type))
    case 2 where type != .bool:
      return call(random.below(2) == 0 ? .least : .greatest, type, inner(type), inner(type))
    default: break
    }
    switch type {
    case .int:
      let functions: [ScalarFunction] = [.add, .subtract, .multiply, .floorDivide, .remainder]
      return call(functions[random.below(5)], .int, inner(.int), inner(.int))
    case .float:
      if random.below(4) == 0 { return call(.toFloat, .float, inner(.int)) }
      if random.below(3) == 0 {
        let functions: [ScalarFunction] = [.negate, .abs, .sqrt, .floor]
        return call(functions[random.below(4)], .float, inner(.float))
      }
      let functions: [ScalarFunction] = [.add, .subtract, .multiply, .divide]
      return call(functions[random.below(4)], .float, inner(.float), inner(.float))
    case .bool: return condition(inner, random)
    default: return leaf(type, rows, random)
    }
  }

  private func condition(
    _ inner: (DataType) -> ScalarExpression, _ random: RandomNumbers
  ) -> ScalarExpression {
    let comparisons: [ScalarFunction] = [
      .less, .lessOrEqual, .equal, .notEqual, .greater, .greaterOrEqual,
    ]
    let types: [DataType] = [.int, .float, .string]
    switch random.below(5) {
    case 0: return call(.and, .bool, inner(.bool), inner(.bool))
    case 1: return call(.or, .bool, inner(.bool), inner(.bool))
    case 2: return call(.not, .bool, inner(.bool))
    default:
      let type = types[random.below(3)]
      return call(comparisons[random.below(6)], .bool, inner(type), inner(type))
    }
  }

  private func leaf(
    _ type: DataType, _ rows: InputRows, _ random: RandomNumbers
  ) -> ScalarExpression {
    let names = rows.fields.filter { $0.type == type }.map(\.name)
    if random.below(3) > 0 { return rows.column(names[random.below(names.count)]) }
    let constants: [Scalar]
    switch type {
    case .int: constants = [.int(0), .int(3), .int(-1), .int(1000), .int(.max), .null]
    case .float: constants = [.float(0), .float(1), .float(-2.5), .float(.nan), .null]
    case .bool: constants = [.bool(true), .bool(false), .null]
    default: constants = [.string("a"), .string("coffee"), .string(""), .null]
    }
    return .constant(constants[random.below(constants.count)], type: type)
  }
}
