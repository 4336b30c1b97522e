import Checking
import Parsing

/// What stands before the pipeline of a statement: `let x =`, `explain`, `param n: int =`.
struct StatementHead {
  /// The first piece of the pipeline; the end where there is none yet.
  let pipelineStart: Int
  let isLoad: Bool
  /// What may stand at the cursor while the head is not whole; nil when it is.
  let place: CursorPlace?

  init(_ lexemes: [Lexeme]) {
    let word = lexemes.first.flatMap { $0.kind == .name ? StatementWord(rawValue: $0.text) : nil }
    let assignment = Self.assignment(in: lexemes)
    isLoad = word == .load || word == .attach
    switch word {
    case nil: (pipelineStart, place) = (0, nil)
    case .load, .attach, .explain, .sql, .verify: (pipelineStart, place) = (1, nil)
    case .let, .def, .param:
      pipelineStart = assignment.map { $0 + 1 } ?? lexemes.count
      place = assignment == nil ? Self.unfinished(word, lexemes) : nil
    }
  }

  /// The `=` outside of all brackets.
  private static func assignment(in lexemes: [Lexeme]) -> Int? {
    var depth = 0
    for (index, lexeme) in lexemes.enumerated() where lexeme.kind == .symbol {
      if lexeme.text == "(" { depth += 1 }
      if lexeme.text == ")" { depth -= 1 }
      if lexeme.text == "=", depth == 0 { return index }
    }
    return nil
  }

  private static func unfinished(_ word: StatementWord?, _ lexemes: [Lexeme]) -> CursorPlace {
    if word == .param, lexemes.last?.text == ":" { return .words(ParameterType.names) }
    return .nothing
  }
}
