import Columns

/// An expression of a case: typed, and easy to evaluate, to print and to shrink.
struct Term: Sendable {
  let type: DataType
  let node: Node

  init(_ type: DataType, _ node: Node) {
    self.type = type
    self.node = node
  }

  indirect enum Node: Sendable {
    case column(String)
    /// A constant, or `null`.
    case literal(Scalar)
    case call(Function, [Term])
    /// `x in (a, b)`.
    case isIn(Term, [Term], isNegated: Bool)
    /// `x between low and high`.
    case between(Term, Term, Term, isNegated: Bool)
    /// A date or time compared with a period: `t <= 2024-03`, `t in 2024-03`.
    case period(Function?, Term, Period)
    case matches(Term, Pattern)
    /// The n-th group of the first match; nil leaves the choice to the language.
    case extract(Term, Pattern, Int?)
    /// `replace(x, /pattern/, "with")`.
    case rewrite(Term, Pattern, String)
    /// `json(x, "a.b[0]")`.
    case path(Term, [PathStep])
    /// `format_date(x, "%d %b %Y")`.
    case dateText(Term, String)
    /// `x in (pipeline)`, or `x in TABLE`: in the only column, or in that of x's name.
    case isInRows(Term, Pipeline, isNegated: Bool)
    /// A pipeline of one column and one row as a value.
    case scalar(Pipeline)
    case aggregate(Aggregate, [Term], parameter: Double?)
    /// `lag(x, 2)`: a function of `window` and its constant.
    case window(WindowFunction, [Term], Int?)
  }

  static func column(_ column: Field) -> Term { Term(column.type, .column(column.name)) }
  static func literal(_ value: Scalar, _ type: DataType) -> Term { Term(type, .literal(value)) }

  /// The expressions directly inside.
  var children: [Term] {
    switch node {
    case .column, .literal, .scalar: []
    case .call(_, let arguments): arguments
    case .isIn(let value, let list, _): [value] + list
    case .between(let value, let low, let high, _): [value, low, high]
    case .period(_, let value, _), .matches(let value, _), .extract(let value, _, _): [value]
    case .rewrite(let value, _, _), .isInRows(let value, _, _): [value]
    case .path(let value, _), .dateText(let value, _): [value]
    case .aggregate(_, let arguments, _), .window(_, let arguments, _): arguments
    }
  }

  /// The same expression over other children.
  func over(_ new: [Term]) -> Term {
    let changed: Node =
      switch node {
      case .column, .literal, .scalar: node
      case .call(let function, _): .call(function, new)
      case .isIn(_, _, let isNegated): .isIn(new[0], Array(new[1...]), isNegated: isNegated)
      case .between(_, _, _, let isNegated):
        .between(new[0], new[1], new[2], isNegated: isNegated)
      case .period(let function, _, let period): .period(function, new[0], period)
      case .matches(_, let pattern): .matches(new[0], pattern)
      case .extract(_, let pattern, let group): .extract(new[0], pattern, group)
      case .rewrite(_, let pattern, let with): .rewrite(new[0], pattern, with)
      case .path(_, let steps): .path(new[0], steps)
      case .dateText(_, let format): .dateText(new[0], format)
      case .isInRows(_, let rows, let isNegated): .isInRows(new[0], rows, isNegated: isNegated)
      case .aggregate(let aggregate, _, let p): .aggregate(aggregate, new, parameter: p)
      case .window(let function, _, let constant): .window(function, new, constant)
      }
    return Term(type, changed)
  }

  /// The pipelines inside.
  var pipelines: [Pipeline] {
    let inner = children.flatMap(\.pipelines)
    switch node {
    case .scalar(let rows), .isInRows(_, let rows, _): return [rows] + inner
    default: return inner
    }
  }

  /// Whether it or an expression inside holds.
  func contains(_ condition: (Term) -> Bool) -> Bool {
    condition(self) || children.contains { $0.contains(condition) }
  }
}

/// An expression and the name of the column that it makes.
struct NamedTerm: Sendable {
  let name: String
  let term: Term

  init(_ name: String, _ term: Term) {
    self.name = name
    self.term = term
  }

  /// A column under its own name.
  init(_ column: Field) { self.init(column.name, .column(column)) }

  /// Whether it only passes a column on.
  var isPlain: Bool {
    if case .column(name) = term.node { return true }
    return false
  }
}

/// A step from a JSON value to one inside of it.
enum PathStep: Sendable {
  case key(String)
  case index(Int)
}

/// A span of time as the language writes it.
struct Period: Sendable {
  let text: String
  /// Microseconds since 1970 UTC; the end is the first one behind.
  let start: Int64
  let end: Int64
}
