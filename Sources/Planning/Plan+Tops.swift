import Plans

extension Plan {
  /// The plan with `sort | take n` as a top of n, which keeps n rows instead of sorting all.
  func withTops() -> Plan {
    let plan = mappingInputs { $0.withTops() }
    guard case .slice(let input, 0, let count) = plan.node,
      case .sort(let rows, let keys) = input.node,
      count <= Self.largestTop
    else { return plan }
    return rows.top(count, by: keys, range: input.range)
  }

  /// Of more rows it is not told how many tie with the last, and they are taken as a slice.
  private static var largestTop: Int { 10_000 }
}
