import Calendars
import Columns

extension LoadReport {
  /// The report as lines for a terminal; control characters in names are escaped.
  package func lines() -> [String] {
    var lines = [summary, "  \(layout)"]
    let told = toldColumns
    let width = min(24, told.map { shown($0.name).count }.max() ?? 0)
    lines += told.map { line($0, width: width) }
    if told.count < columns.count { lines.append("  \(elided(told.count))") }
    lines += facts.map { "  \($0)" }
    lines += listed(repairs).map { "  repaired: \(shown($0))" }
    if rejectCount > 0 {
      lines.append(
        "  rejected: \(count(rejectCount, "row")) not kept whole, see \(tableName)_rejects")
    }
    lines += listed(earlierNotes).map { "  when first loaded: \(shown($0))" }
    lines += listed(warnings).map { "  warning: \(shown($0))" }
    return lines
  }

  /// Whether nothing was read, so that there is no speed.
  private var isMapped: Bool { layout.hasPrefix("Arrow, saved") }

  private static let columnLimit = 60
  private static let noteLimit = 30

  /// The columns that have a line: of very many the recognised ones, and the first.
  private var toldColumns: [ColumnLine] {
    if columns.count <= LoadReport.columnLimit { return columns }
    let known = columns.indices.filter { columns[$0].originalName != nil }
    let chosen = Set((known + columns.indices.prefix(LoadReport.columnLimit / 2)).prefix(60))
    return columns.indices.filter { chosen.contains($0) }.map { columns[$0] }
  }

  /// `… 19,970 more columns: 12,000 int, 7,970 string`.
  private func elided(_ told: Int) -> String {
    var counts: [DataType: Int] = [:]
    for column in columns { counts[column.type, default: 0] += 1 }
    let types = DataType.allCases.compactMap { type in
      counts[type].map { "\(grouped($0)) \(type.rawValue)" }
    }
    return
      "… and \(count(columns.count - told, "column")) more; in all \(types.joined(separator: ", "))"
  }

  /// The first notes, and how many more there are.
  private func listed(_ notes: [String]) -> [String] {
    if notes.count <= LoadReport.noteLimit { return notes }
    return notes.prefix(LoadReport.noteLimit) + [
      "and \(grouped(notes.count - LoadReport.noteLimit)) more"
    ]
  }

  /// Rows, columns, bytes and speed.
  package var summary: String {
    let files = files.count == 1 ? shown(files[0]) : "\(files.count) files"
    var text =
      "\(tableName): \(count(rows, "row")), \(count(columns.count, "column")) from \(files)"
    let time = seconds < 1 ? "\(tenths(seconds * 1000)) ms" : "\(tenths(seconds)) s"
    text += " in \(time)"
    let speed = Double(byteCount) / max(seconds, 1e-9) / 1e9
    if byteCount > 10_000_000, !isMapped { text += " (\(hundredths(speed)) GB/s)" }
    return text
  }

  private func line(_ column: ColumnLine, width: Int) -> String {
    var parts: [String] = []
    if let original = column.originalName { parts.append("was \(shown(original))") }
    if !column.recognition.isEmpty { parts.append(column.recognition) }
    if let distinct = column.distinct { parts.append("\(grouped(distinct)) different") }
    if column.nulls > 0 {
      parts.append(column.nulls == rows ? "all null" : "\(count(column.nulls, "null"))")
    }
    let type = column.type.rawValue
    let text = "  \(padded(shown(column.name), width))  \(padded(type, 6))  "
    let line = text + parts.joined(separator: ", ")
    return line.trimmingEnd()
  }

  private var facts: [String] {
    var facts: [String] = []
    if !properties.roles.isEmpty {
      facts.append(properties.roles.map(\.rawValue).joined(separator: ", "))
    }
    if properties.platform != .unknown { facts.append("platform: \(properties.platform.rawValue)") }
    if properties.selection != .unknown {
      facts.append("selection: \(properties.selection.rawValue)")
    }
    if let time = properties.capturedAt {
      facts.append("captured: \(formatTime(micros: time, zone: .utc))")
    }
    if properties.order != .unknown {
      let isTold = properties.order != .notInFollowOrder || orderReason.hasPrefix("followed_at")
      let order = isTold ? properties.order.rawValue : "not seen to be that of following"
      facts.append("order: \(order) (\(orderReason))")
    }
    return facts.isEmpty ? [] : [facts.joined(separator: "; ")]
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

private func tenths(_ value: Double) -> String {
  let scaled = Int((min(value, 1e12) * 10).rounded())
  return "\(scaled / 10).\(scaled % 10)"
}

private func hundredths(_ value: Double) -> String {
  let scaled = Int((min(value, 1e12) * 100).rounded())
  return "\(scaled / 100).\(scaled / 10 % 10)\(scaled % 10)"
}
