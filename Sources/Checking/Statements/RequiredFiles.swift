package import Diagnostics
package import Parsing

/// The paths that a statement reads without `load` (`"x.csv" | …`, `join "x.csv" on k`), as written.
///
/// The session loads them first and puts them into `Scope.files` by these paths. A path that is
/// read twice is given twice.
package func requiredFiles(
  of statement: Statement, verbs: VerbTable
) -> [(path: String, range: SourceRange)] {
  var search = FileSearch(verbs: verbs)
  switch statement.kind {
  case .load, .attach: break
  case .parameter(let parameter):
    if parameter.type?.text == "table", let value = parameter.defaultValue {
      search.visitTable(value)
    }
  case .binding(_, let pipeline), .definition(_, _, let pipeline), .explain(let pipeline),
    .sql(let pipeline), .verify(let pipeline), .pipeline(let pipeline):
    search.visit(pipeline)
  }
  return search.found
}

/// Walks a statement for the strings that stand where a table does.
private struct FileSearch {
  let verbs: VerbTable
  var found: [(path: String, range: SourceRange)] = []
  private var depth = 0

  init(verbs: VerbTable) { self.verbs = verbs }

  mutating func visit(_ pipeline: Pipeline) {
    switch pipeline.origin {
    case .file(let path, let range): found.append((path, range))
    case .pipeline(let inner): deeper { $0.visit(inner) }
    case .expression(let expression): visit(expression)
    case .verb(let stage): visit(stage)
    case .name, .handle, .missing: break
    }
    for stage in pipeline.stages { visit(stage) }
  }

  private mutating func visit(_ stage: Stage) {
    let takesTables = verbs[stage.verb.text]?.signature.items == .tables
    for item in stage.items {
      if takesTables { visitTable(item.value) } else { visit(item.value) }
    }
    for item in stage.clauses.flatMap(\.items) { visit(item.value) }
  }

  mutating func visitTable(_ expression: Expression) {
    if case .string(let path) = expression.kind {
      found.append((path, expression.range))
    } else {
      visit(expression)
    }
  }

  private mutating func visit(_ expression: Expression) {
    deeper { $0.visitParts(of: expression) }
  }

  private mutating func visitParts(of expression: Expression) {
    switch expression.kind {
    case .pipeline(let pipeline): visit(pipeline)
    case .unary(_, let operand): visit(operand)
    case .binary(_, let left, let right), .range(let left, let right):
      visit(left)
      visit(right)
    case .between(let value, let low, let high, _):
      for part in [value, low, high] { visit(part) }
    case .membership(let value, .list(let elements), _):
      for part in [value] + elements { visit(part) }
    case .membership(let value, .range(let low, let high), _):
      for part in [value, low, high] { visit(part) }
    case .membership(let value, .value(let set), _):
      visit(value)
      visit(set)
    case .call(_, let items): for item in items { visit(item.value) }
    case .null, .bool, .integer, .float, .string, .regex, .date, .duration, .name, .parameter,
      .handle, .missing:
      break
    }
  }

  /// Deeper than the checker walks, nothing is read.
  private mutating func deeper(_ body: (inout FileSearch) -> Void) {
    guard depth <= Checker.maximumDepth else { return }
    depth += 1
    body(&self)
    depth -= 1
  }
}
