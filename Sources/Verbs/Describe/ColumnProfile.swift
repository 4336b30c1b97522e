import Columns
import Diagnostics
import Plans

/// One row of `describe`: a column's figures, its frequent values and its shape.
///
/// The figures of all columns come from one aggregation (`figures`); the frequent values and the
/// shape from one more pass each over this column alone.
struct ColumnProfile {
  let field: Field
  /// Of the column among those described.
  let position: Int
  /// What is described.
  let rows: Plan
  let range: SourceRange

  private static let ranks: [(name: String, part: Double)] = [
    ("median", 0.5), ("q25", 0.25), ("q75", 0.75),
  ]

  /// The type of the quantiles; nil where values have no distances.
  private var quantileType: DataType? {
    switch field.type {
    case .int, .float: .float
    case .date, .time: .time
    case .duration: .duration
    case .bool, .string: nil
    }
  }

  /// The name of a figure in the row of figures.
  private func name(_ figure: String) -> String { "#\(position) \(figure)" }

  private func figure(_ name: String, _ type: DataType) -> ScalarExpression {
    ScalarExpression(.column(self.name(name)), type: type)
  }

  /// How many values there are, their range and quantiles, over the rows.
  var figures: [NamedAggregate] {
    let value = ScalarExpression.column(field, range: range)
    func aggregate(
      _ name: String, _ function: AggregateFunction, _ argument: ScalarExpression? = nil,
      _ parameter: Double? = nil, _ type: DataType
    ) -> NamedAggregate {
      NamedAggregate(
        self.name(name),
        AggregateCall(
          function, argument.map { [$0] } ?? [], parameter: parameter, type: type, range: range))
    }
    let isNull = ScalarExpression.call(.isNull, [value], type: .bool)
    var figures = [aggregate("nulls", .count, isNull, nil, .int)]
    if field.type != .bool {
      figures.append(aggregate("min", .min, value, nil, field.type))
      figures.append(aggregate("max", .max, value, nil, field.type))
    }
    if let quantileType {
      figures += Self.ranks.map { aggregate($0.name, .quantile, value, $0.part, quantileType) }
    }
    if let distribution, field.type == .float {
      let finite = distribution.finite(value)
      figures.append(aggregate("low", .min, finite, nil, .float))
      figures.append(aggregate("high", .max, finite, nil, .float))
    }
    return figures
  }

  /// Where the values lie between their ends; nil for texts and bools.
  var distribution: Distribution? {
    guard quantileType != nil else { return nil }
    let isFloat = field.type == .float
    return Distribution(
      field: field, low: figure(isFloat ? "low" : "min", field.type),
      high: figure(isFloat ? "high" : "max", field.type),
      upperQuartile: figure("q75", .float), range: range)
  }

  /// The row: texts of the figures, which are columns of `row`.
  func plan(over row: Plan) -> Plan {
    let frequent = FrequentValues(field: field, rows: rows, range: range)
    var text = ValueText(type: field.type)
    if field.type == .time {
      text.span = .call(
        .subtract, [figure("max", .time), figure("min", .time)], type: .duration)
    }
    let none = ScalarExpression.constant(.null, type: .string)
    func end(_ name: String) -> ScalarExpression {
      field.type == .bool ? none : text.shown(figure(name, field.type))
    }
    let quantiles = Self.ranks.map { rank in
      NamedExpression(
        rank.name, quantileType.map { text.quantile(figure(rank.name, $0)) } ?? none)
    }
    let spark = distribution.map { $0.spark(of: rows, over: row) } ?? frequent.spark
    return row.projected(
      to: [
        NamedExpression("column", .constant(.string(field.name))),
        NamedExpression("type", .constant(.string(field.type.rawValue))),
        NamedExpression("nulls", figure("nulls", .int)),
        NamedExpression("distinct", frequent.distinct),
      ] + quantiles + [
        NamedExpression("min", end("min")),
        NamedExpression("max", end("max")),
        NamedExpression("top", frequent.text(as: text)),
        NamedExpression("spark", spark),
      ], range: range)
  }
}
