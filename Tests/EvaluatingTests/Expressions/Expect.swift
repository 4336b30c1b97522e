import Calendars
import Columns
import Diagnostics
import Plans
import Testing

@testable import Evaluating

/// A table of test rows, and expressions over its columns.
struct InputRows {
  let fields: [Field]
  let table: Table

  init(_ columns: [(name: String, type: DataType, values: [Scalar])], segmentRows: Int = 1 << 16) {
    fields = columns.map { Field(name: $0.name, type: $0.type) }
    let rowCount = columns.first?.values.count ?? 0
    table = Table(
      name: "t", fields: fields,
      rows: (0..<rowCount).map { row in columns.map { $0.values[row] } }, segmentRows: segmentRows)
  }

  init(_ table: Table) {
    self.table = table
    fields = table.schema.fields
  }

  /// The values of an expression for all rows; throws where one has a fault.
  func evaluate(
    _ expression: ScalarExpression, zone: TimeZoneRules = .utc, blockRows: Int = 4096,
    conversions: ConversionCounts = ConversionCounts()
  ) throws -> [Scalar] {
    let program = try ExpressionProgram(
      [expression], input: table.schema,
      context: ExpressionContext(zone: zone, conversions: conversions), blockRows: blockRows)
    var values: [Scalar] = []
    for block in blocks(blockRows, reading: program.columnsRead) {
      let vector = try program.evaluate(block)[0]
      #expect(vector.type == expression.type)
      try program.checkFaults(vector, 0, selection: nil)
      for row in 0..<block.rowCount { values.append(vector.scalar(at: row)) }
    }
    return values
  }

  /// The blocks of all segments with the columns that are read.
  func blocks(_ blockRows: Int, reading columns: [Int]) -> [Block] {
    var blocks: [Block] = []
    for (segment, count) in table.segmentRowCounts.enumerated() {
      for start in stride(from: 0, to: count, by: blockRows) {
        let rows = start..<min(start + blockRows, count)
        let vectors = table.columns.indices.map { position -> Vector? in
          guard columns.contains(position) else { return nil }
          let column = table.columns[position]
          return Vector.of(segment: column.segments[segment], type: column.type, rows: rows)
        }
        blocks.append(
          Block(
            rowCount: rows.count, columns: vectors, selection: nil, segment: segment,
            firstRow: start))
      }
    }
    return blocks
  }

  /// A column as an expression.
  func column(_ name: String) -> ScalarExpression {
    guard let field = table.schema.field(name) else { preconditionFailure("no column \(name)") }
    return .column(field)
  }
}

/// A call of a function.
func call(
  _ function: ScalarFunction, _ type: DataType, _ arguments: ScalarExpression...
) -> ScalarExpression {
  .call(function, arguments, type: type)
}

/// A constant.
func constant(_ value: Scalar) -> ScalarExpression { .constant(value) }

/// Checks a function of one column against what each value gives.
func expect(
  _ function: ScalarFunction, _ input: DataType, _ output: DataType, zone: TimeZoneRules = .utc,
  _ pairs: [(Scalar, Scalar)], location: Testing.SourceLocation = #_sourceLocation
) throws {
  let rows = InputRows([("x", input, pairs.map(\.0))])
  let values = try rows.evaluate(call(function, output, rows.column("x")), zone: zone)
  for (pair, value) in zip(pairs, values) {
    #expect(
      same(value, pair.1), "\(function)(\(pair.0)) is \(value), not \(pair.1)",
      sourceLocation: location)
  }
}

/// Checks a function of several columns against rows of arguments, the result last.
func expect(
  _ function: ScalarFunction, _ inputs: [DataType], _ output: DataType,
  zone: TimeZoneRules = .utc, _ cases: [[Scalar]],
  location: Testing.SourceLocation = #_sourceLocation
) throws {
  let columns = inputs.indices.map { index in
    (name: "x\(index)", type: inputs[index], values: cases.map { $0[index] })
  }
  let table = InputRows(columns)
  let arguments = columns.map { table.column($0.name) }
  let expression = ScalarExpression.call(function, arguments, type: output)
  let values = try table.evaluate(expression, zone: zone)
  for (row, value) in zip(cases, values) {
    let wanted = row[inputs.count]
    #expect(
      same(value, wanted), "\(function)\(row.dropLast()) is \(value), not \(wanted)",
      sourceLocation: location)
  }
  // The same with constants where a kernel may take another way.
  for row in cases {
    for varying in inputs.indices {
      let mixed = inputs.indices.map { index in
        index == varying
          ? table.column("x\(index)") : ScalarExpression.constant(row[index], type: inputs[index])
      }
      let one = InputRows(
        columns.map { column in
          let index = Int(String(column.name.dropFirst())) ?? 0
          return (name: column.name, type: column.type, values: [row[index]])
        })
      let value = try one.evaluate(.call(function, mixed, type: output), zone: zone)[0]
      #expect(
        same(value, row[inputs.count]),
        "\(function)\(row.dropLast()) with column \(varying) is \(value)",
        sourceLocation: location)
    }
  }
}

/// Equal, NaN included, and floats within two units of the last place.
func same(_ left: Scalar, _ right: Scalar) -> Bool {
  guard case .float(let a) = left, case .float(let b) = right else { return left == right }
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  return a == b || (a - b).magnitude <= 2 * max(a.magnitude, b.magnitude).ulp
}
