/// A table and what is done to it.
struct Pipeline: Sendable {
  var source: String
  var stages: [Stage] = []
}

/// A sort key of a case.
struct Order: Sendable {
  var term: Term
  var isDescending: Bool
}

/// A step of a pipeline, as the language has it.
enum Stage: Sendable {
  case filter([Term])
  case derive([NamedTerm], per: [String])
  case select([NamedTerm])
  case drop([String])
  case rename([(new: String, old: String)])
  case sort([Order])
  case take(Int)
  case tail(Int)
  /// Columns of their own, or whole rows by keys, or whole rows.
  case distinct([NamedTerm], by: [NamedTerm])
  case group([NamedTerm], by: [NamedTerm], per: [NamedTerm])
  /// `group … with fill = true`: one of the inner keys is a period.
  case fill([NamedTerm], by: [NamedTerm], per: [NamedTerm])
  case top(Int, by: [Order], per: [NamedTerm])
  case count([Term], by: [NamedTerm])
  case join(JoinKind, Pipeline, on: [JoinKey])
  case union([Pipeline])
  /// `ratio a / b by k`, and without keys the bands.
  case ratio(Term, Term, by: [NamedTerm])
  /// `ratio (condition) by k`.
  case share(Term, by: [NamedTerm])
  case window([NamedTerm], by: [Order], per: [NamedTerm])
  case pivot([NamedTerm], on: Term, by: [NamedTerm])
  case unpivot([String], name: String, value: String)
  case explode(String)
  case sample(SampleSize, seed: Int64, per: [NamedTerm])
}

/// How many rows `sample` draws: so many, or each with a chance.
enum SampleSize: Sendable {
  case rows(Int)
  case chance(Double)
}

/// `join` with its kinds, and `lookup`.
enum JoinKind: String, Sendable, CaseIterable {
  case inner, left, semi, anti, lookup
}

/// Expressions over the left and over the right rows that are to be equal.
struct JoinKey: Sendable {
  let left: Term
  let right: Term

  /// The column that both sides are.
  var sharedColumn: String? {
    if case .column(let a) = left.node, case .column(let b) = right.node, a == b { return a }
    return nil
  }
}

extension Stage {
  /// The expressions over the rows of the input.
  var terms: [Term] {
    switch self {
    case .filter(let terms): terms
    case .derive(let items, _), .select(let items): items.map(\.term)
    case .drop, .rename, .take, .tail, .join, .union, .unpivot, .explode: []
    case .sort(let orders): orders.map(\.term)
    case .distinct(let items, let keys): (items + keys).map(\.term)
    case .group(let items, let keys, let outer), .fill(let items, let keys, let outer):
      (items + keys + outer).map(\.term)
    case .top(_, let orders, let keys): orders.map(\.term) + keys.map(\.term)
    case .count(let conditions, let keys): conditions + keys.map(\.term)
    case .ratio(let above, let below, let keys): [above, below] + keys.map(\.term)
    case .share(let condition, let keys): [condition] + keys.map(\.term)
    case .window(let items, let orders, let keys):
      (items + keys).map(\.term) + orders.map(\.term)
    case .sample(_, _, let keys): keys.map(\.term)
    case .pivot(let items, let key, let keys): [key] + (items + keys).map(\.term)
    }
  }
}
