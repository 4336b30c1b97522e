/// One value of any type, for constants and single cells; columns never store these.
package enum Scalar: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case float(Double)
  case string(String)
  /// Days since 1970-01-01.
  case date(Int64)
  /// Microseconds since 1970 UTC.
  case time(Int64)
  /// Microseconds.
  case duration(Int64)

  /// The type; nil for null, which fits every type.
  package var type: DataType? {
    switch self {
    case .null: nil
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    case .date: .date
    case .time: .time
    case .duration: .duration
    }
  }

  /// Whether it is a text of these very bytes; `==` takes é and e with an accent for one.
  package func isText(_ text: String) -> Bool {
    guard case .string(let own) = self else { return false }
    return own.utf8.elementsEqual(text.utf8)
  }

  /// The stored integer of an int, date, time or duration; nil for the others.
  package var integer: Int64? {
    switch self {
    case .int(let value), .date(let value), .time(let value), .duration(let value): value
    case .null, .bool, .float, .string: nil
    }
  }

  /// The number of an int or float; nil for the others.
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  /// A value of an integer-stored type from its stored integer.
  package static func make(_ integer: Int64, of type: DataType) -> Scalar {
    switch type {
    case .int: .int(integer)
    case .date: .date(integer)
    case .time: .time(integer)
    case .duration: .duration(integer)
    case .bool: .bool(integer != 0)
    case .float: .float(Double(integer))
    case .string: .string(String(integer))
    }
  }
}
