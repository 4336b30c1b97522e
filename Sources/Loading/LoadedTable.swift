package import Columns

/// What a load gave.
package struct LoadedTable: Sendable {
  package let table: Table
  /// The rows that could not be kept whole, as `NAME_rejects`: `file` (of several), `line`, `reason`,
  /// `raw`; nil when all could.
  package let rejects: Table?
  package let report: LoadReport
}
