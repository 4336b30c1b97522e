import Columns

/// From one period to the next, as `with fill = true` counts them.
enum PeriodStep: Sendable {
  case months(Int64)
  case days(Int64)
  /// Of a column of ints (years, hours) or times (microseconds).
  case width(Int64)
}

extension Term {
  /// The step of a key that is a period; nil for all others.
  var periodStep: PeriodStep? {
    switch node {
    case .call(.day, _): return .days(1)
    case .call(.week, _): return .days(7)
    case .call(.month, _): return .months(1)
    case .call(.quarter, _): return .months(3)
    case .call(.year, _), .call(.hour, _): return .width(1)
    case .call(.bin, let arguments) where type == .date || type == .time:
      guard case .literal(.duration(let width)) = arguments[1].node, width > 0 else { return nil }
      return type == .date ? .days(max(1, width / dayMicros)) : .width(width)
    case .call(.toDate, let arguments) where arguments[0].type != .date: return .days(1)
    default: return nil
    }
  }
}

/// The column that `x in TABLE` looks in: the only one, or the one of x's name.
func keyPlace(of fields: [Field], for value: Term) -> Int? {
  if fields.count == 1 { return 0 }
  guard case .column(let name) = value.node else { return nil }
  return fields.firstIndex { $0.name == name }
}
