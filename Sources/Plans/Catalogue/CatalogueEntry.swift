/// One operator, function, aggregate or window function of the language: what checking, help and tests know of it.
package struct CatalogueEntry: Sendable {
  /// How it is written.
  package enum Kind: String, Sendable, Hashable {
    case `operator`, function, aggregate, window
  }

  /// The heading of the help under which it stands.
  package enum Topic: String, Sendable, Hashable, CaseIterable {
    case logic, comparison, arithmetic, choice, text, time, numbers, conversion, statistics
    case aggregates, windows
  }

  /// What a call becomes.
  package enum Meaning: Sendable, Hashable {
    case scalar(ScalarFunction)
    case aggregate(AggregateFunction)
    case window(WindowFunction)
    /// Constants or other calls that checking writes in its place: `now`, `ago`, `age`.
    case rewritten
  }

  /// What it makes of null.
  package enum Nulls: Sendable, Hashable {
    /// Null when any argument is.
    case spread
    /// Rows whose argument is null do not count.
    case skipped
    case described(String)

    /// A sentence for the help.
    package var text: String {
      switch self {
      case .spread: "null when an argument is null"
      case .skipped: "nulls are skipped"
      case .described(let text): text
      }
    }
  }

  /// The spelling in the language; unique among those of its kind.
  package let name: String
  package let kind: Kind
  package let topic: Topic
  package let meaning: Meaning
  /// At least one; the first that fits best is taken.
  package let overloads: [Overload]
  /// How it is written: `round(x, digits = 0)`.
  package let usage: String
  package let nulls: Nulls
  /// One line.
  package let summary: String
  /// What the summary leaves open; may be empty.
  package let help: String
  /// Complete programs over the table `example`.
  package let examples: [String]
}

extension CatalogueEntry {
  static func function(
    _ name: String, _ function: ScalarFunction, _ topic: Topic, _ overloads: [Overload],
    usage: String, nulls: Nulls = .spread, _ summary: String, help: String = "",
    examples: [String]
  ) -> CatalogueEntry {
    CatalogueEntry(
      name: name, kind: .function, topic: topic, meaning: .scalar(function), overloads: overloads,
      usage: usage, nulls: nulls, summary: summary, help: help, examples: examples)
  }

  static func infix(
    _ function: ScalarFunction, _ topic: Topic, _ overloads: [Overload], usage: String,
    nulls: Nulls = .spread, _ summary: String, help: String = "", examples: [String]
  ) -> CatalogueEntry {
    CatalogueEntry(
      name: function.rawValue, kind: .operator, topic: topic, meaning: .scalar(function),
      overloads: overloads, usage: usage, nulls: nulls, summary: summary, help: help,
      examples: examples)
  }

  static func aggregate(
    _ function: AggregateFunction, _ overloads: [Overload], usage: String,
    nulls: Nulls = .skipped, _ summary: String, help: String = "", examples: [String]
  ) -> CatalogueEntry {
    CatalogueEntry(
      name: function.rawValue, kind: .aggregate, topic: .aggregates, meaning: .aggregate(function),
      overloads: overloads, usage: usage, nulls: nulls, summary: summary, help: help,
      examples: examples)
  }

  static func window(
    _ function: WindowFunction, _ overloads: [Overload], usage: String, nulls: Nulls,
    _ summary: String, help: String = "", examples: [String]
  ) -> CatalogueEntry {
    CatalogueEntry(
      name: function.rawValue, kind: .window, topic: .windows, meaning: .window(function),
      overloads: overloads, usage: usage, nulls: nulls, summary: summary, help: help,
      examples: examples)
  }

  static func rewritten(
    _ name: String, _ topic: Topic, _ overloads: [Overload], usage: String, nulls: Nulls = .spread,
    _ summary: String, help: String = "", examples: [String]
  ) -> CatalogueEntry {
    CatalogueEntry(
      name: name, kind: .function, topic: topic, meaning: .rewritten, overloads: overloads,
      usage: usage, nulls: nulls, summary: summary, help: help, examples: examples)
  }
}
