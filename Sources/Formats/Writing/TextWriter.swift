package import Calendars
package import Columns
package import Tasks

/// Writes a table as text, part by part.
package final class TextWriter {
  private let out: OutputBuffer
  private let style: Style
  private let zone: TimeZoneRules
  private let workers: Workers?
  private var rowCount = 0

  private enum Style {
    case delimited(DelimitedStyle)
    case json(JSONStyle)
    case markdown(MarkdownStyle)
  }

  /// Begins a table in one of the formats that are text; `workers` make it, where given.
  package init(
    _ schema: Schema, as format: OutputFormat, zone: TimeZoneRules, on workers: Workers? = nil,
    to sink: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    precondition(format.isText, "Arrow is no text")
    out = OutputBuffer(sink)
    self.workers = workers
    style = TextWriter.style(of: format, schema)
    self.zone = format == .json || format == .jsonl ? .utc : zone
    switch style {
    case .delimited(let style): style.beginTable(schema, out)
    case .json(let style): style.beginTable(schema, out)
    case .markdown(let style): style.beginTable(schema, out)
    }
  }

  private static func style(of format: OutputFormat, _ schema: Schema) -> Style {
    switch format {
    case .csv, .tsv, .arrow, .arrows:
      .delimited(
        DelimitedStyle(
          delimiter: format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ","),
          isSingleColumn: schema.fields.count == 1))
    case .json, .jsonl: .json(JSONStyle(names: schema.names, isArray: format == .json))
    case .markdown: .markdown(MarkdownStyle())
    }
  }

  /// Writes the rows of a table of the same columns.
  package func append(_ table: Table) throws {
    switch style {
    case .delimited(let style): try writeRows(table, from: rowCount, style, zone, workers, out)
    case .json(let style): try writeRows(table, from: rowCount, style, zone, workers, out)
    case .markdown(let style): try writeRows(table, from: rowCount, style, zone, workers, out)
    }
    rowCount += table.rowCount
  }

  /// Ends the table.
  package func finish() throws {
    switch style {
    case .delimited(let style): style.endTable(rowCount, out)
    case .json(let style): style.endTable(rowCount, out)
    case .markdown(let style): style.endTable(rowCount, out)
    }
    try out.flush()
  }
}
