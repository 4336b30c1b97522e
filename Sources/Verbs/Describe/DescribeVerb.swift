import Checking
import Columns
import Parsing
import Plans

/// `describe`: what is in a table, one row for each of its columns.
struct DescribeVerb: Verb {
  let signature = VerbSignature(
    name: "describe", aliases: ["profile"], usage: "describe [COLUMN, …]", items: .columns,
    summary: "says what is in each column: nulls, range, usual values, frequent values, shape",
    help: """
      One row for each column, in their order: nulls, its rows without a value; distinct, how many \
      different values there are; median, q25 and q75, between which the middle half lies, min and \
      max, of all rows, as short texts: times as days where they span four or more, numbers to \
      about four digits, texts cut after 12 characters; top, up to three values that occur more \
      than once, with their share of the values that are there; spark, the shape. Of numbers and \
      times spark counts the values in 12 even steps from min to max, in even steps of ln(1 + x) \
      where no value is negative and max is over 20 times q75 (a note says of which); of texts and \
      bools it shows how often the 12 most frequent values occur.
      """,
    examples: [
      "example | describe",
      "example | describe followers, lang | filter nulls > 0",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let fields = fields(call) else { return nil }
    let rows = rows(call.input, fields, call)
    let profiles = fields.enumerated().map { position, field in
      ColumnProfile(field: field, position: position, rows: rows, range: call.range)
    }
    let figures = rows.aggregated(
      by: [], profiles.flatMap { $0.figures }, range: call.range)
    let row = Plan.binding(
      Binding(name: "figures of describe", plan: figures), range: call.range)
    remark(profiles, row, call)
    return .union(profiles.map { $0.plan(over: row) }, range: call.range)
  }

  /// The columns that are named, or all; nil with an error.
  private func fields(_ call: VerbCall) -> [Field]? {
    if call.items.isEmpty { return call.input.schema.fields }
    var fields: [Field] = []
    for item in call.items {
      guard let field = call.column(item) else { continue }
      if fields.contains(where: { $0.name == field.name }) {
        call.report("column '\(field.name)' is given twice", at: item.range)
        continue
      }
      fields.append(field)
    }
    return fields.count == call.items.count ? fields : nil
  }

  /// The columns in question, computed once: every profile reads them again.
  private func rows(_ input: Plan, _ fields: [Field], _ call: VerbCall) -> Plan {
    switch input.node {
    case .table, .binding: return input
    default: break
    }
    let columns = fields.map { NamedExpression($0.name, .column($0)) }
    let plan =
      fields.count == input.schema.fields.count
      ? input : input.projected(to: columns, range: call.range)
    return .binding(Binding(name: "rows of describe", plan: plan), range: call.range)
  }

  /// Says which sparks are logarithmic.
  private func remark(_ profiles: [ColumnProfile], _ row: Plan, _ call: VerbCall) {
    let scales = profiles.compactMap { profile in
      profile.distribution?.isLogarithmic.map { NamedExpression(profile.field.name, $0) }
    }
    if scales.isEmpty { return }
    let names = scales.map { quotedName($0.name) }
    call.remark(
      Remark(plan: row.projected(to: scales, range: call.range)) { table in
        guard table.rowCount == 1 else { return [] }
        let found = zip(names, table.row(0)).filter { $1 == .bool(true) }.map(\.0)
        return found.isEmpty
          ? []
          : [
            "spark is logarithmic, as most values are far below the largest, of "
              + found.joined(separator: ", ")
          ]
      })
  }
}
