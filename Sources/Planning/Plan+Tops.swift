import Plans

extension Plan {
  /// The plan with what takes the first or last rows of a sort right above it: `sort | take n` becomes a top of
  /// n, which keeps n rows instead of sorting all.
  ///
  /// Below it go steps between the two that give one row for each of theirs, which are then computed of the rows
  /// taken alone. With `tellsTies` the reader is told how many rows tie with the last.
  func withTops(tellsTies: Bool) -> Plan {
    let plan = mappingInputs { $0.withTops(tellsTies: tellsTies) }
    switch plan.node {
    case .slice(let input, let offset, let count):
      return input.cuttingSort { sort in
        (tellsTies ? sort.first(count, from: offset, of: plan) : nil)
          ?? sort.sliced(offset: offset, count: count, range: plan.range)
      } ?? plan
    case .tail(let input, let count):
      return input.cuttingSort { $0.tail(count, range: plan.range) } ?? plan
    default: return plan
    }
  }

  /// The plan with its sort cut by what leaves rows by their places alone; nil where it does not come to a
  /// sort.
  private func cuttingSort(_ cut: (Plan) -> Plan) -> Plan? {
    switch node {
    case .sort: cut(self)
    case .project(let input, let columns):
      input.cuttingSort(cut)?.projected(to: columns, range: range)
    case .join(let join) where join.extendsRows:
      join.left.cuttingSort(cut).map { .join(join.over($0, join.right), range: range) }
    default: nil
    }
  }

  /// The first rows of this sort as a top; nil for those from another place on, and for many.
  private func first(_ count: Int, from offset: Int, of slice: Plan) -> Plan? {
    guard offset == 0, count <= Self.largestTop, case .sort(let rows, let keys) = node else {
      return nil
    }
    return rows.top(count, by: keys, range: range)
  }

  /// Of more rows it is not told how many tie with the last, and they are taken as a slice.
  private static var largestTop: Int { 10_000 }
}

extension Plan {
  /// The rows of the plan without its sort, where it sorts them and computes columns of each row alone, the
  /// keys in the names that these have above, and the sort.
  var beforeSort: (rows: Plan, keys: [SortKey], sort: Plan)? {
    switch node {
    case .sort(let input, let keys): return (input, keys, self)
    case .project(let input, let columns):
      guard let (rows, keys, sort) = input.beforeSort else { return nil }
      var renamed: [SortKey] = []
      for key in keys {
        guard let own = key.named(in: columns) else { return nil }
        renamed.append(own)
      }
      return (rows.projected(to: columns, range: range), renamed, sort)
    default: return nil
    }
  }
}

extension SortKey {
  /// The key in the names that a projection gives its columns; nil where it drops one.
  fileprivate func named(in columns: [NamedExpression]) -> SortKey? {
    var names: [String: NamedExpression] = [:]
    for column in columns {
      if let source = column.expression.columnName { names[source] = column }
    }
    guard expression.columnNames.allSatisfy({ names[$0] != nil }) else { return nil }
    let renamed = expression.replacingColumns { source in
      names[source].map {
        ScalarExpression(.column($0.name), type: $0.expression.type, range: $0.expression.range)
      }
    }
    return SortKey(renamed, isDescending: isDescending)
  }
}
