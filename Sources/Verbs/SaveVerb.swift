import Checking
import Columns
import Parsing
import Plans

/// `save`: the result goes to a file.
struct SaveVerb: Verb {
  let signature = VerbSignature(
    name: "save", usage: "save \"FILE\" [with format = csv, replace = true]", items: .path,
    options: [
      .init(
        "format", .string, default: "by the file's ending", choices: SaveRequest.formats,
        "how it is written"),
      .init("replace", .bool, default: "false", "whether an existing file is replaced"),
    ],
    summary: "writes the result to a file",
    help: """
      It is the last stage. `to \"x.csv\"` behind any last stage does the same. In a workbook (xlsx) \
      keys and integers of more than 15 digits are text, so that nothing is rounded. An \
      Arrow file (arrow) is a snapshot: `load` opens it at once, whatever its size, and pyarrow, \
      polars and DuckDB read it. A file is there whole or not at all; what replaces another is synced to \
      the disk first, so that a loss of power leaves the old one or the new one.
      """,
    examples: [
      "example | save \"followers.csv\" with replace = true",
      "example | group by lang | save \"languages.json\"",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let item = call.items.first else {
      call.report("'save' needs a path in quotes", hint: call.usageHint, at: call.stage.range)
      return call.input
    }
    if call.items.count > 1 {
      call.report("'save' takes one path", hint: call.usageHint, at: call.items[1].range)
    }
    guard let path = call.text(item, of: "a path") else { return call.input }
    var (format, replace): (String?, Bool) = (nil, false)
    if case .string(let text)? = call.option("format") { format = text }
    if case .bool(let value)? = call.option("replace") { replace = value }
    call.save(
      SaveRequest(path: path, format: format, replace: replace, range: item.range))
    return call.input
  }
}
