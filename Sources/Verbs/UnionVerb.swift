import Checking
import Columns
import Parsing
import Plans

/// `union`: the rows of several tables, one after the other.
struct UnionVerb: Verb {
  let signature = VerbSignature(
    name: "union", aliases: ["unionall"], usage: "union TABLE, …", items: .tables,
    summary: "adds the rows of other tables",
    help: """
      Columns are matched by name; those that a table does not have are null there. Int and float \
      become float, date and time time; other types of one name must be alike.
      """,
    examples: [
      "example | union (example | filter verified)",
      "example | select id, lang | union (example | select id, account)",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'union' needs a table", hint: call.usageHint, at: call.stage.range)
      return nil
    }
    let others = call.items.map { (item: $0, table: call.table($0)) }
    var types = Dictionary(
      call.input.schema.fields.map { ($0.name, (type: $0.type, label: call.inputLabel)) },
      uniquingKeysWith: { first, _ in first })
    var plans = [call.input]
    var isRight = true
    for (item, table) in others {
      guard let table else { return nil }
      for field in table.plan.schema.fields {
        guard let known = types[field.name] else {
          types[field.name] = (field.type, table.label)
          continue
        }
        guard let common = known.type.union(field.type) else {
          call.report(
            "column '\(field.name)' is \(known.type.phrase) \(known.label) and "
              + "\(field.type.phrase) \(table.label)",
            hint: "make them alike: | derive \(quotedName(field.name)) = "
              + "string(\(quotedName(field.name)))", at: item.range)
          isRight = false
          continue
        }
        types[field.name] = (common, known.label)
      }
      plans.append(table.plan)
    }
    guard isRight else { return nil }
    let unified = types.mapValues(\.type)
    return Plan.union(plans.map { converted($0, to: unified, call) }, range: call.range)
  }

  /// The plan with its columns in the types of the whole, where any differs.
  private func converted(_ plan: Plan, to types: [String: DataType], _ call: VerbCall) -> Plan {
    guard plan.schema.fields.contains(where: { types[$0.name] != $0.type }) else { return plan }
    return plan.projected(
      to: plan.schema.fields.map { field in
        NamedExpression(
          field.name, call.convert(.column(field), to: types[field.name] ?? field.type))
      }, range: call.range)
  }
}

extension DataType {
  /// The type that holds the values of both; nil where none does.
  fileprivate func union(_ other: DataType) -> DataType? {
    if self == other { return self }
    switch (self, other) {
    case (.int, .float), (.float, .int): return .float
    case (.date, .time), (.time, .date): return .time
    default: return nil
    }
  }
}
