/// A word that is never a name unless it stands in backquotes.
package enum ReservedWord: String, Sendable, CaseIterable {
  case by, per, on, with, to
  case named = "as"
  case and, or, not, `in`, between, matches
  case `if`, `case`, `true`, `false`, null

  /// The clause that it begins, or nil.
  package var clause: Clause.Word? {
    switch self {
    case .by: .by
    case .per: .per
    case .on: .on
    case .with: .with
    case .to: .to
    case .named: .named
    default: nil
    }
  }

  /// Whether it is an operator between or before operands, after which a line goes on.
  var isOperator: Bool {
    switch self {
    case .and, .or, .not, .in, .between, .matches: true
    default: false
    }
  }

  /// Whether a line that begins with it belongs to the line before.
  var continuesLine: Bool {
    switch self {
    case .by, .per, .with, .to: true
    default: false
    }
  }
}

/// A word that is reserved at the start of a statement only.
package enum StatementWord: String, Sendable, CaseIterable {
  case load, attach, `let`, def, param, explain, sql, verify
}

/// A verb that may begin a pipeline, when an item follows it.
package enum OpeningVerb: String, Sendable, CaseIterable {
  case compare, overlap, diff, retention
}
