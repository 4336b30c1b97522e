import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// `f(a, b)`: a function, an aggregate, or a `def` of a scalar.
  func checkCall(
    _ name: Name, _ items: [Item], _ whole: Expression, _ context: ExpressionContext
  ) -> ScalarExpression? {
    if let definition = scope.definitions[name.text] {
      return expandScalar(definition, items, whole, context)
    }
    if let entry = Catalogue.aggregate(named: name.text) {
      return checkAggregate(entry, items, whole, context)
    }
    if let entry = Catalogue.window(named: name.text) {
      return checkWindow(entry, items, whole, context)
    }
    guard let entry = Catalogue.function(named: name.text) else {
      reportUnknownFunction(name)
      // It may have been meant for an aggregate: that its columns stand outside of one is no second error.
      var inner = context
      if case .outside = context.position { inner.position = .inside(name.text) }
      for item in items { _ = check(item.value, inner) }
      return nil
    }
    guard let arguments = arranged(items, for: entry, context) else { return nil }
    let call = Call(
      entry: entry, expression: whole, argumentRanges: arguments.map(\.range))
    switch entry.meaning {
    case .rewritten: return rewrite(call, arguments, context)
    case .scalar(.caseOf): return checkCase(call, arguments, context)
    case .scalar(.extract): return checkExtract(call, arguments, context)
    case .scalar(.json): return checkJSON(call, arguments, context)
    case .scalar(.formatDate): return checkFormatDate(call, arguments, context)
    case .scalar(.replaceRegex): return checkReplaceRegex(call, arguments, context)
    case .scalar(.replace) where arguments.count > 1 && arguments[1].isPattern:
      return checkReplaceRegex(call, arguments, context)
    case .scalar, .aggregate, .window:
      return checkedArguments(arguments, of: entry, context)
        .flatMap { resolve(entry, $0, call) }.map(dateBinned)
    }
  }

  /// Bins of a date that are not a constant number of whole days are bins of its time.
  private func dateBinned(_ result: ScalarExpression) -> ScalarExpression {
    guard case .call(.bin, let arguments) = result.node, arguments.count == 2,
      arguments[0].type == .date, arguments[1].type == .duration
    else { return result }
    let dayMicroseconds: Int64 = 86_400_000_000
    if case .duration(let micros)? = arguments[1].constantValue, micros % dayMicroseconds == 0 {
      return result
    }
    return .call(
      .bin, [convert(arguments[0], to: .time), arguments[1]], type: .time, range: result.range)
  }

  private func reportUnknownFunction(_ name: Name) {
    if Catalogue.later.contains(name.text) {
      report("'\(name.text)' is not in this version yet", at: name.range)
      return
    }
    let known = Catalogue.callableNames + Array(scope.definitions.keys)
    var hint = Suggestion.hint(for: name.text, among: known)
    if hint == nil, scope.verbs[name.text] != nil {
      hint = "'\(name.text)' is a verb: | \(name.text) …"
    }
    if hint == nil { hint = functionHabits[name.text.lowercased()] }
    report("no function '\(name.text)'", hint: hint, at: name.range)
  }

  // MARK: Arguments

  /// The arguments in the order of the parameters, `name = value` put in its place.
  ///
  /// `if(lang = "en", …)` is read as a comparison where `lang` is no parameter.
  func arranged(
    _ items: [Item], for entry: CatalogueEntry, _ context: ExpressionContext
  ) -> [Expression]? {
    let parameters = entry.overloads.map(\.parameters).max { $0.count < $1.count } ?? []
    var arguments = items.map { $0.value }
    for (position, item) in items.enumerated() {
      guard let name = item.name else { continue }
      guard let wanted = parameters.firstIndex(where: { $0.name == name.text }) else {
        guard context.rows?.schema.field(name.text) != nil else {
          let names = parameters.map(\.name)
          report(
            "'\(entry.name)' has no argument '\(name.text)'",
            hint: Suggestion.hint(for: name.text, among: names) ?? "write \(entry.usage)",
            at: name.range)
          return nil
        }
        arguments[position] = item.asEquality
        continue
      }
      guard wanted == position else {
        report(
          "'\(name.text)' is argument \(wanted + 1) of '\(entry.name)'",
          hint: "write \(entry.usage)", at: name.range)
        return nil
      }
    }
    return arguments
  }

  /// All arguments, or nil when one holds an error.
  func checkedArguments(
    _ arguments: [Expression], of entry: CatalogueEntry, _ context: ExpressionContext
  ) -> [ScalarExpression]? {
    let checked = arguments.map { argument -> ScalarExpression? in
      guard argument.isPattern else { return check(argument, context) }
      report(
        "'\(entry.name)' takes a text, not a regular expression",
        hint: "write x matches /pattern/, or extract(x, /pattern/)", at: argument.range)
      return nil
    }
    let known = checked.compactMap { $0 }
    return known.count == checked.count ? known : nil
  }

  // MARK: Special functions

  /// `now()`, `ago(30d)`, `age(t)`.
  private func rewrite(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext
  ) -> ScalarExpression? {
    guard let values = checkedArguments(arguments, of: call.entry, context),
      let overload = overload(of: call.entry, for: values, call)
    else { return nil }
    let range = place(call.expression.range)
    switch call.entry.name {
    case "ago":
      guard case .duration(let micros)? = values.first?.constantValue else {
        return .constant(.null, type: .time, range: range)
      }
      return .constant(.time(scope.now &- micros), range: range)
    case "age":
      let reference = context.rows?.plan.properties.capturedAt ?? scope.now
      let values = converted(values, for: overload).map { convert($0, to: .time) }
      return .call(
        .subtract, [.constant(.time(reference), range: range)] + values, type: .duration,
        range: range)
    default: return .constant(.time(scope.now), range: range)
    }
  }

  /// `case(condition, value, …, otherwise)`.
  private func checkCase(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext
  ) -> ScalarExpression? {
    guard arguments.count >= 2 else {
      report(
        "'case' takes a condition and a value", hint: "write \(call.entry.usage)",
        at: call.expression.range)
      return nil
    }
    var conditions: [ScalarExpression?] = []
    var values: [ScalarExpression?] = []
    for (position, argument) in arguments.enumerated() {
      if position.isMultiple(of: 2), position + 1 < arguments.count {
        conditions.append(checkCondition(argument, context, of: "case"))
      } else {
        values.append(check(argument, context))
      }
    }
    let known = values.compactMap { $0 }
    guard known.count == values.count, !conditions.contains(where: { $0 == nil }) else {
      return nil
    }
    let places = arguments.enumerated()
      .filter { !$0.offset.isMultiple(of: 2) || $0.offset + 1 == arguments.count }
      .map(\.element.range)
    guard var results = unified(known, places, in: "the values of 'case'"),
      let type = results.first?.type
    else { return nil }
    if arguments.count.isMultiple(of: 2) { results.append(.constant(.null, type: type)) }
    var all: [ScalarExpression] = []
    for (condition, result) in zip(conditions.compactMap { $0 }, results) {
      all += [condition, result]
    }
    return .call(
      .caseOf, all + results.suffix(1), type: type, range: place(call.expression.range))
  }

  /// The group is the first one, or the whole match where the pattern has none.
  private func checkExtract(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext
  ) -> ScalarExpression? {
    guard (2...3).contains(arguments.count) else { return resolve(call.entry, [], call) }
    let value = check(arguments[0], context)
    let pattern = checkPattern(arguments[1], context)
    var group = ScalarExpression.constant(.int(0), range: place(call.expression.range))
    if arguments.count == 3 {
      guard let given = check(arguments[2], context) else { return nil }
      group = given
    }
    guard let value, let pattern else { return nil }
    guard case .string(let text)? = pattern.constantValue else { return nil }
    let groups = countGroups(text)
    if arguments.count == 2 {
      group = .constant(.int(groups > 0 ? 1 : 0), range: place(call.expression.range))
    } else if case .int(let number)? = group.constantValue, !(0...Int64(groups)).contains(number) {
      report(
        "the pattern has no group \(number)",
        hint: groups == 0 ? "groups stand in brackets: /x([0-9]+)/" : "it has \(groups)",
        at: arguments[2].range)
      return nil
    }
    return resolve(call.entry, [value, pattern, group], call)
  }

  /// The number of capturing groups of a regular expression.
  func countGroups(_ pattern: String) -> Int {
    let bytes = Array(pattern.utf8)
    var (count, index, isInClass) = (0, 0, false)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "(") where !isInClass:
        let rest = bytes[(index + 1)...]
        let isNamed = rest.starts(with: Array("?P<".utf8)) || rest.starts(with: Array("?<".utf8))
        if rest.first != UInt8(ascii: "?") || isNamed { count += 1 }
      default: break
      }
      index += 1
    }
    return count
  }
}

extension Item {
  /// `a = 1 and …` as `a == 1 and …`: the name is compared with the leftmost operand.
  var asEquality: Expression {
    guard let name else { return value }
    return value.comparingLeftmost(with: name, depth: 0)
  }
}

extension Expression {
  fileprivate func comparingLeftmost(with name: Name, depth: Int) -> Expression {
    let whole = name.range.union(range)
    if case .binary(let symbol, let left, let right) = kind, symbol == .and || symbol == .or,
      depth < Checker.maximumDepth
    {
      return Expression(
        kind: .binary(symbol, left.comparingLeftmost(with: name, depth: depth + 1), right),
        range: whole, focus: focus)
    }
    let column = Expression(kind: .name(name), range: name.range)
    return Expression(kind: .binary(.equal, column, self), range: whole)
  }
}

/// What serves those who look for a function by the name that it has elsewhere.
private let functionHabits: [String: String] = [
  "dense_rank": "rank the different values: join (t | distinct x | window r = rank() by x) on x",
  "variance": "the square of stddev(…)", "var": "the square of stddev(…)",
  "var_samp": "the square of stddev(…)", "minute": "format_date(t, \"%M\")",
  "second": "format_date(t, \"%S\")", "dayofmonth": "format_date(t, \"%d\")",
  "monthofyear": "format_date(t, \"%m\")",
  "isnull": "write x == null", "isnotnull": "write x != null", "isempty": "write x ?? \"\" == \"\"",
  "isnotempty": "write x != \"\"", "is_null": "write x == null",
  "percentile": "quantile(x, 0.95)", "percentiles": "quantile(x, 0.95)",
  "quantile_cont": "quantile(x, 0.95)", "percentile_cont": "quantile(x, 0.95)",
]
