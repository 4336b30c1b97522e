import Calendars
import Checking
import Columns
import Diagnostics
import Plans
import Shell
import Verbs

/// A text with `¦` where the cursor stands, and the scope that it is completed in.
struct Prompt {
  let completion: Completion
  private let text: String

  init(_ marked: String, scope: Scope = Prompt.scope, entries: [String: [String]] = Prompt.files) {
    let parts = marked.split(separator: "¦", maxSplits: 1, omittingEmptySubsequences: false)
    text = parts.joined()
    let surroundings = Surroundings(commands: Prompt.commands) { folder in
      (entries[folder] ?? []).map { name in
        Surroundings.Entry(
          name: name.hasSuffix("/") ? String(name.dropLast()) : name, isFolder: name.hasSuffix("/"))
      }
    }
    completion = completions(
      of: text, cursor: parts[0].utf8.count, scope: scope, surroundings: surroundings)
  }

  var texts: [String] { completion.candidates.map(\.text) }

  /// The text with a candidate in place.
  func completed(_ candidate: Candidate) -> String {
    let bytes = Array(text.utf8)
    let range = completion.range
    return String(
      decoding: bytes[..<range.start] + Array(candidate.text.utf8) + bytes[range.end...],
      as: UTF8.self)
  }

  static let files = [
    "": ["acme.csv", "my list.csv", "exports/", ".hidden", "quo\"te.csv", "evil\u{1B}[2J.csv"],
    "exports/": ["a.csv.gz", "b.jsonl"],
  ]

  static let commands: [CommandDescription] = [
    .init(name: "help", usage: ".help [WORD]", summary: "explains", argument: .topic),
    .init(name: "schema", usage: ".schema [TABLE]", summary: "lists columns", argument: .table),
    .init(name: "read", usage: ".read FILE", summary: "runs a file", argument: .file),
    .init(
      name: "format", usage: ".format FORMAT", summary: "sets the format",
      argument: .choice(["table", "csv", "json"])),
    .init(name: "quit", usage: ".quit", summary: "ends", argument: .none),
  ]

  /// The tables `example` and `odd`, a table and a scalar `let`, a `def`, a parameter.
  static let scope: Scope = {
    var scope = Scope(verbs: .standard, now: 1_717_200_000_000_000)
    scope.tables["example"] = Catalogue.exampleTable
    scope.tables["odd name"] = Table(
      name: "odd name",
      fields: [
        Field(name: "my column", type: .string), Field(name: "by", type: .int),
        Field(name: "evil\u{1B}[2J", type: .float), Field(name: "b\u{202E}c", type: .bool),
        Field(name: "joined\u{115F}", type: .int),
        Field(name: "tweets", type: .int, originalName: "Tweets"),
      ], rows: [[.string("a \"b\"\u{1B}"), .int(1), .float(1), .bool(true), .int(2), .int(3)]])
    let fresh = Plan.table(Catalogue.exampleTable)
    scope.bindings["fresh"] = Binding(name: "fresh", plan: fresh)
    scope.scalars["threshold"] = .constant(.int(50))
    scope.parameters["least"] = .scalar(.int(5), .int)
    scope.last = fresh.projected(to: [
      NamedExpression("only", .column(Field(name: "lang", type: .string)))
    ])
    return scope
  }()
}
