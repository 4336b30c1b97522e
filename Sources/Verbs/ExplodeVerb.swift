import Checking
import Columns
import Parsing
import Plans

/// `explode`: the elements of JSON arrays become rows.
struct ExplodeVerb: Verb {
  let signature = VerbSignature(
    name: "explode", usage: "explode COLUMN", items: .columns,
    summary: "makes a row for each element of a JSON array",
    help: """
      The element replaces the array, the other columns repeat. Strings come without their quotes, \
      other elements as their JSON text, null as null. A null or an empty array keeps its row, with \
      null; a text that is no array stays as it is, and a note says how many there are. \
      `split(text, \",\")` makes an array of a list.
      """,
    examples: [
      "example | derive word = split(description, \" \") | explode word | group by word",
      "example | select screen_name, tags = '[\"art\", 7, null]' | explode tags",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let item = call.items.first else {
      call.report("'explode' needs a column", hint: call.usageHint, at: call.stage.range)
      return call.input
    }
    if call.items.count > 1 {
      call.report(
        "'explode' takes one column, found \(call.items.count)",
        hint: "one after the other: "
          + "| explode a | explode b", at: call.items[1].range)
    }
    guard let field = call.column(item) else { return call.input }
    guard field.type == .string else {
      call.report(
        "'explode' takes a column of JSON arrays, '\(field.name)' is \(field.type.phrase)",
        at: item.range)
      return call.input
    }
    return call.input.expanded(.elements(field.name), range: call.range)
  }
}
