package import Columns
package import Diagnostics
package import Plans

/// A statement that may run: names looked up, types checked, pipelines lowered to plans.
package enum CheckedStatement: Sendable {
  case load(LoadRequest)
  /// Reserved; a session says that it comes later.
  case attach(SourceRange)
  /// `let name = pipeline`.
  case bind(name: String, plan: Plan)
  /// `let name = scalar`.
  case bindScalar(name: String, ScalarExpression)
  case define(Definition)
  case declareParameter(ParameterDeclaration)
  case explain(CheckedPipeline)
  case run(CheckedPipeline)
  /// A bare expression, over no columns.
  case scalar(ScalarExpression)
}

/// How a reader gets the rows of a result.
package enum Presentation: Sendable {
  case rows
  /// The sentences in the column `text`, under headings.
  case page
  /// A column for each account.
  case sideBySide
}

/// A pipeline that may run.
package struct CheckedPipeline: Sendable {
  package let plan: Plan
  /// What its verbs have to say whatever the rows are.
  package var notes: [String] = []
  /// What its verbs have to say of the rows: each a small plan and the words made of its result.
  package var remarks: [Remark] = []
  /// How a reader gets the rows; programs get them as they are.
  package var presentation = Presentation.rows
  /// Where the result goes (`save`, `to`); nil for the terminal or the pipe.
  package var save: SaveRequest?
  /// The name that the result gets (`as`).
  package var name: String?
}

/// A note that depends on the rows: evaluate `plan`, then print the sentences made of its table.
package struct Remark: Sendable {
  package let plan: Plan
  package let sentences: @Sendable (Table) -> [String]

  package init(plan: Plan, sentences: @escaping @Sendable (Table) -> [String]) {
    self.plan = plan
    self.sentences = sentences
  }
}

/// Where a result is to be written.
package struct SaveRequest: Sendable, Hashable {
  package let path: String
  /// As given by `with format = …`: one of `SaveRequest.formats`; nil to go by the path's ending.
  package let format: String?
  /// Whether an existing file may be replaced.
  package let replace: Bool
  package let range: SourceRange

  package init(path: String, format: String?, replace: Bool, range: SourceRange) {
    self.path = path
    self.format = format
    self.replace = replace
    self.range = range
  }

  /// The formats that can be named.
  package static let formats = ["csv", "tsv", "json", "jsonl", "markdown", "xlsx", "arrow"]
}

/// `load "pattern" as name with …`, options typed.
package struct LoadRequest: Sendable {
  /// An option's value and its place.
  package struct Option: Sendable {
    package let value: Scalar
    package let range: SourceRange
  }

  /// Paths or globs as written, at least one.
  package let patterns: [(text: String, range: SourceRange)]
  /// nil: named after the file.
  package let name: String?
  package let nameRange: SourceRange?
  /// By name; names and types are those of `LoadOptions.all`.
  package let options: [String: Option]
  package let range: SourceRange
}
