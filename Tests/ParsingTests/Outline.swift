import Diagnostics

@testable import Parsing

/// A tree as nested lists, operator first: what tests compare.
extension Expression {
  var outline: String {
    switch kind {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .float(let value): "\(value)f"
    case .string(let text): "'\(text)'"
    case .regex(let pattern, let flags): "/\(pattern)/\(flags)"
    case .date(let text): "date:\(text)"
    case .duration(let value): "\(value)us"
    case .name(let name): name.outline
    case .parameter(let name): "$" + name.outline
    case .handle(let name): "@" + name.outline
    case .unary(let symbol, let operand): "(\(symbol.rawValue) \(operand.outline))"
    case .binary(let symbol, let left, let right):
      "(\(symbol.rawValue) \(left.outline) \(right.outline))"
    case .between(let operand, let low, let high, let isNegated):
      "(\(isNegated ? "!" : "")between \(operand.outline) \(low.outline) \(high.outline))"
    case .membership(let operand, let container, let isNegated):
      "(\(isNegated ? "!" : "")in \(operand.outline) \(container.outline))"
    case .call(let name, let items): "\(name.outline)(\(items.outline))"
    case .pipeline(let pipeline): "{\(pipeline.outline)}"
    case .range(let low, let high): "(.. \(low.outline) \(high.outline))"
    case .missing: "?"
    }
  }
}

extension Expression.Container {
  var outline: String {
    switch self {
    case .list(let elements): "[" + elements.map(\.outline).joined(separator: " ") + "]"
    case .range(let low, let high): "(.. \(low.outline) \(high.outline))"
    case .value(let value): value.outline
    }
  }
}

extension Name {
  var outline: String { isQuoted ? "`\(text)`" : text }
}

extension [Item] {
  var outline: String { map(\.outline).joined(separator: ", ") }
}

extension Item {
  var outline: String {
    let direction =
      switch direction {
      case .ascending: " asc"
      case .descending: " desc"
      case nil: ""
      }
    return (name.map { $0.outline + ": " } ?? "") + value.outline + direction
  }
}

extension Stage {
  var outline: String {
    verb.outline + "[" + items.outline + "]"
      + clauses.map { " \($0.word.rawValue)[\($0.items.outline)]" }.joined()
  }
}

extension Pipeline {
  var outline: String { ([origin.outline] + stages.map(\.outline)).joined(separator: " | ") }
}

extension Pipeline.Origin {
  var outline: String {
    switch self {
    case .name(let name): name.outline
    case .handle(let name): "@" + name.outline
    case .file(let path, _): "file'\(path)'"
    case .pipeline(let pipeline): "{\(pipeline.outline)}"
    case .verb(let stage): "verb " + stage.outline
    case .expression(let expression): "= " + expression.outline
    case .missing: "?"
    }
  }
}

extension Statement {
  var outline: String {
    switch kind {
    case .load(let stage), .attach(let stage): stage.outline
    case .binding(let name, let value): "let \(name.outline) = \(value.outline)"
    case .definition(let name, let parameters, let body):
      "def \(name.outline)(\(parameters.map(\.outline).joined(separator: ", "))) = \(body.outline)"
    case .parameter(let parameter): "param \(parameter.outline)"
    case .explain(let pipeline): "explain \(pipeline.outline)"
    case .sql(let pipeline): "sql \(pipeline.outline)"
    case .verify(let pipeline): "verify \(pipeline.outline)"
    case .pipeline(let pipeline): pipeline.outline
    }
  }
}

extension Parameter {
  var outline: String {
    name.outline + (type.map { ":\($0.outline)" } ?? "")
      + (defaultValue.map { "=\($0.outline)" } ?? "")
  }
}
