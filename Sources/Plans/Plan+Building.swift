package import Columns
package import Diagnostics

/// Each step with its schema derived from its input: the only way in which verbs make plans.
extension Plan {
  /// All rows of a table.
  package static func table(_ table: Table, range: SourceRange? = nil) -> Plan {
    Plan(.table(table), schema: table.schema, properties: table.properties, range: range)
  }

  /// A named plan.
  package static func binding(_ binding: Binding, range: SourceRange? = nil) -> Plan {
    Plan(
      .binding(binding), schema: binding.plan.schema, properties: binding.plan.properties,
      range: range)
  }

  /// The rows for which a bool is true.
  package func filtered(by condition: ScalarExpression, range: SourceRange? = nil) -> Plan {
    Plan(.filter(self, condition: condition), schema: schema, properties: partial, range: range)
  }

  /// Exactly these columns; a column that keeps its name keeps the name it had in the file, too.
  package func projected(to columns: [NamedExpression], range: SourceRange? = nil) -> Plan {
    let fields = columns.map { column in
      if case .column(let name) = column.expression.node, name == column.name,
        let field = schema.field(name)
      {
        return field
      }
      return Field(name: column.name, type: column.expression.type)
    }
    var kept = properties
    // Times of another making were not looked at.
    let follows = columns.first { $0.name == "followed_at" }
    if follows?.expression.columnName != "followed_at" { kept.possibleFollows = nil }
    return Plan(
      .project(self, columns), schema: Schema(fields), properties: kept, range: range)
  }

  /// All columns, with some replaced in place and new ones behind.
  package func extended(by columns: [NamedExpression], range: SourceRange? = nil) -> Plan {
    var all = schema.fields.map { NamedExpression($0.name, .column($0)) }
    for column in columns {
      if let position = all.firstIndex(where: { $0.name == column.name }) {
        all[position] = column
      } else {
        all.append(column)
      }
    }
    return projected(to: all, range: range)
  }

  /// One row for each key; names of keys and aggregates must differ.
  package func aggregated(
    by keys: [NamedExpression], _ aggregates: [NamedAggregate], range: SourceRange? = nil
  ) -> Plan {
    let keyFields = keys.map { key in
      if case .column(let name) = key.expression.node, name == key.name,
        let field = schema.field(name)
      {
        return field
      }
      return Field(name: key.name, type: key.expression.type)
    }
    let fields = keyFields + aggregates.map { Field(name: $0.name, type: $0.call.type) }
    return Plan(
      .aggregate(self, keys: keys, aggregates: aggregates), schema: Schema(fields), range: range)
  }

  /// All columns and the aggregates of each row's partition behind them, under new names.
  package func broadcasting(
    _ aggregates: [NamedAggregate], per partition: [ScalarExpression], range: SourceRange? = nil
  ) -> Plan {
    let fields = schema.fields + aggregates.map { Field(name: $0.name, type: $0.call.type) }
    return Plan(
      .broadcast(self, partition: partition, aggregates: aggregates), schema: Schema(fields),
      properties: properties, range: range)
  }

  /// All columns and the window functions of each row behind them, under new names.
  package func windowed(
    _ functions: [NamedWindow], by order: [SortKey], per partition: [ScalarExpression],
    range: SourceRange? = nil
  ) -> Plan {
    let fields = schema.fields + functions.map { Field(name: $0.name, type: $0.call.type) }
    return Plan(
      .window(self, order: order, partition: partition, functions: functions),
      schema: Schema(fields), properties: properties, range: range)
  }

  /// Sorted, stable.
  package func sorted(by keys: [SortKey], range: SourceRange? = nil) -> Plan {
    var sorted = properties
    sorted.order = .unknown
    return Plan(.sort(self, by: keys), schema: schema, properties: sorted, range: range)
  }

  /// `count` rows from `offset`.
  package func sliced(offset: Int = 0, count: Int, range: SourceRange? = nil) -> Plan {
    Plan(
      .slice(self, offset: offset, count: count), schema: schema, properties: partial, range: range)
  }

  /// The last `count` rows.
  package func tail(_ count: Int, range: SourceRange? = nil) -> Plan {
    Plan(.tail(self, count: count), schema: schema, properties: partial, range: range)
  }

  /// Rows drawn at random; of a complete list they are a random part of it.
  package func sampled(
    _ sampling: Sampling, per partition: [ScalarExpression] = [], range: SourceRange? = nil
  ) -> Plan {
    var sampled = properties
    let isEven = sampled.selection == .complete || sampled.selection == .random
    sampled.selection = isEven && partition.isEmpty ? .random : .unknown
    return Plan(
      .sample(self, sampling, partition: partition), schema: schema, properties: sampled,
      range: range)
  }

  /// The first `count` rows by these keys, of each partition.
  package func top(
    _ count: Int, by keys: [SortKey], per partition: [ScalarExpression] = [],
    range: SourceRange? = nil
  ) -> Plan {
    Plan(
      .top(self, count: count, by: keys, partition: partition), schema: schema, properties: partial,
      range: range)
  }

  /// The first row of each combination; of whole rows when `expressions` is empty.
  package func distinct(on expressions: [ScalarExpression], range: SourceRange? = nil) -> Plan {
    Plan(.distinct(self, on: expressions), schema: schema, properties: partial, range: range)
  }

  /// The left's columns and the right's, as the join names them.
  package static func join(_ join: Join, range: SourceRange? = nil) -> Plan {
    let added = join.rightColumns.compactMap { column in
      join.right.schema.field(column.source).map { Field(name: column.name, type: $0.type) }
    }
    return Plan(
      .join(join), schema: Schema(join.left.schema.fields + added),
      properties: join.left.partial, range: range)
  }

  /// The rows of all; column types of one name must agree, columns in order of appearance.
  package static func union(_ plans: [Plan], range: SourceRange? = nil) -> Plan {
    var fields: [Field] = []
    for field in plans.flatMap(\.schema.fields)
    where !fields.contains(where: { $0.name == field.name }) {
      fields.append(field)
    }
    var properties = plans.first?.properties ?? TableProperties()
    if plans.count > 1 { properties.order = .unknown }
    // What can be in one list need not be what can be in another.
    if plans.contains(where: { $0.properties.possibleFollows != properties.possibleFollows }) {
      properties.possibleFollows = nil
    }
    return Plan(.union(plans), schema: Schema(fields), properties: properties, range: range)
  }

  /// The properties once rows were left out: no longer the complete list.
  private var partial: TableProperties {
    var partial = properties
    partial.selection = .unknown
    return partial
  }
}
