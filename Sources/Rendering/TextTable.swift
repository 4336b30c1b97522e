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

  private static let gap = "  "
  private static let widestCell = 60
  private static let narrowestText = 8

  /// The lines of a table, without line ends; reads only the rows that are shown.
  package func lines(_ table: Table) -> [String] {
    let shown = shownRows(table.rowCount)
    let rows = (shown.head + shown.tail).map { table.row($0) }
    let all = table.schema.fields.indices.map { position in
      TextColumn(
        field: table.schema.fields[position], cells: rows.map { $0[position] }, style: style,
        zone: zone)
    }
    let layout = Layout(all.map { min($0.naturalWidth, Self.widestCell) }, all, limit: style.width)
    let columns = layout.kept.map { all[$0].fitted(to: layout.widths[$0]) }
    var lines = [
      join(columns.map { $0.padded($0.name, .header, style) }),
      join(columns.map { $0.padded($0.typeName, .faint, style) }),
      style.paint(
        columns.map { String(repeating: "─", count: $0.width) }.joined(separator: Self.gap), .faint),
    ]
    for row in rows.indices {
      if row == shown.head.count && !shown.tail.isEmpty {
        lines.append(join(columns.map { $0.padded("·", .faint, style) }))
      }
      lines.append(join(columns.map { $0.line(row, style) }))
    }
    lines.append(footer(table, shownCount: rows.count, elided: layout.elided.map { all[$0].name }))
    return lines
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

  private func footer(_ table: Table, shownCount: Int, elided: [String]) -> String {
    let count = NumberText.integer(Int64(table.rowCount), grouped: style.groupsThousands)
    var text = table.rowCount == 1 ? "1 row" : "\(count) rows"
    if shownCount < table.rowCount { text += " (\(shownCount) shown)" }
    if !elided.isEmpty {
      text += ", \(elided.count) more column\(elided.count == 1 ? "" : "s"): "
      text += elided.joined(separator: ", ")
    }
    return style.paint(text, .faint)
  }
}

/// Which columns fit the width, and how wide each becomes.
private struct Layout {
  var widths: [Int]
  var kept: [Int]
  var elided: [Int] = []

  /// Narrows text columns first, then leaves out columns from the middle: the first say what a row
  /// is and the last what was computed.
  init(_ natural: [Int], _ columns: [TextColumn], limit: Int?) {
    widths = natural
    kept = Array(natural.indices)
    guard let limit else { return }
    narrow(columns, limit)
    while total > limit && kept.count > 1 {
      elided.append(kept.remove(at: kept.count / 2))
      for column in kept { widths[column] = natural[column] }
      narrow(columns, limit)
    }
    elided.sort()
    if let only = kept.first, kept.count == 1 { widths[only] = min(widths[only], max(1, limit)) }
  }

  private var total: Int { kept.reduce(2 * max(0, kept.count - 1)) { $0 + widths[$1] } }

  private mutating func narrow(_ columns: [TextColumn], _ limit: Int) {
    while total > limit {
      let texts = kept.filter { columns[$0].isText && widths[$0] > 8 }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] = max(8, widths[widest] - max(1, min(total - limit, widths[widest] / 4)))
    }
  }
}
