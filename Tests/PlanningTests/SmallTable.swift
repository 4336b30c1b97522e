import Columns
import Plans

/// A table of a row, for plans of which only the shape matters.
let smallTable = Plan.table(
  Table(
    name: "t",
    fields: [
      Field(name: "a", type: .int), Field(name: "b", type: .int), Field(name: "c", type: .string),
    ], rows: [[.int(1), .int(2), .string("x")]]))

/// A column of a plan that has it.
func planColumn(_ name: String, of plan: Plan) -> ScalarExpression {
  guard let field = plan.schema.field(name) else { preconditionFailure("no column \(name)") }
  return .column(field)
}
