package import Plans

extension Plan {
  /// The plan with the steps of bindings that it reads once written into it, and these bindings.
  ///
  /// What stands above them then narrows what they compute. It is not kept, so it is done for steps that take about
  /// as long as reading what they gave, of bindings that no statement has read before.
  package func withBindingsInlined() -> (Plan, [Binding]) {
    var counts: [ObjectIdentifier: Int] = [:]
    countBindings(&counts)
    var inlined: [Binding] = []
    func inlining(_ plan: Plan) -> Plan {
      guard case .binding(let binding) = plan.node else { return plan.mappingInputs(inlining) }
      guard counts[ObjectIdentifier(binding)] == 1, !binding.isRead, !binding.isKept,
        binding.plan.isQuick
      else { return plan }
      inlined.append(binding)
      return inlining(binding.plan)
    }
    if counts.isEmpty { return (self, []) }
    return (inlining(self), inlined)
  }

  /// How often each binding is read here, in the plans of expressions and of bindings.
  private func countBindings(_ counts: inout [ObjectIdentifier: Int]) {
    if case .binding(let binding) = node {
      let times = counts[ObjectIdentifier(binding)] ?? 0
      counts[ObjectIdentifier(binding)] = times + 1
      if times == 0, !binding.isKept { binding.plan.countBindings(&counts) }
    }
    for plan in inputs + plansInExpressions { plan.countBindings(&counts) }
  }

  /// Whether each of its steps makes a row of one row, or drops it, or orders rows.
  private var isQuick: Bool {
    switch node {
    case .table, .binding: true
    case .filter, .project, .sort, .slice, .tail, .top, .expand, .union:
      inputs.allSatisfy(\.isQuick)
    default: false
    }
  }
}
