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
    case .binary: Self.chain(self)
    case .between(let operand, let low, let high, let isNegated):
      operand.formatted(.coalesce) + (isNegated ? " not between " : " between ")
        + low.formatted(.coalesce) + " and " + high.formatted(.coalesce)
    case .membership(let operand, let container, let isNegated):
      operand.formatted(.coalesce) + (isNegated ? " not in " : " in ") + container.formatted
    default: ""
    }
  }

  /// Operators that group from the left, by a loop: there may be hundreds in a row.
  private static func chain(_ last: Expression.Kind) -> String {
    var parts: [String] = []
    var kind = last
    while case .binary(let symbol, let left, let right) = kind {
      parts.append(" \(symbol.rawValue) " + right.formatted(symbol.precedence.tighter))
      // Comparisons do not chain, so their left side binds tighter too.
      let minimum = symbol.precedence == .comparison ? .coalesce : symbol.precedence
      guard case .binary = left.kind, left.kind.precedence >= minimum else {
        parts.append(left.formatted(minimum))
        break
      }
      kind = left.kind
    }
    return parts.reversed().joined()
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
