package import Columns

/// What a statement gives its reader.
package struct StatementResult: Sendable {
  /// The thing itself.
  package enum Content: Sendable {
    case table(Table)
    /// The value of a bare expression; also as a table of one row and one column.
    case scalar(Scalar, Table)
    /// A report: rows for programs, whose column `text` a reader gets as a page.
    case report(Table)
    /// Metrics of accounts: rows for programs, which a reader gets side by side.
    case comparison(Table)
    /// Lines of text, such as a plan.
    case text([String])
    /// A statement that only does something: `load`, `let`, `save`.
    case nothing
  }

  package let content: Content
  /// Sentences for the reader, not for a pipe: dropped rows, ties, what was loaded or written.
  package let notes: [String]
  /// The name given by `as`, for tables printed one after the other.
  package let name: String?

  package init(_ content: Content, notes: [String] = [], name: String? = nil) {
    self.content = content
    self.notes = notes
    self.name = name
  }
}
