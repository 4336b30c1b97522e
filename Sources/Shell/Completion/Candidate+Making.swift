import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Rendering

extension Candidate {
  private init(
    _ text: String, label: String, _ kind: Kind, detail: String = "", isWhole: Bool = true
  ) {
    self.init(
      text: text, label: SafeText.escaped(label), kind: kind, detail: SafeText.escaped(detail),
      isWhole: isWhole)
  }

  static func column(_ field: Field) -> Candidate {
    let old = field.originalName.map { ", was \($0)" } ?? ""
    return Candidate(
      written(field.name), label: field.name, .column, detail: field.type.rawValue + old)
  }

  static func name(_ name: String, _ kind: Kind, detail: String) -> Candidate {
    Candidate(written(name), label: name, kind, detail: detail)
  }

  static func verb(_ signature: VerbSignature) -> Candidate {
    var candidate = Candidate(
      signature.name, label: signature.name, .verb, detail: signature.summary)
    candidate.alternatives = signature.aliases
    return candidate
  }

  /// A function with its open bracket, closed where it takes nothing.
  static func call(_ entry: CatalogueEntry) -> Candidate {
    let takesNothing = entry.overloads.allSatisfy { $0.parameters.isEmpty }
    var candidate = Candidate(
      entry.name + (takesNothing ? "()" : "("), label: entry.name,
      entry.kind == .aggregate ? .aggregate : .function, detail: entry.summary,
      isWhole: takesNothing)
    candidate.alternatives = Catalogue.aliases.filter { $0.value == entry.name }.map(\.key)
    return candidate
  }

  static func word(_ word: String, _ detail: String = "") -> Candidate {
    Candidate(word, label: word, .word, detail: detail)
  }

  static func option(_ option: VerbSignature.Option) -> Candidate {
    let choices =
      option.choices.isEmpty ? option.type.rawValue : option.choices.joined(separator: "|")
    return Candidate(
      option.name + " =", label: option.name, .option, detail: "\(choices): \(option.summary)")
  }

  /// A text in quotes.
  static func text(_ text: String) -> Candidate {
    let literal = Expression(kind: .string(text), range: SourceRange(0, 0)).formatted
    return Candidate(literal, label: text, .value)
  }

  static func handle(_ handle: String) -> Candidate {
    let name = Name(text: handle, range: SourceRange(0, 0))
    return Candidate(
      Expression(kind: .handle(name), range: name.range).formatted, label: "@" + handle, .value)
  }

  static func parameter(_ name: String) -> Candidate {
    let written = Name(text: name, range: SourceRange(0, 0))
    return Candidate(
      Expression(kind: .parameter(written), range: written.range).formatted, label: "$" + name,
      .parameter)
  }

  /// A path in quotes, left open behind a folder.
  static func file(_ path: String, name: String, isFolder: Bool, quote: String) -> Candidate {
    let literal = Expression(kind: .string(path), range: SourceRange(0, 0)).formatted
    return Candidate(
      isFolder ? String(literal.dropLast()) : literal, label: name, .file, isWhole: !isFolder)
  }

  static func command(_ command: CommandDescription) -> Candidate {
    Candidate("." + command.name, label: "." + command.name, .command, detail: command.summary)
  }

  /// An argument of a dot command, as it is.
  static func argument(_ text: String, _ kind: Kind, detail: String = "", isWhole: Bool = true)
    -> Candidate
  {
    Candidate(SafeText.escaped(text), label: text, kind, detail: detail, isWhole: isWhole)
  }

  /// A name in backquotes where it must be, or where it holds what a terminal would not show.
  private static func written(_ name: String) -> String {
    let isPlain = SafeText.escaped(name) == name
    return isPlain
      ? Name.written(name) : Name(text: name, isQuoted: true, range: SourceRange(0, 0)).written
  }
}
