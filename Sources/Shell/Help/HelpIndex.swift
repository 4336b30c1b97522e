package import Checking
import Diagnostics
import Plans
package import Rendering

/// The help: everything that has a page, as values, so that tests can read and run all of it.
package struct HelpIndex: Sendable {
  let verbs: VerbTable
  let commands: [CommandDescription]

  /// Takes the verbs of the session and the dot commands of the shell.
  package init(verbs: VerbTable, commands: [CommandDescription]) {
    self.verbs = verbs
    self.commands = commands
  }

  /// Every word that has a page, with a line about it, in the order of the overview.
  package var words: [(word: String, summary: String)] {
    let topics = HelpTopic.all.map { ($0.name, $0.summary) }
    let groups = CatalogueEntry.Topic.allCases.filter { HelpTopic.named($0.rawValue) == nil }.map {
      ($0.rawValue, "the functions of this kind")
    }
    let verbs = verbs.all.map { ($0.signature.name, $0.signature.summary) }
    let entries = Catalogue.all.filter { $0.kind != .operator }.map { ($0.name, $0.summary) }
    return verbs + entries + topics + groups + commands.map { ("." + $0.name, $0.summary) }
  }

  /// The pages that are about no single word.
  package var topics: [String] { HelpTopic.all.map(\.name) }

  /// Every example of every page: complete programs over the table `example`.
  package var examples: [(page: String, program: String)] {
    var examples: [(page: String, program: String)] = []
    for verb in verbs.all {
      examples += verb.signature.examples.map { (verb.signature.name, $0) }
    }
    for entry in Catalogue.all { examples += entry.examples.map { (entry.name, $0) } }
    for topic in HelpTopic.all { examples += topic.examples.map { (topic.name, $0) } }
    return examples
  }

  /// The page of a word, or of all that have this name; without one, what it may have meant.
  ///
  /// Ignores case; `.ratio`, `ratio()` and an alias lead to the same page. Lines fit the width.
  package func lines(for word: String, style: Style) -> [String] {
    let page = HelpPage(style: style)
    let name = Self.plain(word)
    if name.isEmpty { return overview(page) }
    var pages: [[String]] = []
    if let verb = verbs[name] { pages.append(page.lines(of: verb.signature)) }
    for entry in entries(name) {
      pages.append(page.lines(of: entry, aliases: aliases(of: entry), more: topic(of: entry)))
    }
    pages += operators(word).map { page.lines(of: $0, aliases: [], more: topic(of: $0)) }
    if let command = commands.first(where: { $0.name == name }) {
      pages.append(page.lines(of: command))
    }
    if let topic = HelpTopic.named(name), pages.isEmpty || topic.name == name {
      pages.append(page.lines(of: topic))
    } else if pages.isEmpty {
      let group = Catalogue.all.filter { $0.topic.rawValue == name }
      if !group.isEmpty { pages.append(page.lines(ofGroup: name, group)) }
    }
    if pages.isEmpty { return [unknown(word)] }
    return Array(pages.joined(separator: [""]))
  }

  /// The first page at an empty word: all names on one screen of 80 columns.
  private func overview(_ page: HelpPage) -> [String] {
    page.overview(
      verbs: verbs.all.map(\.signature.name), topics: HelpTopic.all.map(\.name), commands: commands)
  }

  /// Functions, aggregates and the like of a name or alias.
  private func entries(_ name: String) -> [CatalogueEntry] {
    let name = Catalogue.aliases[name] ?? name
    return Catalogue.all.filter { $0.kind != .operator && $0.name == name }
  }

  /// The page on entries of this kind, when there is one with more than their list.
  private func topic(of entry: CatalogueEntry) -> String? {
    HelpTopic.all.first { $0.entries.contains(entry.topic.rawValue) }?.name
  }

  private func operators(_ word: String) -> [CatalogueEntry] {
    Catalogue.all.filter { $0.kind == .operator && ($0.name == word || $0.symbol == word) }
  }

  private func aliases(of entry: CatalogueEntry) -> [String] {
    Catalogue.aliases.filter { $0.value == entry.name }.keys.sorted()
  }

  private func unknown(_ word: String) -> String {
    let shown = SafeText.escaped(String(word.prefix(60)))
    let name = Self.plain(word)
    let isLater = verbs.later.contains(name) || Catalogue.later.contains(name)
    if isLater || Self.laterWords.contains(name) {
      return "'\(shown)' is not in this version yet"
    }
    let hint = Suggestion.hint(for: name, among: words.map(\.word))
    return "no help on '\(shown)': " + (hint ?? ".help alone lists what there is")
  }

  /// Words that begin statements in a later version.
  private static let laterWords: Set<String> = ["attach", "sql", "verify"]

  /// Without the point of a command, brackets, blanks and capitals.
  private static func plain(_ word: String) -> String {
    var text = Substring(word.lowercased())
    while let first = text.first, first == " " || first == "." { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "(" || last == ")" { text = text.dropLast() }
    return String(text)
  }
}

extension CatalogueEntry {
  /// The sign or word of an operator, as it stands in its usage: `+` of `a + b`.
  var symbol: String? {
    guard kind == .operator else { return nil }
    let words = usage.split(separator: " ")
    return words.count == 3 ? String(words[1]) : words.first.map(String.init)
  }
}
