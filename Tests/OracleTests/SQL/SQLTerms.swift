import Columns

/// Expressions as DuckDB reads them; nil where our rule has no counterpart (Tests/OracleTests/README.md).
///
/// Durations are microseconds in BIGINT. Macros that begin with `d_` are those of scripts/oracle.
extension SQLWriter {
  func sql(_ term: Term) -> String? {
    switch term.node {
    case .column(let name): return (prefix.map { "\($0)." } ?? "") + Self.quoted(name)
    case .literal(let value): return Self.literal(value, term.type)
    case .call(let function, let arguments): return call(function, arguments, term.type)
    case .isIn(let value, let list, let isNegated):
      let tests = list.compactMap { call(.equal, [value, $0], .bool) }
      guard tests.count == list.count else { return nil }
      return "(\(isNegated ? "NOT " : "")(\(tests.joined(separator: " OR "))))"
    case .between(let value, let low, let high, let isNegated):
      guard let above = call(.greaterOrEqual, [value, low], .bool),
        let below = call(.lessOrEqual, [value, high], .bool)
      else { return nil }
      return "(\(isNegated ? "NOT " : "")(\(above) AND \(below)))"
    case .period(let function, let value, let period): return self.period(function, value, period)
    case .matches(let value, let pattern):
      return sql(value).map { "regexp_matches(\($0), \(Self.text(pattern.text)))" }
    case .extract(let value, let pattern, let group):
      let wanted = group ?? (pattern.group == nil ? 0 : 1)
      let text = Self.text(pattern.text)
      return sql(value).map {
        "CASE WHEN regexp_matches(\($0), \(text)) THEN regexp_extract(\($0), \(text), \(wanted)) END"
      }
    case .rewrite(let value, let pattern, let with):
      return sql(value).map {
        "regexp_replace(\($0), \(Self.text(pattern.text)), \(Self.text(with)), 'g')"
      }
    case .path(let value, let steps): return path(value, steps)
    case .dateText(let value, let format): return dateText(value, format)
    case .isInRows(let value, let rows, let isNegated): return isInRows(value, rows, isNegated)
    case .scalar(let rows):
      guard let inner = subquery(rows) else { return nil }
      return "(SELECT \(Self.quoted(inner.fields[0].name)) FROM (\(inner.sql)))"
    case .aggregate(let kind, let arguments, let parameter):
      return aggregate(kind, arguments, parameter, term.type)
    case .window: return nil
    }
  }

  /// In a type that the expression's own widens to.
  func sql(_ term: Term, as type: DataType) -> String? {
    guard let text = sql(term) else { return nil }
    switch (term.type, type) {
    case (.int, .float): return "CAST(\(text) AS DOUBLE)"
    case (.date, .time): return "CAST(\(text) AS TIMESTAMP)"
    default: return text
    }
  }

  // MARK: Constants

  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  static func text(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  static func name(of type: DataType) -> String {
    switch type {
    case .bool: "BOOLEAN"
    case .int, .duration: "BIGINT"
    case .float: "DOUBLE"
    case .string: "VARCHAR"
    case .date: "DATE"
    case .time: "TIMESTAMP"
    }
  }

  static func literal(_ value: Scalar, _ type: DataType) -> String {
    switch value {
    case .null: "CAST(NULL AS \(name(of: type)))"
    case .bool(let value): value ? "TRUE" : "FALSE"
    case .int(let number), .duration(let number): "CAST('\(number)' AS BIGINT)"
    case .float(let number): "CAST('\(number)' AS DOUBLE)"
    case .string(let text): self.text(text)
    case .date(let day): "(DATE '1970-01-01' + CAST(\(day) AS INTEGER))"
    case .time(let micros): "make_timestamp(CAST('\(micros)' AS BIGINT))"
    }
  }

  // MARK: Periods and sets

  private func period(_ function: Function?, _ value: Term, _ period: Period) -> String? {
    guard let own = sql(value, as: .time) else { return nil }
    let (start, end) = (
      Self.literal(.time(period.start), .time), Self.literal(.time(period.end), .time)
    )
    switch function {
    case .less: return "(\(own) < \(start))"
    case .lessOrEqual: return "(\(own) < \(end))"
    case .greater: return "(\(own) >= \(end))"
    case .greaterOrEqual: return "(\(own) >= \(start))"
    case .notEqual: return "(\(own) < \(start) OR \(own) >= \(end))"
    default: return "(\(own) >= \(start) AND \(own) < \(end))"
    }
  }

  private func isInRows(_ value: Term, _ rows: Pipeline, _ isNegated: Bool) -> String? {
    guard let inner = subquery(rows), let own = sql(value) else { return nil }
    guard let place = keyPlace(of: inner.fields, for: value) else { return nil }
    let field = inner.fields[place]
    guard let type = schemas.common(value.type, field.type) else { return nil }
    let column = Self.quoted(field.name)
    let word = isNegated ? "NOT IN" : "IN"
    let name = Self.name(of: type)
    // Nulls of the table match nothing.
    return "(CASE WHEN \(own) IS NULL THEN NULL ELSE CAST(\(own) AS \(name)) \(word) "
      + "(SELECT CAST(\(column) AS \(name)) FROM (\(inner.sql)) WHERE \(column) IS NOT NULL) END)"
  }

  // MARK: Calls

  /// Several expressions in the one type that all widen to.
  func unified(_ terms: [Term]) -> [String]? {
    var type = terms[0].type
    for term in terms { type = schemas.common(type, term.type) ?? type }
    let all = terms.compactMap { sql($0, as: type) }
    return all.count == terms.count ? all : nil
  }

  func call(_ function: Function, _ arguments: [Term], _ type: DataType) -> String? {
    switch function {
    case .choice, .cases: return choice(arguments, type)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return comparison(function, arguments)
    case .coalesce, .otherwise, .least, .greatest:
      let name = function == .otherwise ? "coalesce" : function.rawValue
      return unified(arguments).map { "\(name)(\($0.joined(separator: ", ")))" }
    case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .negate, .abs:
      return arithmetic(function, arguments, type)
    default: break
    }
    let texts = arguments.compactMap { sql($0) }
    guard texts.count == arguments.count else { return nil }
    switch function {
    case .and, .or: return "(\(texts[0]) \(function.rawValue.uppercased()) \(texts[1]))"
    case .not: return "(NOT \(texts[0]))"
    case .isNull: return "(\(texts[0]) IS NULL)"
    case .isNotNull: return "(\(texts[0]) IS NOT NULL)"
    case .toInt, .toFloat, .toText, .toDate, .toTime:
      return conversion(function, texts[0], arguments[0].type)
    default:
      return plain(function, arguments, texts)
    }
  }

  private func choice(_ arguments: [Term], _ type: DataType) -> String? {
    var text = "(CASE"
    for index in stride(from: 0, to: arguments.count - 1, by: 2) {
      guard let condition = sql(arguments[index]),
        let value = sql(arguments[index + 1], as: type)
      else { return nil }
      text += " WHEN \(condition) THEN \(value)"
    }
    if !arguments.count.isMultiple(of: 2) {
      guard let last = sql(arguments[arguments.count - 1], as: type) else { return nil }
      text += " ELSE \(last)"
    }
    return text + " END)"
  }

  private func comparison(_ function: Function, _ sides: [Term]) -> String? {
    var texts = unified(sides)
    if Set(sides.map(\.type)) == [.date, .time] {
      let days = sides.compactMap { sql($0).map { "CAST(\($0) AS DATE)" } }
      texts = days.count == 2 ? days : nil
    }
    let sign = function == .equal ? "=" : function == .notEqual ? "<>" : function.rawValue
    return texts.map { "(\($0[0]) \(sign) \($0[1]))" }
  }
}
