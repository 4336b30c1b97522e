import CXlsx
package import Calendars
package import Columns

/// Why a table cannot be a workbook.
package enum WorkbookProblem: Error, Sendable, Hashable {
  /// More rows or columns than a sheet holds.
  case tooLarge
  /// In the library's words.
  case unwritable(String)
}

/// The most rows of a sheet below its names, and the most columns.
package let workbookLimits = (rows: 1_048_575, columns: 16_384)

/// Writes a table as an Excel workbook of one sheet to a path, and gives the texts that were cut.
///
/// Names stand in the first row, which stays in sight. Integers of a column that holds keys or more
/// than 15 digits are text, so that nothing is rounded. Dates and times (in `zone`, seconds) are
/// Excel's, those before March 1900 text; nulls and what is not finite are empty. O(cells), with the
/// rows on the disk while they are written.
package func writeWorkbook(
  _ table: Table, zone: TimeZoneRules, to path: String
) throws(WorkbookProblem) -> Int {
  guard table.rowCount <= workbookLimits.rows, table.columns.count <= workbookLimits.columns else {
    throw .tooLarge
  }
  guard decoy_workbook_is_there() != 0 else {
    throw .unwritable("libxlsxwriter is not installed (scripts/install does it)")
  }
  guard let workbook = decoy_workbook_new(path) else { throw .unwritable("no memory") }
  let columns = table.schema.fields.indices.map { WorkbookColumn(table, $0, zone) }
  for (position, column) in columns.enumerated() {
    decoy_workbook_width(workbook, UInt16(position), column.width)
    decoy_workbook_name(workbook, UInt16(position), table.schema.fields[position].name)
  }
  var cut = 0
  var row: UInt32 = 1
  for (index, rows) in table.segmentRowCounts.enumerated() {
    let segments = table.columns.map { $0.segments[index] }
    let sources = zip(table.columns, segments).map { CellSource($1, type: $0.type) }
    // The sources point into the segments.
    withExtendedLifetime(segments) {
      for place in 0..<rows {
        for (position, column) in columns.enumerated() where !sources[position].isNull(place) {
          cut += column.write(sources[position], place, workbook, row, UInt16(position))
        }
        row += 1
      }
    }
  }
  if let problem = decoy_workbook_close(workbook) { throw .unwritable(String(cString: problem)) }
  return cut
}
