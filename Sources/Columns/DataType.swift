/// The type of a column or an expression.
package enum DataType: String, Sendable, Hashable, CaseIterable {
  case bool
  /// 64 bits, checked.
  case int
  case float
  /// UTF-8.
  case string
  /// Days since 1970-01-01.
  case date
  /// Microseconds since 1970-01-01T00:00:00Z.
  case time
  /// Microseconds.
  case duration

  /// Whether arithmetic treats it as a number.
  package var isNumeric: Bool { self == .int || self == .float }

  /// Whether its values are stored as integers of some width.
  package var isStoredAsInteger: Bool {
    switch self {
    case .int, .date, .time, .duration: true
    case .bool, .float, .string: false
    }
  }
}
