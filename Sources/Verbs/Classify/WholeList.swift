import Columns
import Plans

/// A part of a list: the whole, and the steps that cut the part out of it.
///
/// Followers are judged within their whole list, since what is usual and who came together cannot be
/// seen in a part of it (`acme | cohort in … | classify`, `acme | spike | rows | classify`). A step that
/// makes, changes or drops a column they are judged by makes a list of its own.
struct WholeList {
  let whole: Plan
  /// The steps from the part down to the whole.
  private let steps: [Plan]

  init(of part: Plan) {
    var steps: [Plan] = []
    var current = part
    while let (input, step) = current.cut, step?.keepsJudgedColumns(of: input) ?? true {
      if let step { steps.append(step) }
      current = input
    }
    whole = current
    self.steps = steps
  }

  var isPart: Bool { !steps.isEmpty }

  /// The part again, over the whole with more columns, which stay in it.
  func part(of plan: Plan) -> Plan {
    let added = plan.schema.fields.filter { whole.schema.field($0.name) == nil }
    return steps.reversed().reduce(plan) { input, step in
      step.over(input, keeping: added)
    }
  }
}

/// The columns that followers are judged by, under their names in a list.
private let judgedColumns: Set<String> = [
  "account", "id", "followers", "friends", "statuses", "favourites", "listed", "description",
  "description_len", "default_image", "created_at", "followed_at", "last_status_at",
]

extension Plan {
  /// Whether a step passes on every judged column of its input, and makes none.
  fileprivate func keepsJudgedColumns(of input: Plan) -> Bool {
    judgedColumns.allSatisfy { name in
      guard input.schema.field(name) == schema.field(name) else { return false }
      switch node {
      case .project(_, let columns):
        return columns.first { $0.name == name }?.isUnchanged ?? true
      case .broadcast(_, _, let aggregates): return !aggregates.contains { $0.name == name }
      case .window(_, _, _, let functions): return !functions.contains { $0.name == name }
      default: return true
      }
    }
  }

  /// The input of a step that keeps some rows of a list, and the step; nil at what makes rows.
  fileprivate var cut: (input: Plan, step: Plan?)? {
    switch node {
    case .filter(let input, _), .sort(let input, _), .slice(let input, _, _),
      .tail(let input, _), .sample(let input, _, _), .top(let input, _, _, _),
      .broadcast(let input, _, _), .window(let input, _, _, _):
      return (input, self)
    case .distinct(let input, let expressions) where !expressions.isEmpty:
      return (input, self)
    case .project(let input, _): return (input, self)
    case .analysis(let analysis, let inputs):
      guard analysis.keepsRows, let input = inputs.first else { return nil }
      return (input, self)
    case .binding(let binding): return (binding.plan, nil)
    case .table, .aggregate, .distinct, .join, .union, .fill, .expand: return nil
    }
  }

  /// The same step over another input, whose added columns stay.
  fileprivate func over(_ input: Plan, keeping added: [Field]) -> Plan {
    switch node {
    case .filter(_, let condition): return input.filtered(by: condition, range: range)
    case .project(_, let columns):
      let names = Set(columns.map(\.name))
      let kept = added.filter { !names.contains($0.name) }
        .map { NamedExpression($0.name, .column($0)) }
      return input.projected(to: columns + kept, range: range)
    case .broadcast(_, let partition, let aggregates):
      return input.broadcasting(aggregates, per: partition, range: range)
    case .window(_, let order, let partition, let functions):
      return input.windowed(functions, by: order, per: partition, range: range)
    case .sort(_, let keys): return input.sorted(by: keys, range: range)
    case .slice(_, let offset, let count):
      return input.sliced(offset: offset, count: count, range: range)
    case .tail(_, let count): return input.tail(count, range: range)
    case .sample(_, let sampling, let partition):
      return input.sampled(sampling, per: partition, range: range)
    case .top(_, let count, let keys, let partition):
      return input.top(count, by: keys, per: partition, range: range)
    case .distinct(_, let expressions): return input.distinct(on: expressions, range: range)
    case .analysis(let analysis, let inputs):
      return .analysis(analysis, over: [input] + inputs.dropFirst(), range: range)
    case .table, .binding, .aggregate, .join, .union, .fill, .expand: return self
    }
  }
}
