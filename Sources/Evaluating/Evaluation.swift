package import Columns
package import Diagnostics

/// What a plan gave: the rows, what the reader must be told, and where the time went.
package struct Evaluation: Sendable {
  /// One step of the plan as it ran, for `explain`; steps of one fused pass share its time.
  package struct Step: Sendable {
    package let depth: Int
    package let description: String
    package let rowCount: Int
    package let seconds: Double
    /// How it was done, where there was a choice; empty for others.
    package let way: String
  }

  package let table: Table
  /// Short sentences: rows dropped for a null condition, values that did not convert, ties.
  package let notes: [String]
  package let steps: [Step]

  /// The same rows under another name.
  package func named(_ name: String) -> Evaluation {
    Evaluation(table: table.named(name), notes: notes, steps: steps)
  }
}

/// Why an evaluation ended without a result: an error of the data at a place, or Ctrl-C.
package enum EvaluationFailure: Error {
  case diagnostic(Diagnostic)
  case interrupted
}
