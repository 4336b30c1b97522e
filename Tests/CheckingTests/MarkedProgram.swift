import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Testing
import Verbs

/// The scope of the tests: the table `example`, another one, and a clock that stands.
func exampleScope() -> Scope {
  var scope = Scope(verbs: .standard, now: 1_717_200_000_000_000) { pattern in
    pattern.contains("[") && !pattern.contains("]") ? "missing ]" : nil
  }
  scope.tables["example"] = Catalogue.exampleTable
  scope.tables["other"] = Table(
    name: "other",
    fields: [
      Field(name: "id", type: .string), Field(name: "handle", type: .string),
      Field(name: "followers", type: .float), Field(name: "day", type: .date),
      Field(name: "limit", type: .int),
    ], rows: [[.string("1"), .string("a"), .float(1), .date(19000), .int(3)]])
  scope.scalars["threshold"] = .constant(.int(50))
  // Stands for the session: one row of nulls, whatever is asked.
  scope.compute = { plan in
    let fields = plan.schema.fields
    return .success(Table(name: "", fields: fields, rows: [fields.map { _ in .null }]))
  }
  return scope
}

/// A program whose statements are checked one after the other, as a session does.
struct CheckedProgram {
  var scope: Scope
  /// What the last statement became.
  var statement: CheckedStatement?
  var diagnostics: [Diagnostic] = []
  let source: Source

  init(_ text: String, scope: Scope = exampleScope()) {
    self.scope = scope
    source = Source(name: "test", text: text)
    let (program, problems) = parse(source)
    diagnostics = problems
    for statement in program.statements {
      for file in requiredFiles(of: statement, verbs: self.scope.verbs) {
        self.scope.files[file.path] = Catalogue.exampleTable.named("file")
      }
      let (checked, found) = check(statement, in: self.scope)
      diagnostics += found
      self.statement = checked
      if let checked { keep(checked) }
    }
  }

  private mutating func keep(_ statement: CheckedStatement) {
    switch statement {
    case .bind(let name, let plan): scope.bindings[name] = Binding(name: name, plan: plan)
    case .bindScalar(let name, let scalar): scope.scalars[name] = scalar
    case .define(let definition): scope.definitions[definition.name] = definition
    case .declareParameter(let parameter):
      if let value = parameter.defaultValue { scope.parameters[parameter.name] = value }
    case .run(let pipeline): scope.last = pipeline.plan
    case .load, .attach, .explain, .scalar: break
    }
  }

  /// The plan of the last statement.
  var plan: Plan? {
    switch statement {
    case .run(let pipeline), .explain(let pipeline): pipeline.plan
    case .bind(_, let plan): plan
    default: nil
    }
  }

  /// The last statement as an expression.
  var scalar: ScalarExpression? {
    switch statement {
    case .scalar(let scalar), .bindScalar(_, let scalar): scalar
    default: nil
    }
  }

  /// The steps of the last plan without its source.
  var steps: [String] { plan.map { Array($0.lines.dropFirst()) } ?? [] }
}

/// Expects these messages (`message: hint`), at the places between ‹ and › in this order.
func expectErrors(
  _ marked: String, _ messages: String..., scope: Scope = exampleScope(),
  location: SourceLocation = #_sourceLocation
) {
  let (text, places) = unmark(marked)
  let program = CheckedProgram(text, scope: scope)
  let found = program.diagnostics.map { diagnostic in
    diagnostic.message + (diagnostic.hint.map { ": \($0)" } ?? "")
  }
  #expect(found == messages, sourceLocation: location)
  #expect(program.statement == nil, sourceLocation: location)
  let ranges = program.diagnostics.map { diagnostic in
    diagnostic.range.map { program.source.text(in: $0.start..<$0.end) } ?? "nowhere"
  }
  let starts = program.diagnostics.map { $0.range?.start ?? -1 }
  #expect(ranges == places.map(\.text), sourceLocation: location)
  #expect(starts == places.map(\.start), sourceLocation: location)
}

/// The text without its marks, and the marked parts with their byte offsets.
private func unmark(_ marked: String) -> (text: String, places: [(text: String, start: Int)]) {
  var text = ""
  var open: [Int] = []
  var places: [(text: String, start: Int)] = []
  for character in marked {
    switch character {
    case "‹": open.append(text.utf8.count)
    case "›":
      let start = open.removeLast()
      let part = String(decoding: Array(text.utf8)[start...], as: UTF8.self)
      places.append((part, start))
    default: text.append(character)
    }
  }
  return (text, places.sorted { $0.start < $1.start })
}

/// Expects that the program is right and that its last condition or scalar reads so.
func expectCondition(
  _ condition: String, _ text: String, location: SourceLocation = #_sourceLocation
) {
  let program = CheckedProgram("example | filter \(condition)")
  #expect(program.diagnostics.map(\.message) == [], sourceLocation: location)
  #expect(program.steps == ["| filter \(text)"], sourceLocation: location)
}
