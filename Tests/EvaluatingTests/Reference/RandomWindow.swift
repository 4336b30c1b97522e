import Columns
import Plans

/// Random window functions over the columns of a schema.
enum RandomWindow {
  /// A call, or nil where no column fits the function that was drawn.
  static func call(_ schema: Schema, _ random: inout Seeded) -> WindowCall? {
    let all = WindowFunction.allCases
    return call(all[random.below(all.count)], schema, &random)
  }

  /// A call of this function.
  static func call(
    _ function: WindowFunction, _ schema: Schema, _ random: inout Seeded
  ) -> WindowCall? {
    if function == .rowNumber || function == .rank { return WindowCall(function, type: .int) }
    let fields = schema.fields.filter { fits($0, function) }
    guard !fields.isEmpty else { return nil }
    let field = fields[random.below(fields.count)]
    var parameter: Int?
    var type = field.type
    switch function {
    case .lag, .lead: parameter = [0, 1, 2, 5, 1_000, .max][random.below(6)]
    case .rollingCount, .rollingMean, .rollingMedian, .rollingMAD:
      parameter = [1, 2, 3, 7, 28, 65, 200, .max][random.below(8)]
      type = function == .rollingCount ? .int : .float
    default: break
    }
    return WindowCall(function, .column(field), parameter: parameter, type: type)
  }

  private static func fits(_ field: Field, _ function: WindowFunction) -> Bool {
    switch function {
    case .lag, .lead, .rollingCount, .rowNumber, .rank: true
    case .runningMin, .runningMax: field.type != .bool
    // Sums of the edges of 64 bits overflow, and their means round one way or the other.
    case .cumsum: ["small", "number", "span", "full"].contains(field.name)
    case .rollingMean, .rollingMedian, .rollingMAD:
      ["small", "number", "full"].contains(field.name)
    }
  }
}
