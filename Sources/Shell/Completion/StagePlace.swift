import Checking
import Columns
import Parsing

/// What may stand at the cursor within a stage, by the declaration of its verb.
struct StagePlace {
  private let finder: PlaceFinder
  private let frame: PipelineFrame
  private let signature: VerbSignature?
  private let definition: Definition?
  private let isLoad: Bool
  /// Whether the cursor stands in a bracket of the stage: what counts is its item.
  private let isInside: Bool

  init(_ finder: PlaceFinder, _ frame: PipelineFrame, _ verb: String, isInside: Bool = false) {
    self.finder = finder
    self.frame = frame
    self.isInside = isInside
    signature = finder.scope.verbs[verb]?.signature
    definition = finder.scope.definitions[verb]
    isLoad = verb == "load" && frame.lastPipe == nil
  }

  /// What the items at the cursor are.
  private var kind: VerbSignature.Items {
    if isLoad { return .path }
    guard let clause = frame.clauses.last else { return signature?.items ?? .expressions }
    return signature?.clauses[clause] ?? .expressions
  }

  /// Whether the items at the cursor may hold aggregates.
  var takesAggregates: Bool {
    kind == .aggregates || signature?.name == "derive" && frame.clauses.isEmpty
  }

  /// Whether the items at the cursor are made of aggregates.
  var makesAggregates: Bool { kind == .aggregates }

  private var last: Lexeme? { finder.lexemes.last }

  /// Whether an item may begin at the cursor: behind the verb, a clause word or a comma.
  private var isAtItem: Bool { frame.separator == finder.lexemes.count - 1 }

  private var isBehindVerb: Bool { isAtItem && frame.clauses.isEmpty && last?.text != "," }

  func place() -> CursorPlace {
    switch frame.clauses.last {
    case .with: return optionPlace()
    case .to: return isAtItem ? .file : .nothing
    case .named: return isAtItem ? .nothing : .words(remaining)
    default: break
    }
    if !isInside, !isBehindVerb, last?.endsOperand == true {
      return .operatorWord(.init(words: ending))
    }
    return itemPlace()
  }

  private func itemPlace() -> CursorPlace {
    let words = isBehindVerb ? remaining.filter { mayStandAlone || declares($0) } : []
    var operand = finder.operand(in: frame)
    operand.words = words
    switch kind {
    case .none, .count: return .words(isBehindVerb && !mayStandAlone ? [] : words)
    case .path: return .file
    case .tables: return .table
    case .renames where isAtItem: return .nothing
    case .columns, .renames:
      operand.expressions = false
      operand.aggregates = false
      return .operand(operand)
    default: return .operand(operand)
    }
  }

  // MARK: Words

  /// What may follow an item.
  private var ending: [String] {
    let next = remaining + (isLoad ? [] : ["|"])
    switch kind {
    case .sortKeys: return ["asc", "desc"] + next
    case .none, .columns, .count, .renames, .tables, .path: return next
    case .conditions: return finder.operators + next
    default: return next + finder.operators
    }
  }

  /// The clauses that are not written yet.
  private var remaining: [String] {
    var words: [Clause.Word] = []
    if isLoad {
      words = [.named, .with]
    } else {
      let declared = signature?.clauses ?? [:]
      words = Clause.Word.allCases.filter { declared[$0] != nil }
      if !options.isEmpty { words.append(.with) }
      if finder.frames.count == 1 { words += [.named, .to] }
    }
    return words.filter { !frame.clauses.contains($0) }.map(\.rawValue)
  }

  /// Whether the verb needs no items, by its usage.
  private var mayStandAlone: Bool {
    guard let signature else { return isLoad == false }
    return signature.usage == signature.name || signature.usage.hasPrefix(signature.name + " [")
  }

  private func declares(_ word: String) -> Bool {
    signature?.clauses.keys.contains { $0.rawValue == word } ?? false
  }

  // MARK: Options

  private var options: [VerbSignature.Option] {
    if isLoad { return LoadOptions.all }
    if let signature { return signature.options }
    return definition?.parameters.dropFirst().map { .init($0.name.text, .string, "") } ?? []
  }

  private func optionPlace() -> CursorPlace {
    if isAtItem {
      let written = writtenOptions
      return .optionName(options.filter { !written.contains($0.name) })
    }
    if last?.text == "=", let name = finder.lexemes.dropLast().last?.text {
      return options.first { $0.name == name }.map { .optionValue($0) } ?? .nothing
    }
    return last?.endsOperand == true ? .words(remaining + (isLoad ? [] : ["|"])) : .nothing
  }

  /// The names before `=` behind `with`.
  private var writtenOptions: Set<String> {
    let lexemes = finder.lexemes
    let start = lexemes.lastIndex { $0.kind == .word(.with) } ?? 0
    return Set(
      lexemes.indices.filter { $0 > start && lexemes[$0].text == "=" }.map {
        lexemes[$0 - 1].text
      })
  }
}
