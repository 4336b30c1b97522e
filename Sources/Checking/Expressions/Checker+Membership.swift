import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `x in …`, `x not in …`.
  func checkMembership(_ whole: Expression, _ context: ExpressionContext) -> ScalarExpression? {
    guard case .membership(let value, let container, let isNegated) = whole.kind else { return nil }
    let inside: ScalarExpression? =
      switch container {
      case .list(let elements): checkList(value, elements, whole, context)
      case .range(let low, let high): checkRange(value, low, high, whole, context)
      case .value(let set): checkContainer(value, set, whole, context)
      }
    return isNegated ? inside.map(negated) : inside
  }

  /// `in (a, b)`; one name in brackets may be a table's.
  private func checkList(
    _ value: Expression, _ elements: [Expression], _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    if elements.count == 1, let name = tableName(elements[0], context) {
      return checkTable(value, .name(name), at: elements[0], whole, context)
    }
    let first = operand(value, context)
    if let first, let set = literalSet(first, elements, whole) { return set }
    let others = elements.map { operand($0, context) }
    guard let first else { return nil }
    let known = others.compactMap { $0 }
      .compactMap { readAsDate($0, comparedWith: first.expression) }
    guard known.count == elements.count else { return nil }
    for other in known where other.expression.isNull {
      report(
        "null is in no list", hint: "write \(value.formatted) == null or …", at: other.range)
      return nil
    }
    return constantSet(first, known, whole) ?? anyEqual(first, known, whole)
  }

  /// As `constantSet`, of literals that need no check: lists may be of thousands.
  private func literalSet(
    _ value: Operand, _ elements: [Expression], _ whole: Expression
  ) -> ScalarExpression? {
    let type = value.expression.type
    guard value.expression.constantValue == nil else { return nil }
    var set: [Scalar] = []
    set.reserveCapacity(elements.count)
    for element in elements {
      switch (element.kind, type) {
      case (.integer(let value), .int): set.append(.int(value))
      case (.string(let value), .string): set.append(.string(value))
      default: return nil
      }
    }
    return ScalarExpression(.isIn(value.expression, set), type: .bool, range: place(whole.range))
  }

  /// The fast form: constants of one type, none of them a period.
  private func constantSet(
    _ value: Operand, _ elements: [Operand], _ whole: Expression
  ) -> ScalarExpression? {
    let type = value.expression.type
    guard !type.isTemporal, elements.allSatisfy({ $0.expression.constantValue != nil }),
      let common = commonType([value.expression] + elements.map(\.expression))
    else { return nil }
    let set = elements.compactMap { convert($0.expression, to: common).constantValue }
    let converted = convert(value.expression, to: common)
    guard let constant = converted.constantValue else {
      return ScalarExpression(.isIn(converted, set), type: .bool, range: place(whole.range))
    }
    return .constant(
      constant == .null ? .null : .bool(set.contains(constant)), type: .bool,
      range: place(whole.range))
  }

  /// `x == a or x == b …`, as a balanced tree.
  private func anyEqual(
    _ value: Operand, _ elements: [Operand], _ whole: Expression
  ) -> ScalarExpression? {
    var tests: [ScalarExpression] = []
    for element in elements {
      let at = Expression(kind: whole.kind, range: whole.range, focus: element.range)
      guard let test = compare(.equal, value, element, at) else { return nil }
      tests.append(test)
    }
    // With a constant on the left each test may be of another column.
    let isOneValue =
      value.expression.constantValue == nil
      && elements.allSatisfy { $0.expression.constantValue != nil }
    let set = isOneValue ? equalities(tests, whole) ?? withinBins(tests, whole) : nil
    return set ?? balanced(.or, tests)
  }

  /// Whether one of several equalities of one value with constants holds, as a set; nil for other
  /// tests, such as whether a time is within a day.
  private func equalities(_ tests: [ScalarExpression], _ whole: Expression) -> ScalarExpression? {
    var value: ScalarExpression?
    var set: [Scalar] = []
    for test in tests {
      guard case .call(.equal, let sides) = test.node, sides.count == 2,
        let constant = sides[1].constantValue, constant != .null,
        sides[0].constantValue == nil, sides[0].type == sides[1].type,
        value.map({ $0.type == sides[0].type }) ?? true
      else { return nil }
      value = value ?? sides[0]
      set.append(constant)
    }
    return value.map { .init(.isIn($0, set), type: .bool, range: place(whole.range)) }
  }

  /// Whether one time is within one of several seconds, or minutes: its own is in a set; nil for other
  /// tests.
  private func withinBins(_ tests: [ScalarExpression], _ whole: Expression) -> ScalarExpression? {
    let spans = tests.compactMap(span)
    guard spans.count == tests.count, spans.count > 8, let first = spans.first else { return nil }
    let width = first.end - first.start
    guard width > 0, spans.allSatisfy({ $0.end - $0.start == width && $0.start % width == 0 })
    else { return nil }
    let bin = ScalarExpression.call(
      .bin, [first.value, .constant(.duration(width))], type: .time, range: place(whole.range))
    return .init(
      .isIn(bin, spans.map { .time($0.start) }), type: .bool, range: place(whole.range))
  }

  /// The ends of `x >= a and x < b` for times within one day; nil for other tests.
  private func span(
    _ test: ScalarExpression
  ) -> (value: ScalarExpression, start: Int64, end: Int64)? {
    guard case .call(.and, let parts) = test.node, parts.count == 2,
      case .call(.greaterOrEqual, let low) = parts[0].node, low.count == 2,
      case .call(.less, let high) = parts[1].node, high.count == 2, low[0].type == .time,
      low[0].constantValue == nil, case .time(let start) = low[1].constantValue,
      case .time(let end) = high[1].constantValue, end - start < 86_400_000_000
    else { return nil }
    return (low[0], start, end)
  }

  /// Conditions joined by `and` or `or`, in a tree of logarithmic height.
  func balanced(_ function: ScalarFunction, _ parts: [ScalarExpression]) -> ScalarExpression? {
    guard parts.count > 1 else { return parts.first }
    let middle = parts.count / 2
    guard let left = balanced(function, Array(parts[..<middle])),
      let right = balanced(function, Array(parts[middle...]))
    else { return nil }
    return .call(function, [left, right], type: .bool, range: left.range)
  }

  /// `in 2024-03`, `in TABLE`, `in (t | select c)`, `in $parameter`.
  private func checkContainer(
    _ value: Expression, _ set: Expression, _ whole: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    switch set.kind {
    case .pipeline(let pipeline):
      return checkTable(value, .pipeline(pipeline), at: set, whole, context)
    case .name, .parameter:
      if let name = tableName(set, context) {
        return checkTable(value, .name(name), at: set, whole, context)
      }
      if case .name(let name) = set.kind, meansNothing(name, context) {
        _ = check(value, context)
        reportUnknownTable(name)
        return nil
      }
    default: break
    }
    guard let (first, second) = membershipOperands(value, set, context) else { return nil }
    if second.period != nil, first.expression.type.isTemporal {
      return compare(.equal, first, second, whole)
    }
    report(
      "'in' takes a list, a period, a range or a table",
      hint: first.expression.type == .string && second.expression.type == .string
        ? "a text within a text: a ~ b" : "a list stands in brackets: in (a, b)",
      at: set.range)
    return nil
  }

  /// Whether a name is neither a column nor a parameter or scalar.
  private func meansNothing(_ name: Name, _ context: ExpressionContext) -> Bool {
    context.rows?.schema.field(name.text) == nil
      && context.rows?.unknownColumns.contains(name.text) != true
      && environment.locals[name.text] == nil && scope.scalars[name.text] == nil
      && scope.parameters[name.text] == nil
  }

  private func membershipOperands(
    _ value: Expression, _ set: Expression, _ context: ExpressionContext
  ) -> (Operand, Operand)? {
    let first = operand(value, context)
    let second = operand(set, context)
    guard let first, let second, let read = readAsDate(second, comparedWith: first.expression)
    else { return nil }
    return (first, read)
  }

  /// The name of a table that stands where a value could; a column of that name comes first.
  private func tableName(_ expression: Expression, _ context: ExpressionContext) -> Name? {
    switch expression.kind {
    case .name(let name):
      guard context.rows?.schema.field(name.text) == nil else { return nil }
      return namesRows(name.text) ? name : nil
    case .parameter(let name): return namesRows(name.text) ? name : nil
    default: return nil
    }
  }

  private func namesRows(_ name: String) -> Bool {
    if name == "_" || isTable(name) { return true }
    guard case .expression(let expression, let outer) = environment.locals[name] else {
      return false
    }
    return within(outer) {
      switch expression.kind {
      case .name(let name), .parameter(let name): isTable(name.text)
      case .pipeline: true
      default: false
      }
    }
  }

  private func checkTable(
    _ value: Expression, _ kind: Expression.Kind, at place: Expression, _ whole: Expression,
    _ context: ExpressionContext
  ) -> ScalarExpression? {
    let needle = check(value, context)
    guard let rows = rows(of: Expression(kind: kind, range: place.range)), let needle,
      let key = keyColumn(of: rows, for: value, at: place)
    else { return nil }
    guard let type = commonType([needle, .column(key)]) else {
      report(
        "'\(key.name)' \(rows.label) is \(key.type.phrase), found \(needle.type.phrase)",
        hint: "name the column: in (\(place.formatted.droppingBrackets) | select …)",
        at: value.range)
      return nil
    }
    let isReady = rows.schema.fields.count == 1 && key.type == type
    let plan =
      isReady
      ? rows.plan
      : rows.plan.projected(
        to: [NamedExpression(key.name, convert(.column(key), to: type))],
        range: self.place(place.range))
    return ScalarExpression(
      .isInPlan(convert(needle, to: type), plan), type: .bool, range: self.place(whole.range))
  }

  /// The column that `in` looks in: the only one, the one of the same name, or the table's key.
  private func keyColumn(of rows: Rows, for value: Expression, at place: Expression) -> Field? {
    if rows.schema.fields.count == 1 { return rows.schema.fields[0] }
    if case .name(let name) = value.kind, let field = rows.schema.field(name.text) { return field }
    if let key = rows.plan.properties.keyColumn, let field = rows.schema.field(key) {
      return field
    }
    if case .pipeline = place.kind {
      report(
        "'in' looks in one column, found \(rows.schema.fields.count)",
        hint: "end it with | select …", at: place.range)
    } else {
      report(
        "\(place.formatted) has no key to look in",
        hint: "name the column: in (\(place.formatted) | select …)", at: place.range)
    }
    return nil
  }
}

extension String {
  /// Without the brackets around it.
  fileprivate var droppingBrackets: String {
    hasPrefix("(") && hasSuffix(")") ? String(dropFirst().dropLast()) : self
  }
}
