import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// The call of the overload that fits best: conversions written out, defaults filled in.
  func resolve(
    _ entry: CatalogueEntry, _ arguments: [ScalarExpression], _ call: Call
  ) -> ScalarExpression? {
    guard let overload = overload(of: entry, for: arguments, call) else { return nil }
    guard case .scalar(let function) = entry.meaning else { return nil }
    var converted = converted(arguments, for: overload)
    for parameter in overload.parameters.dropFirst(arguments.count) {
      if let value = parameter.defaultValue {
        converted.append(
          .constant(value, type: parameter.type, range: place(call.expression.range)))
      }
    }
    if function.isIdentity(on: converted), let only = converted.first { return only }
    return .call(
      function, converted, type: overload.result, range: place(call.expression.range))
  }

  func converted(
    _ arguments: [ScalarExpression], for overload: Overload
  ) -> [ScalarExpression] {
    arguments.enumerated().map { position, argument in
      overload.parameter(at: position).map { convert(argument, to: $0.type) } ?? argument
    }
  }

  /// The cheapest overload that takes the arguments, or nil with an error.
  func overload(
    of entry: CatalogueEntry, for arguments: [ScalarExpression], _ call: Call
  ) -> Overload? {
    let counted = entry.overloads.filter { $0.takes(arguments.count) }
    guard !counted.isEmpty else {
      reportCount(entry, arguments.count, call)
      return nil
    }
    var best: (overload: Overload, cost: Int)?
    for overload in counted {
      guard let cost = cost(of: overload, for: arguments), cost < best?.cost ?? .max else {
        continue
      }
      best = (overload, cost)
    }
    guard let best else {
      reportTypes(entry, counted, arguments, call)
      return nil
    }
    return demandsAreMet(best.overload, arguments, call) ? best.overload : nil
  }

  private func cost(of overload: Overload, for arguments: [ScalarExpression]) -> Int? {
    var total = 0
    for (position, argument) in arguments.enumerated() {
      guard let parameter = overload.parameter(at: position),
        let cost = conversionCost(argument, to: parameter.type)
      else { return nil }
      total += cost
    }
    return total
  }

  private func demandsAreMet(
    _ overload: Overload, _ arguments: [ScalarExpression], _ call: Call
  ) -> Bool {
    for (position, argument) in arguments.enumerated() {
      guard let parameter = overload.parameter(at: position), parameter.demand == .constant,
        argument.constantValue == nil
      else { continue }
      report(
        "'\(parameter.name)' of '\(call.name)' is a constant", hint: "write \(call.entry.usage)",
        at: call.range(of: position))
      return false
    }
    return true
  }

  // MARK: Messages

  private func reportCount(_ entry: CatalogueEntry, _ found: Int, _ call: Call) {
    let least = entry.overloads.map(\.minimumCount).min() ?? 0
    let most =
      entry.overloads.contains(where: \.isVariadic)
      ? nil : entry.overloads.map(\.parameters.count).max() ?? 0
    let wanted: String
    switch most {
    case nil: wanted = "at least \(least)"
    case let most? where most == least: wanted = least == 0 ? "no" : "\(least)"
    case let most?: wanted = "\(least) to \(most)"
    }
    let noun = wanted == "1" ? "argument" : "arguments"
    report(
      "'\(call.name)' takes \(wanted) \(noun), found \(found)",
      hint: rowwiseHint(entry, found) ?? "write \(entry.usage)", at: call.expression.range)
  }

  /// `max(a, b)` was meant to compare within a row.
  private func rowwiseHint(_ entry: CatalogueEntry, _ found: Int) -> String? {
    guard found > 1 else { return nil }
    switch entry.meaning {
    case .aggregate(.max): return "the larger of two values is greatest(a, b)"
    case .aggregate(.min): return "the smaller of two values is least(a, b)"
    default: return nil
    }
  }

  private func reportTypes(
    _ entry: CatalogueEntry, _ overloads: [Overload], _ arguments: [ScalarExpression], _ call: Call
  ) {
    if entry.kind == .operator, arguments.count == 2 {
      reportOperator(entry, arguments, call)
      return
    }
    // The first argument that no overload takes is to blame, else the last.
    let blamed = arguments.indices.first { position in
      !overloads.contains { overload in
        overload.parameter(at: position).map {
          conversionCost(arguments[position], to: $0.type) != nil
        } ?? false
      }
    }
    guard let blamed else {
      if entry.meaning == .scalar(.ifElse), arguments.count == 3 {
        let ranges = [call.range(of: 1), call.range(of: 2)]
        _ = unified(Array(arguments[1...]), ranges, in: "the values of 'if'")
        return
      }
      let types = arguments.map(\.type.rawValue).joined(separator: ", ")
      report(
        "'\(call.name)' does not take \(types) together", hint: "write \(entry.usage)",
        at: call.expression.range)
      return
    }
    let wanted = Set(overloads.compactMap { $0.parameter(at: blamed)?.type })
    report(
      "'\(call.name)' takes \(phrase(wanted)), found \(arguments[blamed].type.phrase)",
      hint: argumentHint(wanted, arguments[blamed]) ?? "write \(entry.usage)",
      at: call.range(of: blamed))
  }

  private func phrase(_ types: Set<DataType>) -> String {
    let ordered = DataType.allCases.filter(types.contains)
    if ordered == [.date, .time] { return "a date or time" }
    var names = ordered.map(\.phrase)
    if types.isSuperset(of: [.int, .float]) {
      names = ["a number"] + names.filter { $0 != "an int" && $0 != "a float" }
    }
    guard names.count > 1, let last = names.last else { return names.first ?? "nothing" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  private func argumentHint(_ wanted: Set<DataType>, _ argument: ScalarExpression) -> String? {
    let text = argument.text
    switch argument.type {
    case .string where wanted.contains(.time): return "time(\(text)) reads a text as a time"
    case .string where wanted.contains(.float): return "float(\(text)) reads a text as a number"
    case .string where wanted.contains(.int): return "int(\(text)) reads a text as a number"
    case .time where wanted == [.int, .float, .string, .bool]:
      return "epoch(\(text)) gives seconds since 1970"
    case .bool where wanted.isSuperset(of: [.int, .duration]):
      return "count(\(text)) counts the rows that are true"
    case .int where wanted == [.bool], .float where wanted == [.bool]:
      return "write a condition: \(text) > 0"
    case _ where wanted == [.string]: return "string(\(text)) makes a text of it"
    case _ where wanted == [.time] && argument.type == .date: return nil
    default: return nil
    }
  }

  private func reportOperator(
    _ entry: CatalogueEntry, _ arguments: [ScalarExpression], _ call: Call
  ) {
    let (left, right) = (arguments[0], arguments[1])
    let word = entry.name
    let hint: String?
    switch (left.type, right.type, word) {
    case (.string, .duration, _) where left.isDateText, (.string, .time, _) where left.isDateText:
      hint = "write the date without quotes"
    case (.time, .string, _) where right.isDateText, (.date, .string, _) where right.isDateText:
      hint = "write the date without quotes"
    case (.string, _, "+"): hint = "string(\(right.text)) makes a text of it"
    case (_, .string, "+"): hint = "string(\(left.text)) makes a text of it"
    case (.string, _, "-"), (.string, _, "*"), (.string, _, "/"):
      hint = "float(\(left.text)) reads a text as a number"
    case (.date, .int, _), (.time, .int, _):
      hint = right.constantValue.map { "durations have a unit: \($0.text)d" }
    case (.bool, _, _): hint = "if(\(left.text), 1, 0) makes a number of it"
    case (_, .bool, _): hint = "if(\(right.text), 1, 0) makes a number of it"
    default: hint = nil
    }
    report(
      word == "??"
        ? "'??' takes two values of one type, found \(left.type.phrase) and \(right.type.phrase)"
        : "no '\(word)' for \(left.type.phrase) and \(right.type.phrase)",
      hint: hint, at: call.expression.focus)
  }
}

extension ScalarExpression {
  /// Whether it is a constant text that begins as dates do.
  fileprivate var isDateText: Bool {
    guard case .string(let text)? = constantValue else { return false }
    return text.count >= 7 && text.prefix(4).allSatisfy(\.isNumber) && text.contains("-")
  }
}

extension Overload {
  fileprivate func takes(_ count: Int) -> Bool {
    count >= minimumCount && (isVariadic || count <= parameters.count)
  }
}

extension ScalarFunction {
  /// Whether a conversion leaves its argument as it is: `int(5)`.
  fileprivate func isIdentity(on arguments: [ScalarExpression]) -> Bool {
    guard arguments.count == 1, let type = arguments.first?.type else { return false }
    switch self {
    case .toInt: return type == .int
    case .toFloat: return type == .float
    case .toString: return type == .string
    case .date: return type == .date
    case .time: return type == .time
    case .round, .floor, .ceil: return type == .int
    default: return false
    }
  }
}
