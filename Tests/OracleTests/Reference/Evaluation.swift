import Columns

/// One row in which expressions are evaluated, and the rows that its aggregates are over.
struct Evaluation {
  let reference: Reference
  let fields: [Field]
  let row: [Scalar]
  let group: [[Scalar]]

  /// In the expression's own type: an int where a float is wanted is widened.
  func value(_ term: Term) throws(ReferenceEnd) -> Scalar {
    let value = try bare(term)
    // A date and whole days give a date.
    if term.type == .date, case .time(let micros) = value { return .date(micros / dayMicros) }
    return value.widened(to: term.type)
  }

  private func bare(_ term: Term) throws(ReferenceEnd) -> Scalar {
    switch term.node {
    case .column(let name):
      guard let place = fields.firstIndex(where: { $0.name == name }), place < row.count else {
        throw .unsure
      }
      return row[place]
    case .literal(let value): return value
    case .call(let function, let arguments): return try call(function, arguments, term.type)
    case .isIn(let value, let list, let isNegated):
      return try isIn(value, list, isNegated)
    case .between(let value, let low, let high, let isNegated):
      let above = try call(.greaterOrEqual, [value, low], .bool)
      let below = try call(.lessOrEqual, [value, high], .bool)
      return negated(both(above, below), isNegated)
    case .period(let function, let value, let period):
      return within(function, try self.value(value), period)
    case .matches(let value, let pattern):
      return try withText(value) { .bool(pattern.firstMatch($0) != nil) }
    case .extract(let value, let pattern, let group):
      return try withText(value) { extracted($0, pattern, group) }
    case .rewrite(let value, let pattern, let with):
      return try withText(value) { .string(rewritten($0, pattern, with)) }
    case .path(let value, let steps):
      return try withText(value) { JSONDocument($0)?.text(at: steps).map { .string($0) } ?? .null }
    case .dateText(let value, let format):
      let moment = try self.value(value)
      return moment == .null ? .null : .string(dateText(moment, format))
    case .isInRows(let value, let rows, let isNegated):
      return try isInRows(value, rows, isNegated)
    case .scalar(let pipeline):
      let rows = try reference.rows(inside: pipeline).rows
      if rows.count > 1 { throw .fault }
      return rows.first?[0] ?? .null
    case .aggregate(let aggregate, let arguments, let parameter):
      return try self.aggregate(aggregate, arguments, parameter, term.type)
    case .window: throw .unsure
    }
  }

  // MARK: Calls

  private func call(
    _ function: Function, _ arguments: [Term], _ type: DataType
  ) throws(ReferenceEnd) -> Scalar {
    switch function {
    case .and, .or: return try logic(function, arguments)
    case .isNull: return .bool(try value(arguments[0]) == .null)
    case .isNotNull:
      return .bool(reference.flaw == .notNullIsTrue ? true : try value(arguments[0]) != .null)
    case .coalesce, .otherwise:
      for argument in arguments {
        let value = try value(argument).widened(to: type)
        if value != .null { return value }
      }
      return .null
    case .choice, .cases: return try choice(arguments, type)
    case .least, .greatest: return try extreme(function, arguments)
    default: return try plain(function, arguments)
    }
  }

  private func plain(_ function: Function, _ arguments: [Term]) throws(ReferenceEnd) -> Scalar {
    var values: [Scalar] = []
    // All are evaluated: a fault beside a null may stop the engine.
    for argument in arguments { values.append(try value(argument)) }
    if values.contains(.null) { return .null }
    if function == .lessOrEqual, reference.flaw == .lessOrEqualAsLess {
      return try apply(.less, values)
    }
    return try apply(function, values)
  }

  private func logic(_ function: Function, _ arguments: [Term]) throws(ReferenceEnd) -> Scalar {
    let first = try value(arguments[0])
    let second = try value(arguments[1])
    if function == .and { return both(first, second) }
    if first == .bool(true) || second == .bool(true) { return .bool(true) }
    return first == .null || second == .null ? .null : .bool(false)
  }

  private func both(_ first: Scalar, _ second: Scalar) -> Scalar {
    if first == .bool(false) || second == .bool(false) { return .bool(false) }
    return first == .null || second == .null ? .null : .bool(true)
  }

  private func negated(_ value: Scalar, _ isNegated: Bool) -> Scalar {
    guard isNegated, case .bool(let value) = value else { return value }
    return .bool(!value)
  }

  /// `if` and `case`: the value behind the first condition that is true, else the last one.
  private func choice(_ arguments: [Term], _ type: DataType) throws(ReferenceEnd) -> Scalar {
    for index in stride(from: 0, to: arguments.count - 1, by: 2)
    where try value(arguments[index]) == .bool(true) {
      return try value(arguments[index + 1]).widened(to: type)
    }
    return arguments.count.isMultiple(of: 2)
      ? .null : try value(arguments[arguments.count - 1]).widened(to: type)
  }

  private func extreme(_ function: Function, _ arguments: [Term]) throws(ReferenceEnd) -> Scalar {
    var values: [Scalar] = []
    for argument in arguments { values.append(try value(argument)) }
    values = unified(values).filter { $0 != .null }
    guard var best = values.first else { return .null }
    for value in values {
      let order = order(value, best)
      if function == .least ? order < 0 : order > 0 { best = value }
    }
    return best
  }

  // MARK: Sets, periods, patterns

  private func isIn(
    _ value: Term, _ list: [Term], _ isNegated: Bool
  ) throws(ReferenceEnd) -> Scalar {
    var result = Scalar.bool(false)
    for element in list {
      let same = try call(.equal, [value, element], .bool)
      if result != .bool(true) { result = same == .bool(false) ? result : same }
    }
    return negated(result, isNegated)
  }

  private func isInRows(
    _ term: Term, _ pipeline: Pipeline, _ isNegated: Bool
  ) throws(ReferenceEnd) -> Scalar {
    let rows = try reference.rows(inside: pipeline)
    let value = try value(term)
    guard let place = keyPlace(of: rows.fields, for: term) else { throw .unsure }
    if value == .null { return .null }
    let isThere = rows.rows.contains { row in
      let pair = unified([row[place], value])
      return row[place] != .null && pair[0].key == pair[1].key
    }
    return .bool(isThere != isNegated)
  }

  private func within(_ function: Function?, _ value: Scalar, _ period: Period) -> Scalar {
    guard let micros = value.widened(to: .time).integer else { return .null }
    switch function {
    case .less: return .bool(micros < period.start)
    case .lessOrEqual: return .bool(micros < period.end)
    case .greater: return .bool(micros >= period.end)
    case .greaterOrEqual: return .bool(micros >= period.start)
    case .notEqual: return .bool(!(period.start..<period.end).contains(micros))
    default: return .bool((period.start..<period.end).contains(micros))
    }
  }

  private func withText(
    _ term: Term, _ body: ([Unicode.Scalar]) -> Scalar
  ) throws(ReferenceEnd) -> Scalar {
    guard case .string(let text) = try value(term) else { return .null }
    return body(Array(text.unicodeScalars))
  }

  private func extracted(
    _ text: [Unicode.Scalar], _ pattern: Pattern, _ group: Int?
  ) -> Scalar {
    guard let match = pattern.firstMatch(text) else { return .null }
    let wanted = group ?? (pattern.group == nil ? 0 : 1)
    return .string(made(text[wanted == 0 ? match.whole : match.group ?? match.whole]))
  }
}
