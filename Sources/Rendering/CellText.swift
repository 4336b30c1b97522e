package import Calendars
package import Columns

/// A single value as text.
package enum CellText {
  /// The value for a reader: hostile characters escaped, six significant digits; nil for null.
  static func of(_ value: Scalar, decimals: Int, style: Style, zone: TimeZoneRules) -> String? {
    switch value {
    case .null: nil
    case .bool(let value): value ? "true" : "false"
    case .int(let value): NumberText.integer(value, grouped: style.groupsThousands)
    case .float(let value):
      NumberText.float(value, decimals: decimals, grouped: style.groupsThousands)
    case .string(let text): SafeText.escaped(text)
    case .date(let days): formatDate(days: Int(days))
    case .time(let micros): formatTime(micros: micros, zone: zone)
    case .duration(let micros): formatDuration(micros: micros)
    }
  }

  /// The value of a bare expression, every digit of it; `null` for null.
  package static func whole(_ value: Scalar, zone: TimeZoneRules) -> String {
    if case .float(let value) = value {
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return of(value, decimals: 0, style: Style(), zone: zone) ?? "null"
  }
}
