import Diagnostics

extension Parser {
  /// Where an item stands, which decides what it may hold.
  enum ItemPlace {
    /// Behind a verb or a clause word.
    case stage
    /// Behind `with`: any word before `=` is a name.
    case option
    /// Between the brackets of a call: no direction, no range.
    case argument
  }

  /// Parses `items = item { "," item }`.
  mutating func parseItems(_ place: ItemPlace) -> [Item] {
    var items: [Item] = []
    var tallest = 0
    repeat {
      items.append(parseItem(place))
      tallest = max(tallest, height)
      if !isPanicking, !endsItem, !isAtMargin { report(unexpected("',' or '|'")) }
      if isPanicking { recoverInItems() }
    } while accept(.comma)
    height = tallest
    return items
  }

  /// Parses `item = [ name "=" ] ( expression | expression ".." expression ) [ "asc" | "desc" ]`.
  mutating func parseItem(_ place: ItemPlace) -> Item {
    let start = token
    let name = parseItemName(place)
    var value = parseExpression()
    if !isPanicking, kind == .symbol(.dots) { value = parseRange(from: value, place) }
    let direction = place == .argument || isPanicking ? nil : parseDirection()
    return Item(name: name, value: value, direction: direction, range: range(from: start))
  }

  private mutating func parseItemName(_ place: ItemPlace) -> Name? {
    switch kind {
    case .name, .quotedName, .path:
      guard peekKind() == .symbol(.assign) else { return nil }
    case .word(let word):
      guard peekKind() == .symbol(.assign) else { return nil }
      if place != .option { remark(.reserved(word.rawValue, at: token.range)) }
    default: return nil
    }
    let name = takeName()
    advance()
    return name
  }

  /// ".." expression, behind the first end.
  private mutating func parseRange(from low: Expression, _ place: ItemPlace) -> Expression {
    if place == .argument { remark(.rangeInCall(at: token.range)) }
    let dots = token.range
    let before = height
    advance()
    let high = parseExpression(.coalesce)
    raiseHeight(before)
    return Expression(
      kind: .range(low, high), range: low.range.union(high.range), focus: dots)
  }

  private mutating func parseDirection() -> Item.Direction? {
    guard kind == .name else { return nil }
    let direction: Item.Direction
    switch text(token) {
    case "asc": direction = .ascending
    case "desc": direction = .descending
    default: return nil
    }
    advance()
    return direction
  }

  /// Whether an item may end at the current token.
  private var endsItem: Bool {
    switch kind {
    case .end, .lineEnd, .symbol(.semicolon), .symbol(.pipe), .symbol(.comma),
      .symbol(.rightParen):
      true
    case .word(let word): word.clause != nil
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func rangeInCall(at range: SourceRange) -> Diagnostic {
    Diagnostic("a range is no argument", hint: "ranges stand after in: x in a..b", at: range)
  }
}
