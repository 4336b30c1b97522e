import Calendars
import Checking
import Columns
import Diagnostics
import Parsing
import Plans

extension VerbCall {
  /// The filling of the one period among the keys of by, or nil with an error.
  func fill(_ keys: [NamedExpression], besides outer: [NamedExpression]) -> PeriodFill? {
    // A key with an error has been reported, and may have been the period.
    guard keys.count == items(of: .by).count else { return nil }
    let periods = keys.compactMap { key in
      PeriodFill.Step(key.expression, over: input).map { (name: key.name, step: $0) }
    }
    guard let period = periods.first, periods.count == 1 else {
      let place = items(of: .with).first { $0.name?.text == "fill" }
      let names = periods.map { "'\($0.name)'" }.joined(separator: " and ")
      report(
        periods.isEmpty
          ? "'fill' needs a period among the keys of by"
          : "'fill' needs one period among the keys of by, found \(names)",
        hint: periods.isEmpty
          ? "day week month quarter year hour bin(time, 6h) of a time, or a date"
          : "write the others as text: string(…)",
        at: place?.range ?? stage.range)
      return nil
    }
    let others = (outer + keys).map(\.name).filter { $0 != period.name }
    return PeriodFill(period: period.name, step: period.step, keys: others)
  }
}

extension PeriodFill.Step {
  /// From one value of a key to the next; nil when it is no period.
  fileprivate init?(_ key: ScalarExpression, over plan: Plan) {
    let key = plan.definition(of: key)
    switch key.node {
    case .call(.day, _): self = .calendar(.day)
    case .call(.week, _): self = .calendar(.week)
    case .call(.month, _): self = .calendar(.month)
    case .call(.quarter, _): self = .calendar(.quarter)
    case .call(.year, _), .call(.hour, _): self = .width(1)
    case .call(.bin, let arguments) where key.type == .time || key.type == .date:
      guard case .duration(let width)? = arguments.last?.constantValue, width > 0 else {
        return nil
      }
      self = .width(key.type == .date ? max(1, width / 86_400_000_000) : width)
    default:
      guard key.type == .date else { return nil }
      self = .calendar(.day)
    }
  }
}

extension Plan {
  /// What a column was computed as, when it was in a step before.
  fileprivate func definition(of expression: ScalarExpression) -> ScalarExpression {
    guard case .column(let name) = expression.node else { return expression }
    switch node {
    case .project(let input, let columns):
      return columns.first { $0.name == name }.map { input.definition(of: $0.expression) }
        ?? expression
    case .filter(let input, _), .sort(let input, _), .slice(let input, _, _),
      .top(let input, _, _, _), .distinct(let input, _), .broadcast(let input, _, _):
      return input.definition(of: expression)
    case .aggregate(let input, let keys, _):
      return keys.first { $0.name == name }.map { input.definition(of: $0.expression) }
        ?? expression
    case .binding(let binding): return binding.plan.definition(of: expression)
    default: return expression
    }
  }

  /// The rows of a filling, if there is one, with what the aggregates give for no rows.
  func filled(
    _ fill: PeriodFill?, zeros aggregates: [NamedAggregate], range: SourceRange
  ) -> Plan {
    guard let fill else { return self }
    let plan = filled(fill, range: range)
    let zeros = aggregates.compactMap { aggregate in
      aggregate.zero.map { zero in
        NamedExpression(
          aggregate.name,
          .call(
            .coalesce, [ScalarExpression(.column(aggregate.name), type: zero.type), zero],
            type: zero.type, range: range))
      }
    }
    return zeros.isEmpty ? plan : plan.extended(by: zeros, range: range)
  }
}

extension NamedAggregate {
  /// What it gives for no rows; nil when that is null.
  fileprivate var zero: ScalarExpression? {
    switch call.function {
    case .count, .sum, .distinct: break
    default: return nil
    }
    switch call.type {
    case .float: return .constant(.float(0))
    case .duration: return .constant(.duration(0))
    default: return .constant(.int(0))
    }
  }
}
