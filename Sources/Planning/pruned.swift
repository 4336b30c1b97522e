import Columns
import Plans

/// The plan without the columns that nothing above reads; `needed` nil keeps all.
func pruned(_ plan: Plan, to needed: Set<String>?) -> Plan {
  guard let needed else { return prunedInputs(plan) }
  switch plan.node {
  case .table, .binding: return narrowed(plan, to: needed)
  case .project(let input, let columns):
    let kept = keepingOne(columns.filter { needed.contains($0.name) }, of: columns)
    return pruned(input, to: names(kept.map(\.expression))).projected(to: kept, range: plan.range)
  case .aggregate(let input, let keys, let aggregates):
    var kept = aggregates.filter { needed.contains($0.name) }
    if keys.isEmpty { kept = keepingOne(kept, of: aggregates) }
    let read = names(keys.map(\.expression) + kept.flatMap(\.call.arguments))
    return pruned(input, to: read).aggregated(by: keys, kept, range: plan.range)
  case .broadcast(let input, let partition, let aggregates):
    let kept = aggregates.filter { needed.contains($0.name) }
    if kept.isEmpty { return pruned(input, to: needed) }
    let own = needed.subtracting(aggregates.map(\.name))
    let read = own.union(names(partition + kept.flatMap(\.call.arguments)))
    return pruned(input, to: read).broadcasting(kept, per: partition, range: plan.range)
  case .window(let input, let order, let partition, let functions):
    let kept = functions.filter { needed.contains($0.name) }
    if kept.isEmpty { return pruned(input, to: needed) }
    let own = needed.subtracting(functions.map(\.name))
    let read = names(order.map(\.expression) + partition + kept.compactMap(\.call.argument))
    return pruned(input, to: own.union(read))
      .windowed(kept, by: order, per: partition, range: plan.range)
  case .sample(_, _, let partition):
    return plan.mappingInputs { pruned($0, to: needed.union(names(partition))) }
  case .join(let join): return prunedJoin(join, to: needed, of: plan)
  case .filter(_, let condition):
    return plan.mappingInputs { pruned($0, to: needed.union(condition.columnNames)) }
  case .sort(_, let keys):
    return plan.mappingInputs { pruned($0, to: needed.union(names(keys.map(\.expression)))) }
  case .top(_, _, let keys, let partition):
    let read = names(keys.map(\.expression) + partition)
    return plan.mappingInputs { pruned($0, to: needed.union(read)) }
  case .distinct(_, let expressions):
    if expressions.isEmpty { return prunedInputs(plan) }
    return plan.mappingInputs { pruned($0, to: needed.union(names(expressions))) }
  case .fill(_, let fill):
    return plan.mappingInputs { pruned($0, to: needed.union(fill.keys + [fill.period])) }
  case .expand(_, let expansion):
    let own = needed.subtracting(expansion.madeNames).union(expansion.columnNames)
    return plan.mappingInputs { pruned($0, to: own) }
  case .analysis(let analysis, let inputs):
    return prunedAnalysis(analysis, inputs, to: needed, of: plan)
  case .slice, .tail, .union: return plan.mappingInputs { pruned($0, to: needed) }
  }
}

/// The plan with all its columns, over inputs that keep what it reads.
private func prunedInputs(_ plan: Plan) -> Plan {
  switch plan.node {
  case .table, .binding: return plan
  case .distinct(_, let expressions) where expressions.isEmpty:
    return plan.mappingInputs { pruned($0, to: nil) }
  case .filter, .sort, .slice, .tail, .sample, .top, .distinct, .union, .fill:
    return plan.mappingInputs { pruned($0, to: nil) }
  case .project, .aggregate, .broadcast, .window, .join, .expand, .analysis:
    return pruned(plan, to: Set(plan.schema.names))
  }
}

private func prunedJoin(_ join: Join, to needed: Set<String>, of plan: Plan) -> Plan {
  let added = join.rightColumns.filter { needed.contains($0.name) }
  if added.isEmpty && join.extendsRows { return pruned(join.left, to: needed) }
  let left = needed.intersection(join.left.schema.names).union(names(join.keys.map(\.left)))
  let right = Set(added.map(\.source)).union(names(join.keys.map(\.right)))
  return .join(
    join.over(pruned(join.left, to: left), pruned(join.right, to: right), rightColumns: added),
    range: plan.range)
}

private func prunedAnalysis(
  _ analysis: any Analysis, _ inputs: [Plan], to needed: Set<String>, of plan: Plan
) -> Plan {
  let passed = needed.subtracting(analysis.fields.map(\.name))
  // Nobody reads what it makes: the rows are enough.
  if analysis.keepsRows, passed.count == needed.count, let input = inputs.first {
    return pruned(input, to: needed)
  }
  let narrowed = inputs.enumerated().map { index, input in
    let own = analysis.keepsRows && index == 0 ? passed : []
    return pruned(input, to: analysis.columnNames(ofInput: index).union(own))
  }
  return .analysis(analysis, over: narrowed, range: plan.range)
}

/// A table or binding with the needed columns alone, and one where none is, for its rows.
private func narrowed(_ plan: Plan, to needed: Set<String>) -> Plan {
  let fields = plan.schema.fields
  let kept = keepingOne(fields.filter { needed.contains($0.name) }, of: fields)
  if kept.count == fields.count { return plan }
  return plan.projected(to: kept.map { NamedExpression($0.name, .column($0)) }, range: plan.range)
}

private func keepingOne<Part>(_ kept: [Part], of all: [Part]) -> [Part] {
  kept.isEmpty ? Array(all.prefix(1)) : kept
}

private func names(_ expressions: [ScalarExpression]) -> Set<String> {
  expressions.reduce(into: []) { $0.formUnion($1.columnNames) }
}
