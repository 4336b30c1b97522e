import Checking
import Columns
import Diagnostics
import Evaluating
import Plans
import Results
import Verbs

/// What each kind of statement does.
extension Session {
  func perform(_ statement: CheckedStatement, into events: inout [SessionEvent])
    throws(StatementFailure)
  {
    switch statement {
    case .load(let request): try load(request, into: &events)
    case .attach(let range):
      throw .because("'attach' is not in this version yet", at: range, blame: .query)
    case .bind(let name, let plan):
      bind(name) { scope.bindings[name] = Binding(name: name, plan: plan) }
    case .bindScalar(let name, let expression):
      // Computed now: what it reads is fixed at its `let`.
      let (value, notes) = try self.value(of: expression)
      if !notes.isEmpty { events.append(.result(StatementResult(.nothing, notes: notes))) }
      bind(name) {
        scope.scalars[name] = .constant(value, type: expression.type, range: expression.range)
      }
    case .define(let definition): scope.definitions[definition.name] = definition
    case .declareParameter(let declaration):
      let notes = try declare(declaration)
      if !notes.isEmpty { events.append(.result(StatementResult(.nothing, notes: notes))) }
    case .explain(let pipeline): events.append(.result(try explain(pipeline)))
    case .run(let pipeline): events.append(.result(try run(pipeline)))
    case .scalar(let expression):
      let (value, notes) = try self.value(of: expression)
      let field = Field(name: "value", type: value.type ?? expression.type)
      let table = Table(name: "value", fields: [field], rows: [[value]])
      events.append(.result(StatementResult(.scalar(value, table), notes: notes)))
    }
  }

  /// Gives a name its newest meaning.
  private func bind(_ name: String, _ assign: () -> Void) {
    scope.tables[name] = nil
    scope.bindings[name] = nil
    scope.scalars[name] = nil
    assign()
  }

  private func run(_ pipeline: CheckedPipeline) throws(StatementFailure) -> StatementResult {
    var evaluation = try computed(pipeline.plan, before: pipeline.remarks.map(\.plan))
    if let name = pipeline.name { evaluation = evaluation.named(name) }
    var notes = pipeline.notes + evaluation.notes
    for remark in pipeline.remarks { notes += remark.sentences(try computed(remark.plan).table) }
    scope.last = last(evaluation.table, of: pipeline.plan)
    if let name = pipeline.name { bind(name) { scope.tables[name] = evaluation.table } }
    guard let request = pipeline.save else {
      let content: StatementResult.Content =
        switch pipeline.presentation {
        case .rows: .table(evaluation.table)
        case .page: .report(evaluation.table)
        case .sideBySide: .comparison(evaluation.table)
        }
      return StatementResult(content, notes: notes, name: pipeline.name)
    }
    notes.append(try save(evaluation.table, to: request))
    return StatementResult(.nothing, notes: notes, name: pipeline.name)
  }

  /// The last result as `_`: its rows, and of events the plan too, so that `rows` finds the list.
  private func last(_ table: Table, of plan: Plan) -> Plan {
    guard plan.followersOfEvents != nil else { return .table(table) }
    let binding = Binding(name: "_", plan: plan.placed(at: nil))
    binding.keep(table)
    return .binding(binding)
  }

  /// The value of an expression without rows, and what to say of it.
  private func value(
    of expression: ScalarExpression
  ) throws(StatementFailure) -> (Scalar, notes: [String]) {
    if case .constant(let value) = expression.node { return (value, []) }
    // One row of one unread column carries the expression.
    let carrier = Table(
      name: "value", fields: [Field(name: "row", type: .int)], rows: [[.int(0)]])
    let plan = Plan.table(carrier).projected(to: [NamedExpression("value", expression)])
    let evaluation = try computed(plan)
    return (evaluation.table.row(0)[0], evaluation.notes)
  }
}
