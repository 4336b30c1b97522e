import Columns
import Plans

extension ScalarExpression {
  /// A text that is the same for expressions of the same meaning; nil where plans are in it.
  var structure: String? {
    switch node {
    case .column(let name): return "c\(name.utf8.count):\(name)"
    case .constant(let value): return "k\(type)(\(value.exactText))"
    case .call(let function, let arguments):
      let parts = arguments.compactMap(\.structure)
      guard parts.count == arguments.count else { return nil }
      return "f\(function):\(type)(" + parts.joined(separator: ",") + ")"
    case .isIn(let value, let set):
      guard let inner = value.structure else { return nil }
      return "i(" + inner + "|" + set.map(\.exactText).joined(separator: ",") + ")"
    case .isInPlan, .scalarPlan: return nil
    }
  }

  /// The number of nodes, counted up to a limit.
  func size(upTo limit: Int) -> Int {
    switch node {
    case .column, .constant, .scalarPlan: return 1
    case .isIn(let value, _), .isInPlan(let value, _): return 1 + value.size(upTo: limit - 1)
    case .call(_, let arguments):
      var total = 1
      for argument in arguments where total < limit {
        total += argument.size(upTo: limit - total)
      }
      return total
    }
  }
}

extension Scalar {
  /// A text that no other value has: floats by their bits, texts with their length.
  var exactText: String {
    switch self {
    case .null: "n"
    case .float(let number): "d\(number.bitPattern)"
    case .string(let text): "s\(text.utf8.count):\(text)"
    case .bool(let flag): flag ? "b1" : "b0"
    case .int(let integer): "i\(integer)"
    case .date(let days): "a\(days)"
    case .time(let instant): "t\(instant)"
    case .duration(let length): "u\(length)"
    }
  }
}
