import Diagnostics

/// Hints for those who come with the habits of other languages.
extension Parser {
  /// Words of verbs that others write without a `|` before them.
  private static let verbWords: Set<String> = ["order", "sort", "limit", "having", "group"]

  /// What was meant by a word or string that stands where an operator, comma or `|` should.
  func habitHint() -> String? {
    let (word, before) = (text(token), text(previous))
    if kind == .string, previous.kind == .string, previous.end == token.start {
      return "a quote inside of a string is written \\\(word.prefix(1))"
    }
    if previous.kind == .date, kind == .number {
      return "join day and time with T: \(before)T12:00"
    }
    if word == "!" { return "write not (…), or x not in (…)" }
    guard kind == .name else { return nil }
    switch word {
    case "is": return "write x == null or x != null"
    case "like", "ilike": return "write x ~ \"part\", or x matches /pattern/"
    case "regexp", "rlike", "similar": return "write x matches /pattern/"
    case "contains", "has", "includes": return "write x ~ \"part\""
    case "startswith", "beginswith": return "write starts_with(x, \"part\")"
    case "endswith": return "write ends_with(x, \"part\")"
    case _ where Parser.verbWords.contains(word): return "a verb begins with '|': | \(word) …"
    case "from": return "a pipeline begins with a table: t | select …"
    case "where": return "write | filter …"
    case "descending", "DESC": return "write desc"
    case "ascending", "ASC": return "write asc"
    case "isnt", "equals", "eq": return "write == or !="
    default:
      let lower = word.lowercased()
      return lower != word && ReservedWord(rawValue: lower) != nil ? "write \(lower)" : nil
    }
  }

  /// What is wrong with the first token of a statement, or nil.
  mutating func wrongStart() -> Diagnostic? {
    switch kind {
    case .symbol(.doubleSlash):
      return .comment(at: token.range)
    case .symbol(.slash) where peekKind() == .symbol(.star):
      return .comment(at: token.range)
    case .symbol(.minus):
      let next = peek()
      let isComment = next.kind == .symbol(.minus) && next.start == token.end
      return isComment ? .comment(at: token.range.union(next.range)) : nil
    case .word(let word) where word.isOperator && word != .not:
      return .operatorAtLineStart(word.rawValue, at: token.range)
    case .word(let word) where word.clause != nil:
      return Diagnostic(
        "'\(word.rawValue)' follows a verb", hint: "write it on the line of its verb",
        at: token.range)
    case .symbol(let symbol)
    where BinaryOperator(symbol) != nil && !kind.beginsOperand && symbol != .star:
      return .operatorAtLineStart(symbol.rawValue, at: token.range)
    default:
      return nil
    }
  }

  /// What is wrong with a statement that begins with a verb, or like SQL; nil where it does not.
  func verbWithoutTable(_ first: Expression) -> Diagnostic? {
    if isSelectStar(first) { return .sql(at: first.range) }
    guard case .name(let name) = first.kind, !kind.endsStatement, kind != .symbol(.pipe) else {
      return nil
    }
    if name.text == "select" { return .sql(at: name.range) }
    // What may stand in the rows of a verb says nothing of the table that is missing.
    let beginsRows = kind == .symbol(.bang) || Parser.verbWords.contains(text(token))
    guard kind.isOperandOnly, beginsRows || habitHint() == nil else { return nil }
    if name.text == "from" {
      return Diagnostic("no 'from' is needed", hint: "write t | …", at: name.range)
    }
    return .verbFirst(name.text, at: name.range)
  }

  /// Whether it is `select * from`, which looks like a product.
  private func isSelectStar(_ expression: Expression) -> Bool {
    guard case .binary(.multiply, let left, let right) = expression.kind,
      case .name(let verb) = left.kind, case .name(let word) = right.kind
    else { return false }
    return verb.text == "select" && word.text == "from"
  }
}

extension Diagnostic {
  fileprivate static func comment(at range: SourceRange) -> Diagnostic {
    Diagnostic("comments begin with '#'", at: range)
  }

  fileprivate static func operatorAtLineStart(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a statement does not begin with '\(word)'",
      hint: "write '\(word)' at the end of the line before: there the line goes on", at: range)
  }

  fileprivate static func sql(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a pipeline begins with a table", hint: "write t | filter … | select a, b", at: range)
  }

  fileprivate static func verbFirst(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "expected '|' after '\(word)'",
      hint: "a pipeline begins with a table: t | verb …", at: range)
  }
}
