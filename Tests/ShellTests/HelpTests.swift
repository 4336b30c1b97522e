import Checking
import Parsing
import Plans
import Rendering
import Shell
import Testing
import Verbs

@Suite struct HelpTests {
  private let help = HelpIndex(verbs: .standard, commands: Prompt.commands)
  private let plain = Style(width: 80)

  private func page(_ word: String) -> [String] { help.lines(for: word, style: plain) }

  @Test func everyWordHasAPage() {
    for (word, summary) in help.words {
      let lines = page(word)
      #expect(lines.count >= 2, "\(word)")
      #expect(!lines[0].hasPrefix("no help"), "\(word)")
      #expect(!summary.isEmpty && !summary.hasSuffix("."), "\(word)")
    }
  }

  @Test func aliasesLeadToTheirPages() {
    for (alias, name) in Catalogue.aliases {
      #expect(page(alias).joined().contains("\(name)("), "\(alias)")
    }
    for verb in VerbTable.standard.all {
      for alias in verb.signature.aliases {
        #expect(page(alias).contains(verb.signature.usage), "\(alias)")
      }
    }
    #expect(page(".FILTER") == page("filter") && page("filter ") == page("filter"))
    #expect(page("median()") == page("median"))
    #expect(page("==")[0].contains("=="))
  }

  @Test func theOverviewNamesEverythingOnOneScreen() {
    let lines = page("")
    #expect(lines.count <= 30, "\(lines.count) lines")
    let words = Set(lines.joined(separator: " ").split(separator: " ").map(String.init))
    let entries = Catalogue.all.filter { $0.kind != .operator }.map(\.name)
    for word in VerbTable.standard.all.map(\.signature.name) + entries
      + Prompt.commands.map({ ".\($0.name)" })
    {
      #expect(words.contains(word), "\(word)")
    }
  }

  @Test(arguments: [40, 80, 200])
  func linesFit(_ width: Int) {
    for word in help.words.map(\.word) + [""] {
      let lines = help.lines(for: word, style: Style(width: width))
      // Examples and the text of topics are written for 80 columns.
      for line in lines where width >= 80 {
        #expect(DisplayWidth.of(line) <= max(80, width), "\(word): \(line)")
      }
    }
  }

  @Test func pagesSayWhatThereIs() {
    for verb in VerbTable.standard.all.map(\.signature) {
      let text = page(verb.name).joined(separator: "\n")
      #expect(text.contains(verb.usage), "\(verb.name)")
      for clause in verb.clauses.keys { #expect(text.contains("\n  \(clause.rawValue)  ")) }
      for option in verb.options {
        #expect(text.contains("\n  \(option.name) = "), "\(verb.name) \(option.name)")
        for choice in option.choices { #expect(text.contains(choice), "\(choice)") }
      }
      for alias in verb.aliases { #expect(text.contains(alias), "\(alias)") }
    }
    for entry in Catalogue.all where entry.kind != .operator {
      let text = page(entry.name).joined(separator: "\n")
      #expect(text.contains(entry.usage) && text.contains("nulls"), "\(entry.name)")
    }
    let load = page("load").joined(separator: "\n")
    for option in LoadOptions.all {
      #expect(load.contains("\n  \(option.name) = "), "\(option.name)")
    }
  }

  @Test func unknownWordsAreGuessed() {
    #expect(page("fliter") == ["no help on 'fliter': did you mean 'filter'?"])
    #expect(page("zzzzzz")[0].hasSuffix(".help alone lists what there is"))
    let evil = page("x\u{1B}[2J\u{202E}")
    #expect(evil.count == 1 && evil[0].contains("\\u{1b}"))
    #expect(page(String(repeating: "x", count: 100_000))[0].count < 200)
  }

  @Test func coloursAreLeftOutWhereThereAreNone() {
    for word in help.words.map(\.word) {
      #expect(!page(word).joined().contains("\u{1B}"), "\(word)")
    }
    let painted = help.lines(for: "filter", style: Style(hasColour: true, width: 80))
    #expect(painted[0].hasPrefix("\u{1B}["))
  }
}
