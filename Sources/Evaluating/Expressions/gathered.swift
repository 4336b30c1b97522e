import Columns
import Plans

/// Alternatives in which a column is compared with one constant after the other, as look-ups in sets:
/// `x == a or x == b` is `x in (a, b)`.
func gathered(_ alternatives: [ScalarExpression], of expression: ScalarExpression)
  -> ScalarExpression
{
  var terms: [ScalarExpression] = []
  /// By column: where its term is.
  var places: [String: Int] = [:]
  for alternative in alternatives.flatMap(\.alternatives) {
    guard let own = alternative.constantsOfColumn else {
      terms.append(alternative)
      continue
    }
    if let place = places[own.column], let before = terms[place].constantsOfColumn {
      terms[place] = ScalarExpression(
        .isIn(before.value, before.constants + own.constants), type: .bool,
        range: terms[place].range)
    } else {
      places[own.column] = terms.count
      terms.append(alternative)
    }
  }
  if terms.count == 1 { return terms[0] }
  return ScalarExpression(.call(.or, terms), type: expression.type, range: expression.range)
}

extension ScalarExpression {
  fileprivate var alternatives: [ScalarExpression] {
    guard case .call(.or, let terms) = node else { return [self] }
    return terms.flatMap(\.alternatives)
  }

  /// The column, and the constants that it must be one of; nil for all else, and for floats, which have
  /// several zeros and NaNs.
  fileprivate var constantsOfColumn:
    (
      column: String, value: ScalarExpression, constants: [Scalar]
    )?
  {
    switch node {
    case .isIn(let value, let set):
      guard case .column(let name) = value.node, value.type != .float, value.type != .bool else {
        return nil
      }
      return (name, value, set)
    case .call(.equal, let sides):
      for (value, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        if case .column(let name) = value.node, case .constant(let constant) = other.node,
          constant != .null, value.type == other.type, value.type != .float, value.type != .bool
        {
          return (name, value, [constant])
        }
      }
      return nil
    default: return nil
    }
  }
}
