import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Testing
import Verbs

/// The tables of these tests: `example`, and `other` with some columns of the same names.
func lower(_ text: String) -> (pipeline: CheckedPipeline?, errors: [String]) {
  var scope = Scope(verbs: .standard, now: 1_717_200_000_000_000)
  scope.tables["example"] = Catalogue.exampleTable
  scope.tables["other"] = Table(
    name: "other",
    fields: [
      Field(name: "screen_name", type: .string), Field(name: "handle", type: .string),
      Field(name: "followers", type: .float), Field(name: "created_at", type: .date),
      Field(name: "verified", type: .string),
    ], rows: [])
  let (program, problems) = parse(Source(name: "test", text: text))
  var errors = problems
  var pipeline: CheckedPipeline?
  for statement in program.statements {
    let (checked, found) = check(statement, in: scope)
    errors += found
    if case .run(let run)? = checked { pipeline = run }
  }
  return (pipeline, errors.map { $0.message + ($0.hint.map { ": \($0)" } ?? "") })
}

/// Expects the steps of the plan behind `example |`, and the columns that it gives.
func expectSteps(
  _ stages: String, _ steps: String..., columns: [String]? = nil,
  location: SourceLocation = #_sourceLocation
) {
  let (pipeline, errors) = lower("example | \(stages)")
  #expect(errors == [], sourceLocation: location)
  #expect(pipeline.map { Array($0.plan.lines.dropFirst()) } == steps, sourceLocation: location)
  if let columns { #expect(pipeline?.plan.schema.names == columns, sourceLocation: location) }
}

/// Expects these messages (`message: hint`) of stages behind `example |`.
func expectErrors(
  _ stages: String, _ messages: String..., location: SourceLocation = #_sourceLocation
) {
  #expect(lower("example | \(stages)").errors == messages, sourceLocation: location)
}
