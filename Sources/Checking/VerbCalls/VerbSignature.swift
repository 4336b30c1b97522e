package import Columns
package import Parsing

/// The declaration of a verb.
package struct VerbSignature: Sendable {
  /// What a verb's items, or those of a clause, are.
  package enum Items: Sendable, Hashable {
    case none
    /// Names of columns.
    case columns
    /// Expressions over the columns, with or without a name.
    case expressions
    case conditions
    /// Aggregates, or arithmetic of aggregates.
    case aggregates
    /// Window functions, or arithmetic of them.
    case windows
    /// A whole number.
    case count
    /// `new = old`.
    case renames
    /// Tables, lets, pipelines in parentheses, files.
    case tables
    /// Columns or expressions with `asc` or `desc`.
    case sortKeys
    /// A path in quotes.
    case path
  }

  /// A named option after `with`.
  package struct Option: Sendable {
    package let name: String
    package let type: DataType
    /// As written in the help; nil when there is none.
    package let defaultText: String?
    /// The texts that a string option takes, which may be written without quotes; empty when any.
    package let choices: [String]
    /// Whether other texts than the choices are taken too.
    package let isOpen: Bool
    package let summary: String

    package init(
      _ name: String, _ type: DataType, default defaultText: String? = nil, choices: [String] = [],
      isOpen: Bool = false, _ summary: String
    ) {
      self.name = name
      self.type = type
      self.defaultText = defaultText
      self.choices = choices
      self.isOpen = isOpen
      self.summary = summary
    }
  }

  package let name: String
  package let aliases: [String]
  /// Whether it may begin a pipeline, with tables as items (`compare a, b`); as a stage, its input
  /// is the first of them.
  package let isSource: Bool
  /// How it is written, for help and error hints: `top COUNT by KEYS [per KEYS]`.
  package let usage: String
  package let items: Items
  /// The clauses it takes and what stands in them; `as` and `to` end any pipeline.
  package let clauses: [Clause.Word: Items]
  package let options: [Option]
  /// Options of the design that this version does not have yet.
  package let laterOptions: [String]
  /// One line.
  package let summary: String
  /// A few sentences.
  package let help: String
  /// Complete programs over the table `example`.
  package let examples: [String]

  package init(
    name: String, aliases: [String] = [], isSource: Bool = false, usage: String, items: Items,
    clauses: [Clause.Word: Items] = [:], options: [Option] = [], laterOptions: [String] = [],
    summary: String, help: String, examples: [String]
  ) {
    self.name = name
    self.aliases = aliases
    self.isSource = isSource
    self.usage = usage
    self.items = items
    self.clauses = clauses
    self.options = options
    self.laterOptions = laterOptions
    self.summary = summary
    self.help = help
    self.examples = examples
  }
}
