import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `load "pattern", … as name with …`.
  func checkLoad(_ stage: Stage) -> LoadRequest? {
    var patterns: [(text: String, range: SourceRange)] = []
    for item in stage.items {
      if let path = path(item) { patterns.append(path) }
    }
    if stage.items.isEmpty {
      report(
        "'load' takes a file", hint: "load \"followers.csv\" as t", at: stage.verb.range)
    }
    var name: Name?
    for clause in stage.clauses {
      switch clause.word {
      case .named: name = self.name(in: clause)
      case .with: break
      default:
        report(
          "'load' has no '\(clause.word.rawValue)'",
          hint: "load \"x.csv\" as t with header = false",
          at: clause.wordRange)
      }
    }
    let options = loadOptions(stage.clauses.filter { $0.word == .with }.flatMap(\.items))
    if let name { _ = checkLoadedName(name) }
    guard !patterns.isEmpty else { return nil }
    return LoadRequest(
      patterns: patterns, name: name?.text, nameRange: name?.range, options: options,
      range: stage.range)
  }

  private func path(_ item: Item) -> (text: String, range: SourceRange)? {
    if case .name(let name) = item.value.kind, item.name == nil, scope.scalars[name.text] == nil {
      report(
        "'load' takes a path in quotes", hint: "load \"\(name.text).csv\"", at: item.range)
      return nil
    }
    guard item.name == nil, let value = check(item.value, .constant) else {
      if item.name != nil {
        report(
          "options stand after with", hint: "with \(item.name?.text ?? "") = …", at: item.range)
      }
      return nil
    }
    guard case .string(let text)? = value.constantValue else {
      report(
        "'load' takes a path in quotes, found \(value.foundPhrase)", at: item.value.range)
      return nil
    }
    return (text, item.value.range)
  }

  private func checkLoadedName(_ name: Name) -> Bool {
    guard scope.bindings[name.text] != nil || name.text == "_" else { return true }
    report(
      name.text == "_" ? "'_' is the last result and cannot be given" : "'\(name.text)' is a let",
      hint: "give the table another name", at: name.range)
    return false
  }

  private func loadOptions(_ items: [Item]) -> [String: LoadRequest.Option] {
    let known = LoadOptions.all
    var options: [String: LoadRequest.Option] = [:]
    for item in items {
      guard let name = item.name else {
        report("options are written name = value", hint: "with header = false", at: item.range)
        continue
      }
      guard let option = known.first(where: { $0.name == name.text }) else {
        let names = known.map(\.name)
        report(
          "'load' has no option '\(name.text)'",
          hint: Suggestion.hint(for: name.text, among: names)
            ?? "there are \(names.joined(separator: ", "))", at: name.range)
        continue
      }
      guard options[name.text] == nil else {
        report("the option '\(name.text)' is given twice", at: name.range)
        continue
      }
      if let value = value(of: option, item) {
        options[name.text] = LoadRequest.Option(value: value, range: item.value.range)
      }
    }
    return options
  }
}
