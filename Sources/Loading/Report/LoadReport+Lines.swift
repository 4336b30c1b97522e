import Calendars
import Columns

extension LoadReport {
  /// The report as lines for a terminal; control characters in names are escaped.
  package func lines() -> [String] {
    var lines = [summary, "  \(layout)"]
    let width = min(24, columns.map { shown($0.name).count }.max() ?? 0)
    lines += columns.map { line($0, width: width) }
    lines += facts.map { "  \($0)" }
    lines += repairs.map { "  repaired: \(shown($0))" }
    if rejectCount > 0 {
      lines.append(
        "  rejected: \(count(rejectCount, "row")) not kept whole, see \(tableName)_rejects")
    }
    lines += warnings.map { "  warning: \(shown($0))" }
    return lines
  }

  /// Rows, columns, bytes and speed.
  package var summary: String {
    let files = files.count == 1 ? shown(files[0]) : "\(files.count) files"
    var text =
      "\(tableName): \(count(rows, "row")), \(count(columns.count, "column")) from \(files)"
    let time = seconds < 1 ? "\(tenths(seconds * 1000)) ms" : "\(tenths(seconds)) s"
    text += " in \(time)"
    let speed = Double(byteCount) / max(seconds, 1e-9) / 1e9
    if byteCount > 10_000_000 { text += " (\(hundredths(speed)) GB/s)" }
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
      facts.append("order: \(properties.order.rawValue) (\(orderReason))")
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
