package import Columns
import Diagnostics
package import Parsing
package import Plans

/// Checking the expressions of a verb's items.
extension VerbCall {
  /// An expression for each row of `plan` (the input, unless given), or nil with an error.
  package func expression(
    _ expression: Expression, over plan: Plan? = nil
  ) -> ScalarExpression? {
    checker.check(expression, .row(rows(over: plan), in: stage.verb.text))
  }

  /// As `expression`, over rows of another table, which messages call by `label`.
  package func expression(
    _ expression: Expression, of other: TableArgument
  ) -> ScalarExpression? {
    checker.check(expression, .row(other.rows, in: stage.verb.text))
  }

  /// A condition; `a = 1` is read as `a == 1`.
  package func condition(_ item: Item) -> ScalarExpression? {
    checker.checkCondition(
      item.asEquality, .row(rows(over: nil), in: stage.verb.text), of: stage.verb.text)
  }

  /// The column that an item names, or nil with an error.
  package func column(_ item: Item) -> Field? {
    if let name = item.name {
      report("'\(stage.verb.text)' takes names of columns", hint: usageHint, at: name.range)
      return nil
    }
    return column(item.value)
  }

  /// The column that an expression names, or nil with an error.
  package func column(_ expression: Expression) -> Field? {
    guard case .name(let name) = expression.kind else {
      if case .missing = expression.kind { return nil }
      report("'\(stage.verb.text)' takes names of columns", hint: usageHint, at: expression.range)
      return nil
    }
    guard let field = rows.schema.field(name.text) else {
      if !isUnknown(name.text) {
        checker.reportUnknown(name, .row(rows, in: stage.verb.text))
      }
      return nil
    }
    return field
  }

  /// Expressions with the names of the columns that they make.
  ///
  /// A column keeps its name, others are called as they are written, `_2` behind names that are
  /// taken; a name given twice is an error. Items with errors are left out, their names marked.
  package func named(_ items: [Item], taken: Set<String> = []) -> [NamedExpression] {
    var names = ItemNames(taken: taken)
    return items.compactMap { item in
      guard let value = expression(item.value) else {
        markUnknown(item.name?.text ?? columnName(item))
        return nil
      }
      return name(for: item, value, &names).map { NamedExpression($0, value) }
    }
  }

  /// The name of an item's column: as given, else the column's own, else made of its text.
  package func columnName(_ item: Item) -> String {
    if let name = item.name { return name.text }
    if case .name(let name) = item.value.kind {
      return rows.schema.field(name.text)?.name ?? name.text
    }
    return item.value.columnName
  }

  /// The name of an item's column among those before it; nil with an error where it is given twice.
  func name(
    for item: Item, _ value: ScalarExpression, _ names: inout ItemNames
  ) -> String? {
    let isGiven: Bool
    switch item.value.kind {
    case .name: isGiven = true
    default: isGiven = item.name != nil
    }
    let wanted = columnName(item)
    if names.taken.contains(wanted), isGiven {
      report(
        "two columns are called '\(wanted)'", hint: "give one another name: x = …",
        at: item.name?.range ?? item.range)
      return nil
    }
    let name = freeName(wanted, among: names.taken)
    names.taken.insert(name)
    return name
  }

  // MARK: Numbers and texts

  /// A whole number that is not negative: a literal, a parameter or a scalar `let`.
  package func count(_ item: Item) -> Int? {
    if let name = item.name {
      report("'\(stage.verb.text)' takes a whole number", hint: usageHint, at: name.range)
      return nil
    }
    guard let value = checker.check(item.value, constantContext) else { return nil }
    guard case .int(let number)? = value.constantValue, number >= 0 else {
      let found = item.value.isLiteral ? item.value.formatted : value.foundPhrase
      report(
        "'\(stage.verb.text)' takes a whole number, found \(found)", hint: usageHint,
        at: item.range)
      return nil
    }
    return Int(number)
  }

  /// The value of an expression that is a constant; nil for any other, without an error.
  package func constant(_ expression: Expression) -> Scalar? {
    switch expression.kind {
    case .integer, .float, .name, .parameter, .unary:
      checker.check(expression, constantContext)?.constantValue
    default: nil
    }
  }

  /// Names of columns are looked up, so that the message says what they are.
  private var constantContext: ExpressionContext { .row(rows, in: stage.verb.text) }

  /// A text in quotes, or nil with an error.
  package func text(_ item: Item, of what: String) -> String? {
    guard item.name == nil, case .string(let text) = item.value.kind else {
      if case .missing = item.value.kind { return nil }
      report(
        "'\(stage.verb.text)' takes \(what) in quotes", hint: usageHint, at: item.range)
      return nil
    }
    return text
  }
}

/// The names given to the columns of a stage so far.
package struct ItemNames {
  var taken: Set<String>

  package init(taken: Set<String> = []) { self.taken = taken }
}

extension Expression {
  /// Whether it is a literal, perhaps with a sign.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .null, .bool, .integer, .float, .string, .date, .duration: return true
    case .unary(.minus, let operand):
      switch operand.kind {
      case .integer, .float, .duration: return true
      default: return false
      }
    default: return false
    }
  }
}
