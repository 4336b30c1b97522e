package import Columns
package import Formats

/// What a load gave.
package struct LoadedTable: Sendable {
  package let table: Table
  /// The rows that could not be kept whole, as `NAME_rejects`: `file` (of several), `line`, `reason`,
  /// `raw`; nil when all could.
  package let rejects: Table?
  package internal(set) var report: LoadReport
  /// The files in which values still are; they may turn out to be damaged when they are used.
  package var mappedFiles: [MappedFile] = []
}
