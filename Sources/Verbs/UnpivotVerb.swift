import Checking
import Columns
import Parsing
import Plans

/// `unpivot`: columns become rows.
struct UnpivotVerb: Verb {
  let signature = VerbSignature(
    name: "unpivot", aliases: ["melt"],
    usage: "unpivot COLUMN, … [with name = \"name\", value = \"value\"]", items: .columns,
    options: [
      .init("name", .string, default: "\"name\"", "the column that holds the names"),
      .init("value", .string, default: "\"value\"", "the column that holds the values"),
    ],
    summary: "makes a row for each row and each of these columns",
    help: """
      The other columns stay, then come the name of the column and its value. The rows of one row \
      stay together, in the order in which the columns are given; nulls stay. Int and float \
      together become float; other types must be alike. A default name that is taken gets `_2`.
      """,
    examples: [
      "example | select screen_name, followers, friends | unpivot followers, friends",
      "example | unpivot followers, friends with name = \"measure\" "
        + "| group median(value) by measure",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'unpivot' needs a column", hint: call.usageHint, at: call.stage.range)
      return nil
    }
    var fields: [(field: Field, item: Item)] = []
    for item in call.items {
      guard let field = call.column(item) else { continue }
      if fields.contains(where: { $0.field.name == field.name }) {
        call.report("column '\(field.name)' is given twice", at: item.range)
        continue
      }
      fields.append((field, item))
    }
    guard fields.count == call.items.count, let type = call.sharedType(fields) else { return nil }
    let columns = fields.map(\.field.name)
    var taken = Set(call.input.schema.names).subtracting(columns)
    guard let name = call.newName("name", &taken), let value = call.newName("value", &taken)
    else { return nil }
    let converted = fields.compactMap { field, _ in
      field.type == type
        ? nil : NamedExpression(field.name, call.convert(.column(field), to: type))
    }
    let input =
      converted.isEmpty ? call.input : call.input.extended(by: converted, range: call.range)
    return input.expanded(.columns(columns, name: name, value: value), range: call.range)
  }
}

extension VerbCall {
  /// The type of a column that holds the values of all; nil with an error where there is none.
  fileprivate func sharedType(_ fields: [(field: Field, item: Item)]) -> DataType? {
    guard let first = fields.first?.field else { return nil }
    let isNumeric = fields.allSatisfy { $0.field.type == .int || $0.field.type == .float }
    for (field, item) in fields where field.type != first.type && !isNumeric {
      report(
        "'\(first.name)' is \(first.type.phrase) and '\(field.name)' is \(field.type.phrase)",
        hint: "make them text first: | derive "
          + [first, field].filter { $0.type != .string }.map(\.name).map { name in
            "\(quotedName(name)) = string(\(quotedName(name)))"
          }.joined(separator: ", "), at: item.range)
      return nil
    }
    return fields.allSatisfy { $0.field.type == first.type } ? first.type : .float
  }

  /// The name of a new column as its option says; nil with an error where it is taken.
  fileprivate func newName(_ option: String, _ taken: inout Set<String>) -> String? {
    guard let item = items(of: .with).first(where: { $0.name?.text == option }) else {
      let name = freeName(option, among: taken)
      taken.insert(name)
      return name
    }
    guard case .string(let name)? = self.option(option) else { return nil }
    if taken.contains(name) || name.isEmpty {
      report(
        name.isEmpty ? "a column needs a name" : "there is a column '\(name)' already",
        hint: "write with \(option) = \"…\"", at: item.value.range)
      return nil
    }
    taken.insert(name)
    return name
  }
}
