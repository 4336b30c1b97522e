package import Calendars
package import Columns

/// A table as text: names, types, aligned cells, and a line that counts honestly.
package struct TextTable {
  let style: Style
  let zone: TimeZoneRules

  package init(style: Style, zone: TimeZoneRules) {
    self.style = style
    self.zone = zone
  }

  static let gap = "  "

  /// The lines of a table, without line ends; reads only the rows that are shown.
  ///
  /// No line of the table itself is wider than the style's width; names of columns that were left
  /// out stand in lines behind the count.
  package func lines(_ table: Table) -> [String] {
    let shown = shownRows(table.rowCount)
    let rows = (shown.head + shown.tail).map { table.row($0) }
    let all = table.schema.fields.indices.map { position in
      TextColumn(
        field: table.schema.fields[position], cells: rows.map { $0[position] }, style: style,
        zone: zone)
    }
    let layout = TableLayout(all, limit: style.width)
    let columns = zip(layout.kept, layout.widths).map { all[$0].fitted(to: $1) }
    var lines = header(columns)
    for row in rows.indices {
      if row == shown.head.count && !shown.tail.isEmpty {
        lines.append(join(columns.map { $0.padded("·", .faint, style) }))
      }
      lines.append(join(columns.map { $0.line(row, style) }))
    }
    return lines + footer(table, shownCount: rows.count, elided: layout.elided.map { all[$0].name })
  }

  private func header(_ columns: [TextColumn]) -> [String] {
    if columns.isEmpty { return [] }
    let rules = columns.map { String(repeating: "─", count: $0.width) }
    return [
      join(columns.map { $0.padded($0.name, .header, style) }),
      join(columns.map { $0.padded($0.typeName, .faint, style) }),
      style.paint(rules.joined(separator: Self.gap), .faint),
    ]
  }

  private func join(_ cells: [String]) -> String {
    var line = cells.joined(separator: Self.gap)
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  private func shownRows(_ count: Int) -> (head: [Int], tail: [Int]) {
    if count <= style.rows { return (Array(0..<count), []) }
    let head = (style.rows + 1) / 2
    return (Array(0..<head), Array((count - (style.rows - head))..<count))
  }

  /// The number of rows, how many are shown, and the names of the columns that are not.
  private func footer(_ table: Table, shownCount: Int, elided: [String]) -> [String] {
    let count = NumberText.integer(Int64(table.rowCount), grouped: style.groupsThousands)
    var text = table.rowCount == 1 ? "1 row" : "\(count) rows"
    if shownCount < table.rowCount { text += " (\(shownCount) shown)" }
    if !elided.isEmpty {
      text += ", \(elided.count) more column\(elided.count == 1 ? "" : "s"):"
    }
    let words = text.split(separator: " ").map(String.init)
    let names = elided.enumerated().map { $1 + ($0 == elided.count - 1 ? "" : ",") }
    return wrapped(words + names, to: style.width ?? Int.max).map { style.paint($0, .faint) }
  }
}
