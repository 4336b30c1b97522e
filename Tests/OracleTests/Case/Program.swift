import Columns

extension Pipeline {
  /// The program in the language, on one line.
  var program: String { ([source] + stages.map(\.program)).joined(separator: " | ") }
}

/// A name as the language reads it.
func quoted(_ name: String) -> String {
  let isPlain =
    name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F || (0x30...0x39).contains($0) }
    && !(0x30...0x39).contains(name.utf8.first ?? 0x30)
  let reserved: Set = [
    "by", "per", "on", "with", "to", "as", "and", "or", "not", "in", "between", "matches", "if",
    "case", "true", "false", "null",
  ]
  if isPlain && !reserved.contains(name) { return name }
  return "`" + escaped(name, quote: "`") + "`"
}

private func escaped(_ text: String, quote: Unicode.Scalar) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case quote, "\\": "\\\(scalar)"
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }.joined()
}

private func list(_ items: [String]) -> String { items.joined(separator: ", ") }

private func list(_ items: [NamedTerm]) -> String { list(items.map(\.program)) }

private func clause(_ word: String, _ items: [String]) -> String {
  items.isEmpty ? "" : " \(word) \(list(items))"
}

extension NamedTerm {
  var program: String {
    isPlain ? quoted(name) : "\(quoted(name)) = \(term.program)"
  }
}

extension Stage {
  var program: String {
    switch self {
    case .filter(let conditions): "filter \(list(conditions.map(\.program)))"
    case .derive(let items, let keys): "derive \(list(items))" + clause("per", keys.map(quoted))
    case .select(let items): "select \(list(items))"
    case .drop(let names): "drop \(list(names.map(quoted)))"
    case .rename(let pairs):
      "rename \(list(pairs.map { "\(quoted($0.new)) = \(quoted($0.old))" }))"
    case .sort(let orders): "sort \(list(orders.map { $0.program(descending: false) }))"
    case .take(let count): "take \(count)"
    case .tail(let count): "tail \(count)"
    case .distinct(let items, let keys):
      "distinct \(list(items))" + clause("by", keys.map(\.program))
    case .group(let items, let keys, let outer):
      "group \(list(items))" + clause("by", keys.map(\.program))
        + clause("per", outer.map(\.program))
    case .fill(let items, let keys, let outer):
      Stage.group(items, by: keys, per: outer).program + " with fill = true"
    case .top(let count, let orders, let keys):
      "top \(count)" + clause("by", orders.map { $0.program(descending: true) })
        + clause("per", keys.map(\.program))
    case .count(let conditions, let keys):
      "count \(list(conditions.map(\.program)))" + clause("by", keys.map(\.program))
    case .join(let kind, let other, let keys): join(kind, other, keys)
    case .union(let others): "union \(list(others.map(\.asItem)))"
    case .ratio(let above, let below, let keys):
      "ratio \(above.program(inside: 8)) / \(below.program(inside: 8))"
        + clause("by", keys.map(\.program))
    case .share(let condition, let keys):
      "ratio (\(condition.program))" + clause("by", keys.map(\.program))
    case .window(let items, let orders, let keys):
      "window \(list(items))" + clause("by", orders.map { $0.program(descending: false) })
        + clause("per", keys.map(\.program))
    case .pivot(let items, let key, let keys):
      "pivot \(list(items))" + clause("on", [key.program]) + clause("by", keys.map(\.program))
    case .unpivot(let names, let name, let value):
      "unpivot \(list(names.map(quoted))) with name = \"\(name)\", value = \"\(value)\""
    case .explode(let name): "explode \(quoted(name))"
    case .sample(let size, let seed, let keys):
      "sample \(size.program)" + clause("per", keys.map(\.program)) + " with seed = \(seed)"
    }
  }

  private func join(_ kind: JoinKind, _ other: Pipeline, _ keys: [JoinKey]) -> String {
    let on = keys.map { key in
      key.sharedColumn.map(quoted)
        ?? "\(key.left.program(inside: 5)) == \(key.right.program(inside: 5))"
    }
    let verb = kind == .lookup ? "lookup" : "join"
    let ending = kind == .lookup || kind == .inner ? "" : " with kind = \(kind.rawValue)"
    return "\(verb) \(other.asItem)" + clause("on", on) + ending
  }
}

extension Pipeline {
  /// As it stands in another: a table, or a pipeline in brackets.
  fileprivate var asItem: String { stages.isEmpty ? source : "(\(program))" }
}

extension SampleSize {
  fileprivate var program: String {
    switch self {
    case .rows(let count): "\(count)"
    case .chance(let chance): "\(chance)"
    }
  }
}

extension PathStep {
  fileprivate func program(isFirst: Bool) -> String {
    switch self {
    case .index(let index): return "[\(index)]"
    case .key(let key):
      let isPlain =
        !key.isEmpty && !key.unicodeScalars.contains { "$.[]\"".unicodeScalars.contains($0) }
      if isPlain { return isFirst ? key : ".\(key)" }
      return "[\"\(escaped(key, quote: "\""))\"]"
    }
  }
}

extension Order {
  fileprivate func program(descending isDefault: Bool) -> String {
    let word = isDescending == isDefault ? "" : isDescending ? " desc" : " asc"
    return term.program + word
  }
}

// MARK: Expressions

extension Term {
  var program: String { program(inside: 1) }

  /// In brackets where it binds less tightly than its place wants.
  func program(inside wanted: Int) -> String {
    let (text, level) = written
    return level < wanted ? "(\(text))" : text
  }

  private var written: (text: String, level: Int) {
    switch node {
    case .column(let name): return (quoted(name), 9)
    case .literal(let value): return literalProgram(value)
    case .call(let function, let arguments): return call(function, arguments)
    case .isIn(let value, let elements, let isNegated):
      let list = list(elements.map(\.program))
      return ("\(value.program(inside: 5)) \(isNegated ? "not in" : "in") (\(list))", 4)
    case .between(let value, let low, let high, let isNegated):
      let word = isNegated ? "not between" : "between"
      let ends = "\(low.program(inside: 5)) and \(high.program(inside: 5))"
      return ("\(value.program(inside: 5)) \(word) \(ends)", 4)
    case .period(let function, let value, let period):
      return ("\(value.program(inside: 5)) \(function?.rawValue ?? "in") \(period.text)", 4)
    case .matches(let value, let pattern):
      return ("\(value.program(inside: 5)) matches \(pattern.program)", 4)
    case .extract(let value, let pattern, let group):
      let third = group.map { ", \($0)" } ?? ""
      return ("extract(\(value.program), \(pattern.program)\(third))", 9)
    case .rewrite(let value, let pattern, let with):
      let text = "\"\(escaped(with, quote: "\""))\""
      return ("replace(\(value.program), \(pattern.program), \(text))", 9)
    case .path(let value, let steps):
      let path = steps.enumerated().map { $1.program(isFirst: $0 == 0) }.joined()
      let text = "\"\(escaped(path.isEmpty ? "$" : path, quote: "\""))\""
      return ("json(\(value.program), \(text))", 9)
    case .dateText(let value, let format):
      return ("format_date(\(value.program), \"\(format)\")", 9)
    case .isInRows(let value, let rows, let isNegated):
      return ("\(value.program(inside: 5)) \(isNegated ? "not in" : "in") \(rows.asItem)", 4)
    case .scalar(let rows): return ("(\(rows.program))", 9)
    case .aggregate(let aggregate, let arguments, let parameter):
      let all = arguments.map(\.program) + (parameter.map { ["\($0)"] } ?? [])
      return ("\(aggregate.rawValue)(\(list(all)))", 9)
    case .window(let function, let arguments, let constant):
      let all = arguments.map(\.program) + (constant.map { ["\($0)"] } ?? [])
      return ("\(function.rawValue)(\(list(all)))", 9)
    }
  }

  private func call(_ function: Function, _ arguments: [Term]) -> (String, Int) {
    guard let level = function.level else {
      return ("\(function.rawValue)(\(list(arguments.map(\.program))))", 9)
    }
    let first = arguments[0]
    switch function {
    case .not: return ("not \(first.program(inside: 3))", 3)
    case .negate: return ("-\(first.program(inside: 9))", 8)
    case .isNull, .isNotNull: return ("\(first.program(inside: 5)) \(function.rawValue)", 4)
    default:
      let left = first.program(inside: level == 4 ? 5 : level)
      let right = arguments[1].program(inside: level + 1)
      return ("\(left) \(function.rawValue) \(right)", level)
    }
  }

  private func literalProgram(_ value: Scalar) -> (String, Int) {
    switch value {
    case .int(.min): ("-9223372036854775807 - 1", 6)
    case .int(let number): ("\(number)", number < 0 ? 8 : 9)
    case .float(let number): ("\(number)", number.sign == .minus ? 8 : 9)
    case .string(let text): ("\"\(escaped(text, quote: "\""))\"", 9)
    case .time(let micros): (instant(micros), 9)
    case .duration(let micros): (duration(micros), micros < 0 ? 8 : 9)
    case .null, .bool, .date: (printed(value), 9)
    }
  }

  /// With a fraction, so that it is one microsecond and not a period.
  private func instant(_ micros: Int64) -> String {
    let text = timeText(micros)
    return text.contains(".") ? text : "\(text.dropLast()).000Z"
  }

  /// In the largest unit that fits.
  private func duration(_ micros: Int64) -> String {
    let units: [(Int64, String)] = [
      (7 * dayMicros, "w"), (dayMicros, "d"), (3_600_000_000, "h"), (60_000_000, "min"),
      (1_000_000, "s"), (1000, "ms"),
    ]
    for (size, unit) in units where micros % size == 0 && micros != 0 {
      return "\(micros / size)\(unit)"
    }
    return "\(micros)us"
  }
}

extension Pattern {
  fileprivate var program: String {
    // The printer of the piece has escaped slashes already.
    "/\(text)/"
  }
}
