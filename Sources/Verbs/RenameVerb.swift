import Checking
import Columns
import Parsing
import Plans

/// `rename`: the same columns under other names.
struct RenameVerb: Verb {
  let signature = VerbSignature(
    name: "rename", usage: "rename NEW = OLD, …", items: .renames,
    summary: "gives columns other names",
    help: "Names may be swapped: rename a = b, b = a.",
    examples: [
      "example | rename following = friends",
      "example | rename handle = screen_name, born = created_at | take 3",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    if call.items.isEmpty {
      call.report("'rename' needs new = old", hint: call.usageHint, at: call.stage.range)
    }
    var newNames: [String: Name] = [:]
    for item in call.items {
      guard let name = item.name else {
        call.report("'rename' needs new = old", hint: call.usageHint, at: item.range)
        continue
      }
      guard let field = call.column(item.value) else {
        call.markUnknown(name.text)
        continue
      }
      if newNames.updateValue(name, forKey: field.name) != nil {
        call.report("'\(field.name)' is renamed twice", at: item.range)
      }
    }
    return renamed(call, newNames)
  }

  private func renamed(_ call: VerbCall, _ newNames: [String: Name]) -> Plan {
    var taken: Set<String> = []
    // Kept names first, so that the new name is the one to blame.
    for field in call.input.schema.fields where newNames[field.name] == nil {
      taken.insert(field.name)
    }
    let columns = call.input.schema.fields.map { field -> NamedExpression in
      guard let name = newNames[field.name] else {
        return NamedExpression(field.name, .column(field))
      }
      if !taken.insert(name.text).inserted {
        call.report("two columns are called '\(name.text)'", at: name.range)
        return NamedExpression(freeName(name.text, among: taken), .column(field))
      }
      return NamedExpression(name.text, .column(field))
    }
    let names = columns.map(\.name)
    guard Set(names).count == names.count else { return call.input }
    return call.input.projected(to: columns, range: call.range)
  }
}
