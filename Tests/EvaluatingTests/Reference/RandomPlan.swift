import Columns
import Plans

/// Random plans over random tables, of steps and functions that the plain evaluator knows.
struct RandomPlan {
  private var random: Seeded
  private let tables: [Table]
  private var fresh = 0

  init(_ random: Seeded, over tables: [Table]) {
    self.random = random
    self.tables = tables
  }

  /// A plan of up to `depth` steps.
  mutating func plan(depth: Int) -> Plan {
    var plan = Plan.table(tables[random.below(tables.count)])
    for _ in 0..<depth { plan = step(on: plan) }
    return plan
  }

  /// A sort of which some first or last rows are taken, with steps of each row between, above and below.
  mutating func cutSort(depth: Int) -> Plan {
    var plan = plan(depth: 1 + random.below(2))
    plan = plan.sorted(by: sortKeys(plan.schema))
    for _ in 0..<depth {
      switch random.below(4) {
      case 0: plan = plan.filtered(by: condition(plan.schema, 1))
      case 1: plan = lookedUp(plan)
      case 2:
        // Under new names, some of them dropped.
        let kept = plan.schema.fields.filter { _ in random.chance(70) }
        let fields = kept.isEmpty ? Array(plan.schema.fields.prefix(1)) : kept
        plan = plan.projected(to: fields.map { NamedExpression(name("p"), .column($0)) })
      default: plan = plan.extended(by: [derived(plan.schema)])
      }
    }
    return random.chance(50)
      ? plan.sliced(offset: random.below(3), count: random.below(30)) : plan.tail(random.below(30))
  }

  /// Looked up in groups, of which some of the columns are not read.
  private mutating func lookedUp(_ plan: Plan) -> Plan {
    let table = Plan.table(tables[random.below(tables.count)])
    let keys = Array(groupKeys(table.schema).prefix(2))
    let right = table.aggregated(by: keys, aggregates(table.schema))
    var pairs: [(left: ScalarExpression, right: ScalarExpression)] = []
    for key in keys {
      if let left = column(plan.schema, [key.expression.type]),
        let own = right.schema.field(key.name)
      {
        pairs.append((.column(left), .column(own)))
      }
    }
    if pairs.isEmpty { return plan }
    let added = right.schema.fields.filter { _ in random.chance(40) }
    return .join(
      Join(
        left: plan, right: right, kind: random.chance(50) ? .left : .lookup, keys: pairs,
        rightColumns: added.map { ($0.name, name("r")) }))
  }

  private mutating func step(on plan: Plan) -> Plan {
    switch random.below(16) {
    case 0, 1: return plan.filtered(by: condition(plan.schema, 2))
    case 2: return plan.extended(by: (0...random.below(2)).map { _ in derived(plan.schema) })
    case 3:
      let kept = plan.schema.fields.filter { _ in random.chance(60) }
      let fields = kept.isEmpty ? Array(plan.schema.fields.prefix(1)) : kept
      return plan.projected(to: fields.map { NamedExpression($0.name, .column($0)) })
    case 4, 5: return plan.aggregated(by: groupKeys(plan.schema), aggregates(plan.schema))
    case 6:
      return plan.broadcasting(
        aggregates(plan.schema), per: groupKeys(plan.schema).map(\.expression))
    case 7: return plan.sorted(by: sortKeys(plan.schema))
    case 8: return plan.sliced(offset: random.below(4), count: random.below(40))
    case 9:
      return plan.top(
        random.below(5), by: sortKeys(plan.schema),
        per: random.chance(50) ? groupKeys(plan.schema).map(\.expression) : [])
    case 10:
      let columns = plan.schema.fields.filter { _ in random.chance(25) }
      return plan.distinct(on: columns.map { .column($0) })
    case 11: return joined(plan)
    case 12:
      return plan.windowed(
        windows(plan.schema), by: random.chance(70) ? sortKeys(plan.schema) : [],
        per: groupKeys(plan.schema).map(\.expression))
    case 13: return plan.tail(random.below(40))
    case 14:
      let size: Sampling.Size =
        random.chance(70) ? .rows(random.below(30)) : .chance(Double(random.below(11)) / 10)
      return plan.sampled(
        Sampling(size, seed: Int64(random.below(3)) - 1),
        per: random.chance(30) ? groupKeys(plan.schema).map(\.expression) : [])
    default:
      let other = random.chance(50) ? plan : plan.filtered(by: condition(plan.schema, 1))
      let kept = other.schema.fields.filter { _ in random.chance(80) }
      return .union(
        [
          plan, other.projected(to: kept.map { NamedExpression($0.name, .column($0)) }),
        ].filter { !$0.schema.fields.isEmpty })
    }
  }

  private mutating func name(_ stem: String) -> String {
    fresh += 1
    return "\(stem)\(fresh)"
  }

  private mutating func column(_ schema: Schema, _ types: Set<DataType>? = nil) -> Field? {
    let fields = schema.fields.filter { types?.contains($0.type) ?? true }
    return fields.isEmpty ? nil : fields[random.below(fields.count)]
  }

  private mutating func constant(_ type: DataType) -> ScalarExpression {
    var one = random
    let rows = RandomTable.rows(1, &one)
    random = one
    let index = RandomTable.fields.firstIndex { $0.type == type } ?? 0
    return .constant(rows[0][index], type: type)
  }

  private mutating func condition(_ schema: Schema, _ depth: Int) -> ScalarExpression {
    func call(_ function: ScalarFunction, _ arguments: [ScalarExpression]) -> ScalarExpression {
      .call(function, arguments, type: .bool)
    }
    if depth > 0, random.chance(40) {
      let function: ScalarFunction = random.chance(50) ? .and : .or
      return call(function, [condition(schema, depth - 1), condition(schema, depth - 1)])
    }
    guard let field = column(schema) else { return .constant(.bool(true)) }
    switch random.below(5) {
    case 0: return call(random.chance(50) ? .isNull : .isNotNull, [.column(field)])
    case 1: return call(.not, [condition(schema, 0)])
    case 2:
      let table = Table(
        name: "set", fields: [Field(name: "v", type: field.type)],
        rows: (0..<random.below(4)).map { _ in [scalar(field.type)] })
      return ScalarExpression(.isInPlan(.column(field), .table(table)), type: .bool)
    default:
      let functions: [ScalarFunction] = [.equal, .notEqual, .less, .greaterOrEqual]
      return call(functions[random.below(4)], [.column(field), constant(field.type)])
    }
  }

  private mutating func scalar(_ type: DataType) -> Scalar {
    if case .constant(let value) = constant(type).node { return value }
    return .null
  }

  private mutating func derived(_ schema: Schema) -> NamedExpression {
    let name = name("d")
    guard let field = column(schema) else { return NamedExpression(name, .constant(.int(1))) }
    let own = ScalarExpression.column(field)
    switch (random.below(4), field.type) {
    case (0, _): return NamedExpression(name, .call(.isNull, [own], type: .bool))
    case (1, _):
      return NamedExpression(name, .call(.coalesce, [own, constant(field.type)], type: field.type))
    case (2, .float):
      return NamedExpression(name, .call(.add, [own, .constant(.float(0.5))], type: .float))
    default:
      let other = constant(field.type)
      return NamedExpression(
        name, .call(.ifElse, [condition(schema, 0), own, other], type: field.type))
    }
  }

  private mutating func groupKeys(_ schema: Schema) -> [NamedExpression] {
    var keys: [NamedExpression] = []
    for _ in 0..<random.below(4) {
      guard let field = column(schema), !keys.contains(where: { $0.name == field.name }) else {
        continue
      }
      keys.append(NamedExpression(field.name, .column(field)))
    }
    return keys
  }

  private mutating func sortKeys(_ schema: Schema) -> [SortKey] {
    (0...random.below(3)).compactMap { _ in
      column(schema).map { SortKey(.column($0), isDescending: random.chance(50)) }
    }
  }

  private mutating func aggregates(_ schema: Schema) -> [NamedAggregate] {
    var made: [NamedAggregate] = []
    for _ in 0...random.below(4) {
      if let call = RandomAggregate.call(schema, &random) {
        made.append(NamedAggregate(name("a"), call))
      }
    }
    // A table needs a column.
    if made.isEmpty { made = [NamedAggregate(name("a"), AggregateCall(.count, [], type: .int))] }
    return made
  }

  private mutating func windows(_ schema: Schema) -> [NamedWindow] {
    let made = (0...random.below(4)).compactMap { _ in
      RandomWindow.call(schema, &random).map { NamedWindow(name("w"), $0) }
    }
    return made.isEmpty ? [NamedWindow(name("w"), WindowCall(.rowNumber, type: .int))] : made
  }

  private mutating func joined(_ plan: Plan) -> Plan {
    let right = Plan.table(tables[random.below(tables.count)])
    var keys: [(left: ScalarExpression, right: ScalarExpression)] = []
    for _ in 0...random.below(2) {
      if let left = column(plan.schema), let other = column(right.schema, [left.type]) {
        keys.append((.column(left), .column(other)))
      }
    }
    if keys.isEmpty { return plan }
    let kind = Join.Kind.allCases[random.below(Join.Kind.allCases.count)]
    let bare = kind == .semi || kind == .anti
    let added = bare ? [] : right.schema.fields.filter { _ in random.chance(30) }
    // A cross of large sides would take the plain evaluator long.
    let left = plan.sliced(count: 80)
    return .join(
      Join(
        left: left, right: right, kind: kind, keys: keys,
        rightColumns: added.map { ($0.name, name("r")) }))
  }
}
