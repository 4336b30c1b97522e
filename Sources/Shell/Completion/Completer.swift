import Checking
import Columns
import Parsing
import Plans

/// Gathers the candidates of a place.
struct Completer {
  let context: CursorContext
  let scope: Scope
  let surroundings: Surroundings
  let finder: PlaceFinder
  let filter: CandidateFilter

  init(context: CursorContext, scope: Scope, surroundings: Surroundings) {
    self.context = context
    self.scope = scope
    self.surroundings = surroundings
    finder = PlaceFinder(context, scope)
    filter = CandidateFilter(partial: context.partial)
  }

  func candidates() -> [Candidate] {
    let place = finder.place()
    switch context.partial?.kind {
    case .string: return texts(place)
    case .handle: return handles()
    case .parameter: return parameters()
    case .other: return context.partial?.text == "@" ? handles() : parameters()
    case .path, .number, .date, .pattern: return []
    case .quotedName:
      let quotable: Set<Candidate.Kind> = [.column, .table, .parameter]
      return filter.best(words(at: place).filter { quotable.contains($0.kind) })
    default: return filter.best(words(at: place))
    }
  }

  // MARK: Words

  private func words(at place: CursorPlace) -> [Candidate] {
    switch place {
    case .statement: return statementWords + tables + scalars + functions
    case .source: return tables + scalars + openingVerbs + functions
    case .table: return tables
    case .verb: return verbs
    case .operand(let operand): return operands(operand)
    case .operatorWord(let ending): return ending.words.map { .word($0) }
    case .optionName(let options): return options.map { .option($0) }
    case .optionValue(let option): return values(of: option)
    case .words(let words): return words.map { .word($0) }
    case .file: return context.partial == nil ? files("", quote: "\"") : []
    case .nothing: return []
    }
  }

  private var statementWords: [Candidate] {
    StatementWord.allCases.compactMap { word in
      statementHelp[word].map { .word(word.rawValue, $0) }
    } + openingVerbs
  }

  private var openingVerbs: [Candidate] {
    OpeningVerb.allCases.compactMap { scope.verbs[$0.rawValue] }.map { .verb($0.signature) }
  }

  private var verbs: [Candidate] {
    scope.verbs.all.map { .verb($0.signature) }
      + scope.definitions.values.filter { !$0.parameters.isEmpty }.sorted { $0.name < $1.name }.map
    {
      .name($0.name, .verb, detail: "def")
    }
  }

  private var tables: [Candidate] {
    let tables = scope.tables.keys.sorted().map { name in
      let count = scope.tables[name]?.rowCount ?? 0
      return Candidate.name(name, .table, detail: count == 1 ? "1 row" : "\(count) rows")
    }
    let lets = scope.bindings.keys.sorted().map { Candidate.name($0, .table, detail: "let") }
    let parameters = scope.parameters.keys.sorted().filter { scope.parameters[$0]?.isTable == true }
    return tables + lets + parameters.map { .name($0, .table, detail: "param") }
      + (scope.last == nil ? [] : [.name("_", .table, detail: "the last result")])
  }

  private var scalars: [Candidate] {
    scope.scalars.keys.sorted().map { name in
      .name(name, .parameter, detail: "let, \(scope.scalars[name]?.type.rawValue ?? "")")
    }
  }

  /// None before a letter of one is typed: they would hide the columns and tables.
  private var functions: [Candidate] {
    guard isTyped else { return [] }
    return Catalogue.all.filter { $0.kind == .function }.map { .call($0) }
      .sorted { $0.text < $1.text }
  }

  private var isTyped: Bool { context.partial != nil }

  private var aggregates: [Candidate] {
    Catalogue.all.filter { $0.kind == .aggregate }.map { .call($0) }
      .sorted { $0.text < $1.text }
  }

  private func operands(_ operand: CursorPlace.Operand) -> [Candidate] {
    var found: [Candidate] = []
    let rows = operand.columns || operand.compared != nil ? finder.rows() : nil
    if context.partial == nil, let column = operand.compared, let rows {
      found += columnValues(of: column, in: rows).map { .text($0) }
    }
    // What `group` makes begins with an aggregate.
    let showsColumns = operand.columns && (isTyped || !operand.aggregatesFirst)
    if showsColumns { found += (rows?.schema.fields ?? []).map { .column($0) } }
    found += operand.words.map { .word($0) }
    guard operand.expressions else { return found }
    if operand.aggregates, isTyped || operand.aggregatesFirst { found += aggregates }
    if operand.tables { found += tables }
    found += scalars + functions
    return isTyped ? found + ["not", "true", "false", "null"].map { .word($0) } : found
  }

  private func values(of option: VerbSignature.Option) -> [Candidate] {
    if option.type == .bool { return [.word("true"), .word("false")] }
    return option.choices.map { .word($0) } + (option.choices.isEmpty ? scalars : [])
  }

  // MARK: Texts

  /// Inside quotes: values of a column, choices of an option, files.
  private func texts(_ place: CursorPlace) -> [Candidate] {
    let partial = context.partial?.text ?? "\""
    let typed = String(partial.dropFirst())
    switch place {
    case .file, .table, .source: return files(typed, quote: String(partial.prefix(1)))
    case .statement: return files(typed, quote: String(partial.prefix(1)))
    case .optionValue(let option):
      return filter.best(option.choices.map { .text($0) })
    case .operand(let operand):
      guard let column = operand.compared, let rows = finder.rows() else { return [] }
      return filter.best(columnValues(of: column, in: rows).map { .text($0) })
    default: return []
    }
  }

  private func handles() -> [Candidate] {
    let accounts = scope.tables.keys.sorted().prefix(20).flatMap { name -> [String] in
      guard let table = scope.tables[name] else { return [] }
      return columnValues(of: "account", in: .table(table))
    }
    return filter.best(accounts.map { .handle($0) })
  }

  private func parameters() -> [Candidate] {
    filter.best(scope.parameters.keys.sorted().map { .parameter($0) })
  }

  private func files(_ typed: String, quote: String) -> [Candidate] {
    FileCandidates(typed: typed, quote: quote, surroundings: surroundings).candidates
  }
}

extension ParameterValue {
  fileprivate var isTable: Bool {
    if case .table = self { true } else { false }
  }
}

/// What the words that begin a statement are for; those of later versions are not here.
private let statementHelp: [StatementWord: String] = [
  .load: "reads a file as a table", .let: "names a table or a value",
  .def: "names a pipeline with parameters", .param: "declares a parameter of a script",
  .explain: "shows a plan, its rows and times",
]
