import Columns

extension Plan {
  /// The plan as `explain` shows it: one line a step, the source first, side inputs indented.
  package var lines: [String] { lines(depth: 0) }

  private func lines(depth: Int) -> [String] {
    // A let inside a let is a name here, so depth is that of written parentheses.
    guard depth < 64 else { return ["…"] }
    var steps: [Plan] = []
    var current = self
    while let input = current.mainInput {
      steps.append(current)
      current = input
    }
    var lines: [String] = []
    if case .union(let plans) = current.node {
      lines.append("union")
      for plan in plans { lines += plan.lines(depth: depth + 1).map { "    " + $0 } }
    } else {
      lines.append(current.title)
    }
    for step in steps.reversed() {
      lines.append(
        "| " + step.title + (step.isWorthOrdering && step.isOrderFree ? ", in any order" : ""))
      if case .join(let join) = step.node {
        lines += join.right.lines(depth: depth + 1).map { "    " + $0 }
      }
      if case .analysis(_, let inputs) = step.node {
        for input in inputs.dropFirst() {
          lines += input.lines(depth: depth + 1).map { "    " + $0 }
        }
      }
    }
    return lines
  }

  /// Whether the order of its rows costs work of its own.
  private var isWorthOrdering: Bool {
    switch node {
    case .aggregate, .distinct, .join: true
    default: false
    }
  }

  /// The input whose rows this step works along; nil for sources and unions.
  private var mainInput: Plan? {
    switch node {
    case .table, .binding, .union: nil
    case .filter(let input, _), .project(let input, _), .aggregate(let input, _, _),
      .broadcast(let input, _, _), .window(let input, _, _, _), .sort(let input, _),
      .slice(let input, _, _), .tail(let input, _), .sample(let input, _, _),
      .top(let input, _, _, _), .distinct(let input, _), .fill(let input, _),
      .expand(let input, _):
      input
    case .join(let join): join.left
    case .analysis(_, let inputs): inputs.first
    }
  }

  /// What the rows come from, by name, without what is done to them.
  package var sourceName: String {
    var source = self
    while let input = source.mainInput { source = input }
    switch source.node {
    case .table(let table): return quotedName(table.name)
    case .binding(let binding): return quotedName(binding.name)
    default: return source.title
    }
  }

  /// The name of the table or `let` that the rows come from; `rows` where several do.
  package var originName: String {
    var source = self
    while let input = source.mainInput { source = input }
    switch source.node {
    case .table(let table): return table.name.isEmpty ? "rows" : table.name
    case .binding(let binding):
      return binding.name == "_" ? binding.plan.originName : binding.name
    default: return "rows"
    }
  }

  /// The plan on one line, for an expression that holds it.
  var brief: String {
    var lines = self.lines
    lines[0] = sourceName
    return lines.count > 4
      ? "\(lines[0]) … \(lines[lines.count - 1])" : lines.joined(separator: " ")
  }

  /// This step alone, without its inputs: `filter followers < 10`.
  package var title: String {
    switch node {
    case .table(let table):
      return "\(quotedName(table.name)): \(table.rowCount) rows, \(table.columns.count) columns"
    case .binding(let binding):
      return "\(quotedName(binding.name)): let" + (binding.table == nil ? "" : ", computed")
    case .filter(_, let condition): return "filter \(condition.text)"
    case .project(let input, let columns): return projectTitle(columns, over: input)
    case .aggregate(_, let keys, let aggregates):
      return (["aggregate"] + (aggregates.isEmpty ? [] : [list(aggregates.map(\.text))])).joined(
        separator: " ") + suffix("by", keys.map(\.text))
    case .broadcast(_, let partition, let aggregates):
      return "broadcast \(list(aggregates.map(\.text)))" + suffix("per", partition.map(\.text))
    case .window(_, let order, let partition, let functions):
      return "window \(list(functions.map(\.text)))" + suffix("by", order.map(\.text))
        + suffix("per", partition.map(\.text))
    case .tail(_, let count): return "tail \(count)"
    case .sample(_, let sampling, let partition):
      return "sample \(sampling.text)" + suffix("per", partition.map(\.text))
        + " with seed = \(sampling.seed)"
    case .sort(_, let keys): return "sort \(list(keys.map(\.text)))"
    case .slice(_, let offset, let count):
      return "take \(count)" + (offset == 0 ? "" : " from row \(offset + 1)")
    case .top(_, let count, let keys, let partition):
      return "top \(count) by \(list(keys.map(\.text)))" + suffix("per", partition.map(\.text))
    case .distinct(_, let expressions):
      return expressions.isEmpty ? "distinct rows" : "distinct by \(list(expressions.map(\.text)))"
    case .join(let join): return join.title
    case .union(let plans): return "union of \(plans.count)"
    case .fill(_, let fill): return fill.title
    case .expand(_, let expansion): return expansion.title
    case .analysis(let analysis, _): return analysis.title
    }
  }

  /// `derive x = …` where all columns of the input stay, else `select …`.
  private func projectTitle(_ columns: [NamedExpression], over input: Plan) -> String {
    let kept = Set(columns.filter(\.isUnchanged).map(\.name))
    // Columns that begin with `#` are made by verbs for themselves.
    let names = input.schema.names.filter { !$0.hasPrefix("#") }
    if !kept.isEmpty, names.allSatisfy({ name in columns.contains { $0.name == name } }) {
      let changed = columns.filter { !$0.isUnchanged }
      return changed.isEmpty
        ? "select \(list(columns.map(\.text)))" : "derive \(list(changed.map(\.text)))"
    }
    return "select \(list(columns.map(\.text)))"
  }

  private func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

  private func suffix(_ word: String, _ parts: [String]) -> String {
    parts.isEmpty ? "" : " \(word) \(list(parts))"
  }
}

extension NamedExpression {
  /// Whether it is a column of the input under its own name.
  package var isUnchanged: Bool {
    if case .column(let source) = expression.node { return source == name }
    return false
  }

  /// `name = expression`, or the name alone where that says it all.
  var text: String { isUnchanged ? quotedName(name) : "\(quotedName(name)) = \(expression.text)" }
}

extension NamedAggregate {
  var text: String { "\(quotedName(name)) = \(call.text)" }
}

extension AggregateCall {
  /// As it would be written in a program.
  package var text: String {
    let parts = arguments.map(\.text) + (parameter.map { [$0.description] } ?? [])
    return "\(function.rawValue)(\(parts.joined(separator: ", ")))"
  }
}

extension NamedWindow {
  var text: String { "\(quotedName(name)) = \(call.text)" }
}

extension WindowCall {
  /// As it would be written in a program.
  package var text: String {
    let parts = (argument.map { [$0.text] } ?? []) + (parameter.map { [String($0)] } ?? [])
    return "\(function.rawValue)(\(parts.joined(separator: ", ")))"
  }
}

extension Sampling {
  fileprivate var text: String {
    switch size {
    case .rows(let count): String(count)
    case .chance(let chance): chance.description
    }
  }
}

extension SortKey {
  var text: String { expression.text + (isDescending ? " desc" : "") }
}

extension Join {
  var title: String {
    let pairs = keys.map {
      $0.left.text == $0.right.text ? $0.left.text : "\($0.left.text) = \($0.right.text)"
    }
    let added = rightColumns.map {
      $0.source == $0.name
        ? quotedName($0.name) : "\(quotedName($0.name)) = \(quotedName($0.source))"
    }
    return "join \(kind.rawValue) on \(pairs.joined(separator: ", "))"
      + (added.isEmpty ? "" : " adding \(added.joined(separator: ", "))")
  }
}
