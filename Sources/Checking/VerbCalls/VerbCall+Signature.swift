package import Columns
import Diagnostics
import Parsing
import Plans

/// What the declaration of a verb alone says about one use of it.
extension VerbCall {
  /// Items where none belong, clauses and options that the verb does not have, stray directions.
  func checkSignature() {
    if signature.items == .none, let item = stage.items.first {
      report("'\(stage.verb.text)' takes nothing here", hint: usageHint, at: item.range)
    }
    checkDirections(stage.items, signature.items)
    var seen: Set<Clause.Word> = []
    for clause in stage.clauses {
      if !seen.insert(clause.word).inserted {
        report("'\(clause.word.rawValue)' is given twice", at: clause.wordRange)
      }
      check(clause)
    }
  }

  /// How the verb is written, as a hint.
  package var usageHint: String { "write \(signature.usage)" }

  private func check(_ clause: Clause) {
    switch clause.word {
    case .named, .to: break
    case .with: checkOptions(clause)
    default:
      guard let items = signature.clauses[clause.word] else {
        report(
          "'\(stage.verb.text)' has no '\(clause.word.rawValue)'", hint: usageHint,
          at: clause.wordRange)
        return
      }
      checkDirections(clause.items, items)
    }
  }

  private func checkDirections(_ items: [Item], _ kind: VerbSignature.Items) {
    guard kind != .sortKeys else { return }
    for item in items where item.direction != nil {
      report("'asc' and 'desc' stand in sort, in top and in the by of window", at: item.range)
    }
  }

  private func checkOptions(_ clause: Clause) {
    for item in clause.items {
      guard let name = item.name else {
        report("options are written name = value", hint: optionsHint, at: item.range)
        continue
      }
      if signature.laterOptions.contains(name.text) {
        report("the option '\(name.text)' is not in this version yet", at: name.range)
      } else if !signature.options.contains(where: { $0.name == name.text }) {
        report(
          "'\(stage.verb.text)' has no option '\(name.text)'",
          hint: Suggestion.hint(for: name.text, among: signature.options.map(\.name))
            ?? optionsHint, at: name.range)
      }
    }
    let names = clause.items.compactMap(\.name)
    for (position, name) in names.enumerated()
    where names[..<position].contains(where: { $0.text == name.text }) {
      report("the option '\(name.text)' is given twice", at: name.range)
    }
  }

  private var optionsHint: String {
    let names = signature.options.map(\.name)
    return names.isEmpty ? "it has none" : "there are \(names.joined(separator: ", "))"
  }

  /// `as` and `to`, which end the pipeline of a statement.
  func checkEnding() {
    for clause in stage.clauses where clause.word == .named || clause.word == .to {
      guard checker.isAtEnd else {
        report(
          "'\(clause.word.rawValue)' stands at the end of a statement",
          hint: clause.word == .named ? "name a part of it with let" : nil, at: clause.wordRange)
        continue
      }
      if clause.word == .to { checkTarget(clause) }
    }
  }

  private func checkTarget(_ clause: Clause) {
    guard clause.items.count == 1, let item = clause.items.first, item.name == nil,
      case .string(let path) = item.value.kind
    else {
      if !clause.items.isEmpty {
        report("'to' takes one path in quotes", hint: "to \"result.csv\"", at: clause.range)
      }
      return
    }
    guard checker.save == nil else {
      report("the result is saved twice", at: clause.range)
      return
    }
    save(SaveRequest(path: path, format: nil, replace: false, range: item.range))
  }

  // MARK: Options

  /// Whether an option was written, rightly or not.
  package func hasOption(_ name: String) -> Bool {
    items(of: .with).contains { $0.name?.text == name }
  }

  /// The value of an option as its declared type; nil where it was not written or is wrong.
  package func option(_ name: String) -> Scalar? {
    guard let item = items(of: .with).first(where: { $0.name?.text == name }),
      let option = signature.options.first(where: { $0.name == name })
    else { return nil }
    return checker.value(of: option, item)
  }
}

extension Checker {
  /// The value given for an option, as its type, or nil with an error.
  func value(of option: VerbSignature.Option, _ item: Item) -> Scalar? {
    let range = item.value.range
    // A choice is a word, with or without quotes.
    if case .name(let word) = item.value.kind, option.type == .string,
      option.choices.contains(word.text)
    {
      return .string(word.text)
    }
    if !option.choices.isEmpty, !option.isOpen, case .name(let word) = item.value.kind,
      environment.locals[word.text] == nil, scope.scalars[word.text] == nil
    {
      reportChoice(option, word.text, at: range)
      return nil
    }
    guard let read = operand(item.value, .constant) else { return nil }
    let wanted = ScalarExpression.constant(.null, type: option.type)
    guard let value = readAsDate(read, comparedWith: wanted)?.expression else { return nil }
    guard conversionCost(value, to: option.type) != nil,
      let scalar = convert(value, to: option.type).constantValue
    else {
      report(
        "'\(option.name)' takes \(option.type.phrase), found \(value.foundPhrase)", at: range)
      return nil
    }
    if case .string(let text) = scalar, !option.choices.isEmpty, !option.isOpen,
      !option.choices.contains(text)
    {
      reportChoice(option, text, at: range)
      return nil
    }
    return scalar
  }

  private func reportChoice(
    _ option: VerbSignature.Option, _ found: String, at range: SourceRange
  ) {
    report(
      "'\(option.name)' is not \"\(found)\"",
      hint: Suggestion.hint(for: found, among: option.choices)
        ?? "there are \(option.choices.joined(separator: ", "))", at: range)
  }
}

extension ScalarExpression {
  /// As in `found 1.8`, `found a string`.
  var foundPhrase: String {
    switch constantValue {
    case .some(let value) where value != .null && type != .string: value.text
    case .some(.null): "null"
    default: type.phrase
    }
  }
}
