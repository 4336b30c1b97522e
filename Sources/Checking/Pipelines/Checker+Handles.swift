import Columns
import Diagnostics
import Parsing
import Plans

/// `@handle` as a source: the followers of that account, and that follower, wherever it stands.
extension Checker {
  /// The rows of a handle, whatever its case: of the only table that has accounts or screen names,
  /// of several with a first column `table`, else of the last result; nil with an error.
  func rows(ofHandle name: Name, at range: SourceRange) -> Rows? {
    let tables = scope.tables.sorted { $0.key < $1.key }.map { table in
      (table: table.key, plan: Plan.table(table.value, range: place(range)))
    }
    let places = tables.filter { isHandle(name, in: $0.plan, at: range) != nil }
    let last = places.isEmpty ? scope.last : nil
    remarkNone(name, in: places.map(\.plan) + (last.map { [$0] } ?? []), at: range)
    let found = places.compactMap { place in
      rows(of: name, in: place.plan, at: range).map { (table: place.table, plan: $0) }
    }
    if found.count > 1 {
      return Rows(plan: united(found, at: range), label: "of @\(name.text)")
    }
    if let only = found.first { return Rows(plan: only.plan, label: "in \(only.table)") }
    if let last, let plan = rows(of: name, in: last, at: range) {
      return Rows(plan: plan, label: "in the last result")
    }
    report(
      scope.tables.isEmpty
        ? "'@\(name.text)' needs a table"
        : "'@\(name.text)' needs a table with a column account or screen_name",
      hint: scope.tables.isEmpty
        ? tableHint : "another column: t | filter name == \"\(name.text)\"", at: range)
    return nil
  }

  /// The rows whose account or screen name it is; nil where there is no such column.
  private func rows(of name: Name, in plan: Plan, at range: SourceRange) -> Plan? {
    isHandle(name, in: plan, at: range).map {
      classified(plan, at: range).filtered(by: $0, range: place(range))
    }
  }

  /// Whether a row's account or screen name is the handle; nil where there is no such column.
  private func isHandle(
    _ name: Name, in plan: Plan, at range: SourceRange
  ) -> ScalarExpression? {
    let fields = ["account", "screen_name"].compactMap { plan.schema.field($0) }
    let wanted = ScalarExpression.constant(.string(name.text.lowercased()))
    let tests = fields.filter { $0.type == .string }.map { field in
      ScalarExpression.call(
        .equal, [.call(.lower, [.column(field)], type: .string), wanted], type: .bool,
        range: place(range))
    }
    return balanced(.or, tests)
  }

  /// Has it said where no row of any of the plans has the handle.
  private func remarkNone(_ name: Name, in plans: [Plan], at range: SourceRange) {
    let counts = plans.compactMap { plan in
      isHandle(name, in: plan, at: range).map {
        plan.filtered(by: $0, range: place(range)).aggregated(
          by: [],
          [NamedAggregate("n", AggregateCall(.count, [], type: .int, range: place(range)))],
          range: place(range))
      }
    }
    guard let first = counts.first else { return }
    let plan = counts.count == 1 ? first : .union(counts, range: place(range))
    let sentence = "no follower and no account is called '@\(name.text)'"
    remarks.append(
      Remark(plan: plan) { table in
        (0..<table.rowCount).allSatisfy { table.row($0)[0].integer == 0 } ? [sentence] : []
      })
  }

  /// A follower list with the classes of its followers and why, which only the whole list can tell;
  /// other rows as they are.
  private func classified(_ plan: Plan, at range: SourceRange) -> Plan {
    guard plan.properties.roles.contains(.followerList), plan.schema.field("class") == nil,
      let verb = scope.verbs["classify"]
    else { return plan }
    let stage = Stage(
      verb: Name(text: "classify", range: range), items: [], clauses: [], range: range)
    let call = VerbCall(
      stage: stage, verb: verb, rows: Rows(plan: plan, label: "in \(plan.originName)"),
      checker: self)
    return verb.lower(call) ?? plan
  }

  /// The rows of all, each with the name of its table; columns of unlike types become text.
  private func united(_ tables: [(table: String, plan: Plan)], at range: SourceRange) -> Plan {
    var types: [String: DataType] = [:]
    for field in tables.flatMap(\.plan.schema.fields) {
      types[field.name] = types[field.name].map { widened($0, field.type) } ?? field.type
    }
    let title = freeName("table", among: Set(types.keys))
    let plans = tables.map { table in
      let columns = table.plan.schema.fields.map { field in
        NamedExpression(
          field.name, converted(.column(field), to: types[field.name] ?? field.type))
      }
      let name = NamedExpression(title, .constant(.string(table.table)))
      return table.plan.projected(to: [name] + columns, range: place(range))
    }
    return .union(plans, range: place(range))
  }

  private func widened(_ a: DataType, _ b: DataType) -> DataType {
    commonType([a, b].map { .column(Field(name: "", type: $0)) }) ?? .string
  }

  private func converted(_ value: ScalarExpression, to type: DataType) -> ScalarExpression {
    type == .string && value.type != .string
      ? .call(.toString, [value], type: .string, range: value.range) : convert(value, to: type)
  }
}
