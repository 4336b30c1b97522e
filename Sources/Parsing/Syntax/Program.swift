package import Diagnostics

/// A parsed text: statements in order.
///
/// Broken parts are left out or hold `.missing` expressions; what was wrong is in the diagnostics
/// that came with it.
package struct Program: Sendable, Hashable {
  package let statements: [Statement]

  package init(statements: [Statement]) { self.statements = statements }
}

/// One statement and its place.
package struct Statement: Sendable, Hashable {
  /// What kind of statement; `explain`, `sql` and `verify` wrap a pipeline.
  package enum Kind: Sendable, Hashable {
    /// `load "x.csv" as t with header = false`: items, then clauses.
    case load(Stage)
    /// `attach "clickhouse://…" as ch`.
    case attach(Stage)
    /// `let name = pipeline`; a scalar is a pipeline without stages over an expression.
    case binding(name: Name, value: Pipeline)
    /// `def name(a, b = 1) = pipeline`.
    case definition(name: Name, parameters: [Parameter], body: Pipeline)
    /// `param name: type = default`.
    case parameter(Parameter)
    case explain(Pipeline)
    case sql(Pipeline)
    case verify(Pipeline)
    /// A pipeline or a bare expression.
    case pipeline(Pipeline)
  }

  package let kind: Kind
  package let range: SourceRange

  package init(kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// A parameter of `def` or `param`: `account: string = "acme"`.
package struct Parameter: Sendable, Hashable {
  package let name: Name
  package let type: Name?
  package let defaultValue: Expression?

  package init(name: Name, type: Name?, defaultValue: Expression?) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
  }
}

/// A name as written; `isQuoted` when it stood in backquotes (the text is without them).
///
/// A path such as `ch.followers` is one name with its points, not quoted; behind the first point
/// everything is one name, whatever points it holds (`` ch.`a.b` ``).
package struct Name: Sendable, Hashable {
  package let text: String
  package let isQuoted: Bool
  package let range: SourceRange

  package init(text: String, isQuoted: Bool = false, range: SourceRange) {
    self.text = text
    self.isQuoted = isQuoted
    self.range = range
  }
}

/// `source | stage | stage`.
package struct Pipeline: Sendable, Hashable {
  /// Where the rows come from.
  package indirect enum Origin: Sendable, Hashable {
    /// A table, a `let`, a parameter of `def`, or a scalar: decided in checking. `_` is the last
    /// result; a statement that begins with `|` begins with it. `$t` is an expression.
    case name(Name)
    /// `@handle` at the start of a pipeline.
    case handle(Name)
    /// A lone string at the start of a pipeline, also in `let x = "text"`.
    case file(String, SourceRange)
    case pipeline(Pipeline)
    /// `compare a, b by …` and the other three verbs that begin a pipeline.
    case verb(Stage)
    /// A bare expression, which a pipeline of stages may not follow (checking says so).
    case expression(Expression)
    /// Nothing that can begin a pipeline; already reported.
    case missing
  }

  package let origin: Origin
  package let originRange: SourceRange
  package let stages: [Stage]
  package let range: SourceRange

  package init(origin: Origin, originRange: SourceRange, stages: [Stage], range: SourceRange) {
    self.origin = origin
    self.originRange = originRange
    self.stages = stages
    self.range = range
  }
}

/// `verb items clauses`.
package struct Stage: Sendable, Hashable {
  package let verb: Name
  package let items: [Item]
  package let clauses: [Clause]
  package let range: SourceRange

  package init(verb: Name, items: [Item], clauses: [Clause], range: SourceRange) {
    self.verb = verb
    self.items = items
    self.clauses = clauses
    self.range = range
  }
}

/// `by a, b`: one of the clause words and its items.
package struct Clause: Sendable, Hashable {
  package enum Word: String, Sendable, Hashable, CaseIterable {
    case by, per, on, with, to
    case named = "as"
  }

  package let word: Word
  package let wordRange: SourceRange
  package let items: [Item]
  package let range: SourceRange

  package init(word: Word, wordRange: SourceRange, items: [Item], range: SourceRange) {
    self.word = word
    self.wordRange = wordRange
    self.items = items
    self.range = range
  }
}

/// `[name =] expression [asc | desc]`.
package struct Item: Sendable, Hashable {
  package enum Direction: Sendable, Hashable { case ascending, descending }

  package let name: Name?
  package let value: Expression
  /// nil when neither word was written.
  package let direction: Direction?
  package let range: SourceRange

  package init(name: Name?, value: Expression, direction: Direction?, range: SourceRange) {
    self.name = name
    self.value = value
    self.direction = direction
    self.range = range
  }
}
