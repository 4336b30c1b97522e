import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// Finds what may stand at the cursor from the pieces before it.
struct PlaceFinder {
  let context: CursorContext
  let scope: Scope
  let frames: [PipelineFrame]

  var lexemes: [Lexeme] { context.lexemes }

  init(_ context: CursorContext, _ scope: Scope) {
    self.context = context
    self.scope = scope
    let head = StatementHead(context.lexemes)
    var frames = PipelineFrame.frames(context.lexemes, pipelineStart: head.pipelineStart)
    if head.isLoad { frames[0].noteLoad(context.lexemes) }
    self.frames = frames
  }

  /// The innermost level; there is always the statement's own.
  private var top: PipelineFrame { frames.last ?? PipelineFrame(.statement, start: 0) }

  /// The innermost level that has come to a stage.
  private var stageFrame: PipelineFrame? { frames.last { $0.verb != nil } }

  /// What may stand at the cursor, whatever is typed of it.
  func place() -> CursorPlace {
    guard let last = lexemes.last else { return .statement }
    let head = StatementHead(lexemes)
    if let place = head.place { return place }
    if lexemes.count == top.start, top.verb == nil { return beginning() }
    if top.lastPipe == lexemes.count - 1 { return .verb }
    if let place = negation() { return place }
    if last.kind == .word(.in) { return .table }
    if let verb = top.verb { return StagePlace(self, top, verb).place() }
    if last.endsOperand { return .operatorWord(.init(words: behindOperand(last))) }
    return .operand(operand(in: stageFrame))
  }

  /// What negates behind an operand: `lang not in`.
  private func negation() -> CursorPlace? {
    guard lexemes.last?.kind == .word(.not), let before = lexemes.dropLast().last,
      before.endsOperand, top.separator < lexemes.count - 2
    else { return nil }
    return .words(["in", "between"])
  }

  /// Behind an operand outside of a stage; a table there is the source of one.
  private func behindOperand(_ operand: Lexeme) -> [String] {
    let name = lexemes.count == top.start + 1 ? name(at: top.start) : nil
    let isTable = name.map { scope.tables[$0] != nil || scope.bindings[$0] != nil } ?? false
    if isTable || operand.kind == .string && frames.count == 1 { return ["|"] }
    return operators
  }

  /// The begin of a bracket or of a pipeline behind `let x =`.
  private func beginning() -> CursorPlace {
    guard frames.count > 1 else {
      switch lexemes.first.flatMap({ StatementWord(rawValue: $0.text) }) {
      case .explain, .sql, .verify: return .table
      case .param: return .nothing
      default: return .source
      }
    }
    if top.opener == .bracket, let outer = frames.dropLast().last, let verb = outer.verb,
      case .table = StagePlace(self, outer, verb, isInside: true).place()
    {
      return .table
    }
    var operand = operand(in: stageFrame)
    if case .call = top.opener {} else { operand.tables = true }
    return .operand(operand)
  }

  /// An operand of an expression at the cursor, within a stage or outside of all.
  func operand(in frame: PipelineFrame?) -> CursorPlace.Operand {
    var operand = CursorPlace.Operand()
    operand.compared = comparedColumn()
    guard let frame, let verb = frame.verb else {
      operand.columns = false
      operand.tables = frames.count == 1
      return operand
    }
    let stage = StagePlace(self, frame, verb)
    operand.aggregates = stage.takesAggregates && !isInAggregate
    operand.aggregatesFirst = operand.aggregates && stage.makesAggregates
    return operand
  }

  private var isInAggregate: Bool {
    frames.contains { frame in
      if case .call(let name) = frame.opener { return Catalogue.aggregate(named: name) != nil }
      return false
    }
  }

  let operators = ["and", "or", "not", "in", "between", "matches"]

  // MARK: Rows

  /// The rows at the cursor's point of the innermost pipeline; nil when they are not known.
  func rows() -> Plan? {
    guard let frame = frames.last(where: { $0.lastPipe != nil }), let pipe = frame.lastPipe
    else { return nil }
    // Later items of `derive` see the columns of earlier ones.
    if frame.verb.flatMap({ scope.verbs[$0] })?.signature.name == "derive", frame.clauses.isEmpty,
      frame.separator > pipe + 1, let plan = plan(from: frame.start, to: frame.separator)
    {
      return plan
    }
    return plan(from: frame.start, to: pipe)
  }

  private func plan(from start: Int, to end: Int) -> Plan? {
    if start >= end { return scope.last }
    let (program, _) = parse(Source(name: "prompt", text: context.text(from: start, to: end)))
    guard case .pipeline(let pipeline)? = program.statements.first?.kind else { return nil }
    return understood(pipeline, in: scope)
  }

  // MARK: Values

  /// The column that the operand at the cursor is compared with: `lang == `, `lang in ("en", `,
  /// `contains(lang, `.
  func comparedColumn() -> String? {
    switch top.opener {
    case .membership where top.lastPipe == nil:
      let negated = top.start >= 4 && lexemes[top.start - 3].kind == .word(.not)
      return name(at: top.start - (negated ? 4 : 3))
    case .call where top.lastPipe == nil && lexemes.count > top.start + 1:
      if let name = equatedColumn() { return name }
      return lexemes[top.start + 1].text == "," ? name(at: top.start) : nil
    default: return equatedColumn()
    }
  }

  private func equatedColumn() -> String? {
    guard let last = lexemes.last, last.kind == .symbol,
      ["==", "!=", "=", "<>", "~", "!~"].contains(last.text)
    else { return nil }
    return name(at: lexemes.count - 2)
  }

  private func name(at index: Int) -> String? {
    guard lexemes.indices.contains(index) else { return nil }
    switch lexemes[index].kind {
    case .name: return lexemes[index].text
    case .quotedName: return unquoted(lexemes[index].text)
    default: return nil
    }
  }

  private func unquoted(_ name: String) -> String? {
    guard
      case .pipeline(let pipeline)? =
        parse(Source(name: "name", text: name)).program.statements.first?.kind,
      case .name(let name) = pipeline.origin
    else { return nil }
    return name.text
  }
}

extension PipelineFrame {
  /// `load` and `attach` are written as a stage is: items, then clauses.
  fileprivate mutating func noteLoad(_ lexemes: [Lexeme]) {
    verb = "load"
    separator = 0
    for (index, lexeme) in lexemes.enumerated() {
      if lexeme.kind == .symbol, lexeme.text == "," { separator = index }
      if case .word(let word) = lexeme.kind, let clause = word.clause {
        clauses.append(clause)
        separator = index
      }
    }
  }
}
