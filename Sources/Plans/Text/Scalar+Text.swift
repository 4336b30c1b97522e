import Calendars
package import Columns

extension Scalar {
  /// As it is written in a program; times in UTC.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .float(let value): value.isNaN ? "nan" : value.description
    case .string(let value): "\"" + value.map(Scalar.escaped).joined() + "\""
    case .date(let days): formatDate(days: Int(days))
    case .time(let micros): formatTime(micros: micros, zone: .utc)
    case .duration(let micros): formatDuration(micros: micros)
    }
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: String(character)
    }
  }
}
