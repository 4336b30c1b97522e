import Checking
import Columns
import Parsing
import Plans
import Rendering

/// Writes pages of the help: one form for verbs, functions, topics and commands.
struct HelpPage {
  let style: Style

  private var width: Int { max(40, min(style.width ?? 80, 100)) }

  // MARK: Verbs

  func lines(of verb: VerbSignature) -> [String] {
    var lines = [style.paint(verb.usage, .word)] + paragraph(verb.summary + ".")
    lines += paragraph(verb.help)
    let clauses = Clause.Word.allCases.compactMap { word in
      verb.clauses[word].map { (word.rawValue, $0.phrase) }
    }
    lines += section("clauses", clauses)
    lines += options(verb.options)
    if !verb.laterOptions.isEmpty {
      lines += section("later", [(verb.laterOptions.joined(separator: ", "), "")])
    }
    lines += also(verb.aliases)
    return lines + examples(verb.examples)
  }

  // MARK: Functions

  func lines(of entry: CatalogueEntry, aliases: [String], more: String?) -> [String] {
    var lines = [style.paint(entry.usage, .word)] + paragraph(entry.summary + ".")
    lines += paragraph(entry.help)
    lines += section(entry.kind == .operator ? "operands" : "arguments", entry.arguments)
    lines += section("gives", [(entry.result, "")]) + section("nulls", [(entry.nulls.text, "")])
    lines += also(aliases) + examples(entry.examples)
    return lines + section("more", more.map { [(".help \($0)", "")] } ?? [])
  }

  // MARK: Topics

  func lines(of topic: HelpTopic) -> [String] {
    var lines = [style.paint(topic.name, .word)] + paragraph(topic.summary + ".")
    lines += [""] + topic.text + options(topic.options)
    for group in topic.entries {
      lines += section(group, Catalogue.all.filter { $0.topic.rawValue == group }.map(\.line))
    }
    return lines + examples(topic.examples)
  }

  /// Functions of one kind.
  func lines(ofGroup name: String, _ entries: [CatalogueEntry]) -> [String] {
    [style.paint(name, .word)] + section("", entries.map(\.line))
  }

  func lines(of command: CommandDescription) -> [String] {
    var lines = [style.paint(command.usage, .word)] + paragraph(command.summary + ".")
    if case .choice(let choices) = command.argument {
      lines += section("choices", [(choices.joined(separator: ", "), "")])
    }
    return lines
  }

  // MARK: Overview

  func overview(verbs: [String], topics: [String], commands: [CommandDescription]) -> [String] {
    var lines = [
      "A statement is a table and verbs behind |:  acme | filter followers < 10 | count",
      "Files: load \"acme.csv\" as acme.  A word of this page: .help WORD",
    ]
    lines += names("verbs", verbs)
    for topic in [.aggregates] + CatalogueEntry.Topic.allCases.filter({ $0 != .aggregates }) {
      let functions = Catalogue.all.filter { $0.topic == topic && $0.kind != .operator }
      if !functions.isEmpty { lines += names(topic.rawValue, functions.map(\.name)) }
    }
    lines += names("topics", topics)
    return lines + names("commands", commands.map { "." + $0.name })
  }

  // MARK: Parts

  /// A heading and names behind it, in as many lines as they need.
  private func names(_ heading: String, _ names: [String]) -> [String] {
    let indent = 12
    let wrapped = wrap(names.joined(separator: " "), to: width - indent)
    return wrapped.enumerated().map { index, line in
      let text = index == 0 ? heading : ""
      let space = String(repeating: " ", count: max(1, indent - text.count))
      return (index == 0 ? style.paint(text, .header) : "") + space + line
    }
  }

  private func paragraph(_ text: String) -> [String] {
    text.isEmpty ? [] : wrap(text, to: width - 2).map { "  " + $0 }
  }

  private func options(_ options: [VerbSignature.Option]) -> [String] {
    section("options, behind with", options.map { ($0.written, $0.explained) })
  }

  private func also(_ aliases: [String]) -> [String] {
    aliases.isEmpty ? [] : section("also written", [(aliases.joined(separator: ", "), "")])
  }

  private func examples(_ examples: [String]) -> [String] {
    if examples.isEmpty { return [] }
    return [style.paint("examples", .header)] + examples.flatMap(example)
  }

  /// A program, one that is too long cut behind `;` or `|`, where a line may end.
  private func example(_ program: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var rest = Substring(SafeText.escapedLine(program))
    while !rest.isEmpty {
      let end = rest.firstIndex { $0 == "|" || $0 == ";" }.map { rest.index(after: $0) }
      let part = rest[..<(end ?? rest.endIndex)]
      if !line.isEmpty, line.count + part.count > width - 2 {
        lines.append("  " + line.trimmingBlanks)
        line = "  "
      }
      line += line.allSatisfy({ $0 == " " }) ? part.drop { $0 == " " } : part
      rest = rest[part.endIndex...]
    }
    return lines + ["  " + line.trimmingBlanks]
  }

  /// A heading and rows of a term and what it means, the meanings in line.
  private func section(_ heading: String, _ rows: [(term: String, meaning: String)]) -> [String] {
    if rows.isEmpty { return [] }
    var lines = heading.isEmpty ? [] : [style.paint(heading, .header)]
    let indent = min(34, (rows.map { $0.meaning.isEmpty ? 0 : $0.term.count }.max() ?? 0) + 4)
    for row in rows {
      if row.meaning.isEmpty {
        lines += paragraph(row.term)
        continue
      }
      var wrapped = wrap(row.meaning, to: max(20, width - indent))
      if row.term.count + 4 <= indent, let first = wrapped.first {
        let space = String(repeating: " ", count: indent - 2 - row.term.count)
        lines.append("  " + row.term + space + first)
        wrapped.removeFirst()
      } else {
        lines.append("  " + row.term)
      }
      lines += wrapped.map { String(repeating: " ", count: indent) + $0 }
    }
    return lines
  }

  private func wrap(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmingBlanks: String {
    var text = Substring(self)
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
