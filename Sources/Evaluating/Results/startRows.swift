import Columns
import Plans

extension Evaluator {
  /// At least `count` first rows of a plan, made of the first rows of its table alone; nil where these do not
  /// give so many, or its first rows may come of later ones.
  ///
  /// What it reads is a small part of the table: little is lost where it is not enough.
  func startRows(
    _ plan: Plan, _ count: Int, needing needed: Set<String>?, depth: Int
  ) throws(EvaluationFailure) -> Table? {
    guard plan.takesLongerThanItsFirstRows, let table = plan.leadingTable else { return nil }
    let columns = plan.columnsOfTable(needed)
    // Far more rows than are wanted may come before the last of those that differ.
    let tries = plan.dropsRows ? [0, 4] : [0]
    for power in tries {
      guard let rows = table.rowsTried(for: count, power) else { return nil }
      let trial = Evaluator(settings, limits: limits)
      let start = try trial.gathered(
        table, table.places(0..<rows), .table(table), needing: columns)
      let first = try trial.table(
        plan.over(leading: start.named(table.name)), needing: needed, depth: depth)
      if first.rowCount >= count {
        steps.add(trial.steps)
        return first
      }
    }
    return nil
  }

  /// At least `count` first rows of a pipeline, made of the first rows of its table alone; nil where these do
  /// not give so many.
  func startRows(
    _ pipeline: Pipeline, _ plan: Plan, _ count: Int, needing needed: Set<String>?
  ) throws(EvaluationFailure) -> Table? {
    guard let source = pipeline.source as? TableSource,
      let rows = source.table.rowsTried(for: count, 0)
    else { return nil }
    let first = try collect(
      pipeline.over(source.leading(rows)), plan, needing: needed, isWhole: false)
    if first.rowCount >= count { return first }
    pipeline.resetCounts()
    return nil
  }
}

extension Table {
  /// How many first rows are read in the hope that they are enough; nil where these are no small part.
  fileprivate func rowsTried(for count: Int, _ power: Int) -> Int? {
    let rows = max(Block.defaultRows, 2 * min(count, rowCount)) << power
    return rows <= rowCount / 8 ? rows : nil
  }
}

extension Plan {
  /// The table that the plan reads row by row, in order; nil for other plans.
  ///
  /// Each row comes of one of its rows, or of that and earlier ones.
  fileprivate var leadingTable: Table? {
    switch node {
    case .table(let table): table
    case .binding(let binding): binding.table
    case .filter(let input, let condition): !condition.plans.isEmpty ? nil : input.leadingTable
    case .project(let input, let columns):
      columns.contains { !$0.expression.plans.isEmpty } ? nil : input.leadingTable
    case .distinct(let input, let expressions):
      expressions.contains { !$0.plans.isEmpty } ? nil : input.leadingTable
    case .expand(let input, _): input.leadingTable
    default: nil
    }
  }

  /// The columns of its table that are read where these of its own are needed; nil for all.
  fileprivate func columnsOfTable(_ needed: Set<String>?) -> Set<String>? {
    func names(_ expressions: [ScalarExpression]) -> Set<String> {
      expressions.reduce(into: []) { $0.formUnion($1.columnNames) }
    }
    switch node {
    case .filter(let input, let condition):
      return input.columnsOfTable(needed?.union(condition.columnNames))
    case .project(let input, let columns):
      let wanted = columns.filter { needed?.contains($0.name) ?? true }
      return input.columnsOfTable(names(wanted.map(\.expression)))
    case .distinct(let input, let expressions):
      return input.columnsOfTable(expressions.isEmpty ? nil : needed?.union(names(expressions)))
    case .expand(let input, let expansion):
      return input.columnsOfTable(
        needed?.subtracting(expansion.madeNames).union(expansion.columnNames))
    default:
      // Some column must say how many rows there are.
      guard let needed, needed.isEmpty else { return needed }
      return Set(schema.names.prefix(1))
    }
  }

  /// Whether it has a step that cannot stop early by itself.
  fileprivate var takesLongerThanItsFirstRows: Bool {
    switch node {
    case .filter(let input, _), .project(let input, _): input.takesLongerThanItsFirstRows
    case .distinct, .expand: true
    default: false
    }
  }

  /// The same over the first rows of its table.
  fileprivate func over(leading table: Table) -> Plan {
    switch node {
    case .filter(let input, let condition):
      input.over(leading: table).filtered(by: condition, range: range)
    case .project(let input, let columns):
      input.over(leading: table).projected(to: columns, range: range)
    case .distinct(let input, let expressions):
      input.over(leading: table).distinct(on: expressions, range: range)
    case .expand(let input, let expansion):
      input.over(leading: table).expanded(expansion, range: range)
    default: .table(table)
    }
  }

  /// Whether rows of the table may give none.
  fileprivate var dropsRows: Bool {
    switch node {
    case .filter, .distinct: true
    case .project(let input, _), .expand(let input, _): input.dropsRows
    default: false
    }
  }
}
