extension Expression {
  /// The expression in the usual spelling, with just the brackets that it needs.
  package var formatted: String { formatted(.or) }

  /// In brackets when it binds looser than `minimum`.
  func formatted(_ minimum: Precedence) -> String {
    let text = kind.formatted
    return kind.precedence < minimum ? "(\(text))" : text
  }
}

extension Expression.Kind {
  fileprivate var precedence: Precedence {
    switch self {
    case .binary(let symbol, _, _): symbol.precedence
    case .between, .membership: .comparison
    case .unary(.not, _): .not
    case .unary(.minus, _): .unary
    case .integer(let value): value < 0 ? .unary : .operand
    case .float(let value): value.sign == .minus ? .unary : .operand
    case .duration(let value): value < 0 ? .unary : .operand
    default: .operand
    }
  }

  fileprivate var formatted: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let text): LiteralText.quoted(text, "\"")
    case .regex(let pattern, let flags): LiteralText.regex(pattern, flags: flags)
    case .date(let text): text
    case .duration(let microseconds): LiteralText.duration(microseconds)
    case .name(let name): name.written
    case .parameter(let name): name.writtenAsParameter
    case .handle(let name): name.writtenAsHandle
    case .call(let name, let items): call(name, items)
    case .pipeline(let pipeline): "(\(pipeline.formatted))"
    case .range(let low, let high): Self.range(low, high)
    case .missing: "…"
    case .unary, .binary, .between, .membership: operation
    }
  }

  private var operation: String {
    switch self {
    case .unary(.minus, let operand): minus(operand)
    case .unary(.not, let operand): "not " + operand.formatted(.not)
    case .binary(let symbol, let left, let right):
      // Comparisons do not chain, so both sides bind tighter.
      left.formatted(symbol.precedence == .comparison ? .coalesce : symbol.precedence)
        + " \(symbol.rawValue) " + right.formatted(symbol.precedence.tighter)
    case .between(let operand, let low, let high, let isNegated):
      operand.formatted(.coalesce) + (isNegated ? " not between " : " between ")
        + low.formatted(.coalesce) + " and " + high.formatted(.coalesce)
    case .membership(let operand, let container, let isNegated):
      operand.formatted(.coalesce) + (isNegated ? " not in " : " in ") + container.formatted
    default: ""
    }
  }

  /// A sign before a number would become a part of it, and two signs look like a comment.
  private func minus(_ operand: Expression) -> String {
    switch operand.kind {
    case .integer, .float, .duration, .unary(.minus, _): "-(\(operand.formatted))"
    default: "-" + operand.formatted(.unary)
    }
  }

  private func call(_ name: Name, _ items: [Item]) -> String {
    let arguments = items.map(\.formatted).joined(separator: ", ")
    // `if` and `case` are reserved, but not before a bracket.
    let isWord = !name.isQuoted && (name.text == "if" || name.text == "case")
    return (isWord ? name.text : name.written) + "(\(arguments))"
  }

  fileprivate static func range(_ low: Expression, _ high: Expression) -> String {
    low.formatted(.coalesce) + ".." + high.formatted(.coalesce)
  }
}

extension Expression.Container {
  fileprivate var formatted: String {
    switch self {
    case .list(let elements): "(" + elements.map(\.formatted).joined(separator: ", ") + ")"
    case .range(let low, let high): Expression.Kind.range(low, high)
    case .value(let value): value.formattedAsContainer
    }
  }
}

extension Expression {
  /// Behind `in`, where brackets would make a list.
  fileprivate var formattedAsContainer: String {
    if case .unary(.not, let operand) = kind { return "!" + operand.formatted(.unary) }
    return formatted(.coalesce)
  }
}
