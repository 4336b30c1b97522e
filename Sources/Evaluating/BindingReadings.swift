import Plans
import Synchronization

/// Which columns of bindings an evaluation reads, so that those of all places are computed at once.
final class BindingReadings: Sendable {
  /// By binding; nil for all.
  private let columns = Mutex<[ObjectIdentifier: Set<String>?]>([:])

  /// Adds what a plan reads: as it is pruned, a projection right above a binding takes what is needed of it.
  ///
  /// Plans in its expressions are taken as they will be planned.
  func add(_ plan: Plan, _ planning: (Plan, Set<String>?) -> Plan) {
    for inner in plan.plansInExpressions { add(planning(inner, nil), planning) }
    if case .binding(let binding) = plan.node { return add(nil, of: binding) }
    guard case .project(let input, let columns) = plan.node, case .binding(let binding) = input.node
    else { return plan.inputs.forEach { add($0, planning) } }
    add(columns.reduce(into: []) { $0.formUnion($1.expression.columnNames) }, of: binding)
  }

  private func add(_ names: Set<String>?, of binding: Binding) {
    columns.withLock { columns in
      let id = ObjectIdentifier(binding)
      guard let known = columns[id] else {
        columns[id] = .some(names)
        return
      }
      guard let known, let names else {
        columns[id] = .some(nil)
        return
      }
      columns[id] = .some(known.union(names))
    }
  }

  /// The columns of a binding that are read anywhere, with these; nil for all.
  func columns(of binding: Binding, and needed: Set<String>?) -> Set<String>? {
    guard let needed, let all = columns.withLock({ $0[ObjectIdentifier(binding)] }) else {
      return needed
    }
    return all?.union(needed)
  }
}
