package import Diagnostics

/// An expression as written: no types, names not looked up.
package struct Expression: Sendable, Hashable {
  package indirect enum Kind: Sendable, Hashable {
    case null
    case bool(Bool)
    /// `1_000`, `10k`, `2.5M`, `-3`: a sign before a number is a part of it.
    case integer(Int64)
    /// `2.5`, `1e-3`, and `0.0005k`, which is not whole.
    case float(Double)
    case string(String)
    /// `/re/` with its flags, as written between the slashes (`\/` stands for a slash).
    case regex(String, flags: String)
    /// `2024-03-01`, `2024-03`, `2024-03-01T12:00`, with seconds, fraction and `Z` or offset as
    /// written; read by the calendar in checking.
    case date(String)
    /// `7d`, `1h30min` (parts added): microseconds.
    case duration(Int64)
    case name(Name)
    /// `$name`.
    case parameter(Name)
    /// `@handle` inside an expression.
    case handle(Name)
    /// `-x`, `not x`; never a sign before a number.
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `x between a and b`, `x not between a and b`; both ends belong.
    case between(Expression, low: Expression, high: Expression, isNegated: Bool)
    case membership(Expression, Container, isNegated: Bool)
    /// `f(a, b)`; an argument may be named, and `count(lang = "en")` looks like one. `if(…)` and
    /// `case(…)` are calls of these names.
    case call(Name, [Item])
    /// `(t | group n = count())`: a table, or a scalar of one row and one column.
    case pipeline(Pipeline)
    /// `a..b`: both ends as written, only after `in` and as an item of verbs such as `cohort`.
    case range(Expression, Expression)
    /// Something that was reported as an error.
    case missing
  }

  /// What stands after `in`.
  package indirect enum Container: Sendable, Hashable {
    /// `in (a, b)`.
    case list([Expression])
    /// `in a..b`: from a, through the end of b where b is a period.
    case range(Expression, Expression)
    /// `in 2024-03`, `in TABLE`, `in (t | select c)`, `in $list`: decided in checking.
    case value(Expression)
  }

  package let kind: Kind
  package let range: SourceRange
  /// The place of the operator's own symbol or word, for the caret; else `range`.
  package let focus: SourceRange

  package init(kind: Kind, range: SourceRange, focus: SourceRange? = nil) {
    self.kind = kind
    self.range = range
    self.focus = focus ?? range
  }
}

/// Operators before one operand.
package enum UnaryOperator: String, Sendable, Hashable {
  case minus = "-"
  case not
}

/// Operators between two operands; the raw value is the preferred spelling.
package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// `~`: contains, ignoring case.
  case contains = "~"
  case notContains = "!~"
  case matches
  case coalesce = "??"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
}
