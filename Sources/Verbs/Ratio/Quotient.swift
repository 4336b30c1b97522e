import Checking
import Columns
import Plans

/// `a / b` of a row.
struct Quotient {
  let above: ScalarExpression
  let below: ScalarExpression

  /// a / max(1, b); null where a or b is.
  var value: ScalarExpression {
    // clamp, not greatest: that skips nulls. NaN is above every number, so that it stays.
    let isInt = below.type == .int
    let low = ScalarExpression.constant(isInt ? .int(1) : .float(1))
    let high = ScalarExpression.constant(isInt ? .int(.max) : .float(.nan))
    let floor = ScalarExpression.call(.clamp, [below, low, high], type: below.type)
    return .quotient(above, floor)
  }

  var belowIsZero: ScalarExpression {
    .call(
      .equal, [below, .constant(below.type == .int ? .int(0) : .float(0))], type: .bool)
  }

  var text: String { "\(above.text) / \(below.text)" }

  /// The input with the keys, the ratio of each row (`#value`) and its sides (`#above`, `#below`),
  /// and the keys as they are called there.
  func projected(
    _ call: VerbCall, _ keys: [NamedExpression]
  ) -> (values: Plan, keys: [NamedExpression]) {
    let columns = [
      NamedExpression("#value", value), NamedExpression("#above", above),
      NamedExpression("#below", below),
    ]
    let values = call.input.projected(to: keys + columns, range: call.range)
    let groups = keys.map {
      NamedExpression($0.name, Quotient.column($0.name, $0.expression.type))
    }
    return (values, groups)
  }

  /// A column of these plans.
  static func column(_ name: String, _ type: DataType) -> ScalarExpression {
    ScalarExpression(.column(name), type: type)
  }
}
