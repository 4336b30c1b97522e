import Checking
import Columns
import Plans

/// The low-quality flag of a profile (methods: part 0): three points of five.
///
/// One point each for 5 posts or fewer, fewer than 15 followers, following 10 times as many as
/// follow, the default image, and an empty description. It is weak against well-made profiles and is
/// only ever compared with the same account's own share.
struct LowQuality {
  private let points: [ScalarExpression]
  private static let needed: Int64 = 3

  init(_ plan: Plan) {
    func number(_ name: String) -> ScalarExpression? {
      plan.schema.field(name).flatMap {
        $0.type.isNumeric ? ScalarExpression.column($0).asFloat : nil
      }
    }
    func test(
      _ value: ScalarExpression?, _ function: ScalarFunction, _ edge: Double
    ) -> ScalarExpression? {
      value.map { .call(function, [$0, .constant(.float(edge))], type: .bool) }
    }
    let followers = number("followers")
    let ratio = number("friends").flatMap { friends in
      followers.map { Quotient(above: friends, below: $0).value }
    }
    points = [
      test(number("statuses"), .lessOrEqual, 5), test(followers, .less, 15),
      test(ratio, .greaterOrEqual, 10), Self.defaultImage(plan), Self.emptyDescription(plan),
    ].compactMap { $0 }
  }

  /// The flag of each row, false where the profile is not known; nil where too few columns are there
  /// for any row to reach it.
  var flag: ScalarExpression? {
    guard points.count >= Int(Self.needed) else { return nil }
    let counted = points.map { point -> ScalarExpression in
      let yes = ScalarExpression.call(.coalesce, [point, .constant(.bool(false))], type: .bool)
      return .call(.ifElse, [yes, .constant(.int(1)), .constant(.int(0))], type: .int)
    }
    let sum = counted.dropFirst().reduce(counted[0]) { .call(.add, [$0, $1], type: .int) }
    return .call(.greaterOrEqual, [sum, .constant(.int(Self.needed))], type: .bool)
  }

  private static func defaultImage(_ plan: Plan) -> ScalarExpression? {
    guard let field = plan.schema.field("default_image"), field.type == .bool else { return nil }
    return .column(field)
  }

  /// An empty text; where only the length of the description is known, a length of 0.
  static func emptyDescription(_ plan: Plan) -> ScalarExpression? {
    if let field = plan.schema.field("description"), field.type == .string {
      let column = ScalarExpression.column(field)
      let isEmpty = ScalarExpression.call(
        .equal, [column, .constant(.string(""))], type: .bool)
      return .call(.or, [.call(.isNull, [column], type: .bool), isEmpty], type: .bool)
    }
    guard let field = plan.schema.field("description_len"), field.type == .int else { return nil }
    return .call(.equal, [.column(field), .constant(.int(0))], type: .bool)
  }
}
