extension Program {
  /// The program in one spelling: a statement a line, `==` for `=`, `and` for `&&`, single blanks.
  ///
  /// Parsing it gives the same tree but for ranges, where the tree came from a text without errors.
  package var formatted: String { statements.map(\.formatted).joined(separator: "\n") }
}

extension Statement {
  /// The statement on one line.
  package var formatted: String {
    switch kind {
    case .load(let stage), .attach(let stage): stage.formatted
    case .binding(let name, let value): "let \(Name.plain(name)) = \(value.formatted)"
    case .definition(let name, let parameters, let body):
      "def \(Name.plain(name))(\(parameters.map(\.formatted).joined(separator: ", "))) = "
        + body.formatted
    case .parameter(let parameter): "param " + parameter.formatted
    case .explain(let pipeline): "explain " + pipeline.formatted
    case .sql(let pipeline): "sql " + pipeline.formatted
    case .verify(let pipeline): "verify " + pipeline.formatted
    case .pipeline(let pipeline): pipeline.formattedAsStatement
    }
  }
}

extension Parameter {
  /// `name: type = value`.
  package var formatted: String {
    Name.plain(name) + (type.map { ": " + Name.plain($0) } ?? "")
      + (defaultValue.map { " = " + $0.formatted } ?? "")
  }
}

extension Pipeline {
  /// The pipeline on one line.
  package var formatted: String { formatted(origin.formatted) }

  private func formatted(_ source: String) -> String {
    ([source] + stages.map(\.formatted)).joined(separator: " | ")
  }

  /// With its source in brackets where it would read as the word of another statement.
  fileprivate var formattedAsStatement: String {
    let source = origin.formatted
    let word = source.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return formatted(StatementWord(rawValue: String(word)) == nil ? source : "(\(source))")
  }
}

extension Pipeline.Origin {
  fileprivate var formatted: String {
    switch self {
    case .name(let name): name.written
    case .handle(let name): name.writtenAsHandle
    case .file(let path, _): LiteralText.quoted(path, "\"")
    case .pipeline(let pipeline): "(\(pipeline.formatted))"
    case .verb(let stage): stage.formatted
    case .expression(let expression): expression.formatted
    case .missing: "…"
    }
  }
}

extension Stage {
  /// The verb, its items and clauses.
  package var formatted: String {
    let verb = Name.plain(verb)
    let list = items.map(\.formatted).joined(separator: ", ")
    let words = clauses.map(\.formatted)
    return ([verb] + (list.isEmpty ? [] : [isPeriod ? "in " + list : list]) + words)
      .joined(separator: " ")
  }

  /// Whether it begins with a range, which reads better behind `in`: `cohort in a..b`.
  private var isPeriod: Bool {
    if let first = items.first, first.name == nil, case .range = first.value.kind {
      true
    } else {
      false
    }
  }
}

extension Clause {
  /// The word and its items.
  package var formatted: String {
    let list = items.map { $0.formatted(isOption: word == .with) }
    return word.rawValue + " " + list.joined(separator: ", ")
  }
}

extension Item {
  /// `name = value desc`.
  package var formatted: String { formatted(isOption: false) }

  fileprivate func formatted(isOption: Bool) -> String {
    let name = name.map { (isOption ? Name.plain($0) : $0.written) + " = " } ?? ""
    return name + value.formatted + (direction?.formatted ?? "")
  }
}

extension Item.Direction {
  fileprivate var formatted: String { self == .ascending ? " asc" : " desc" }
}

extension Name {
  /// A name where any word may stand.
  fileprivate static func plain(_ name: Name) -> String {
    !name.isQuoted && isWord(name.text) ? name.text : name.written
  }
}
