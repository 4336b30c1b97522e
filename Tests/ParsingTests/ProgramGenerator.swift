import Diagnostics

@testable import Parsing

/// Makes trees of every form that a text can have.
struct ProgramGenerator {
  var random: SeededGenerator
  private let nowhere = SourceRange(0, 0)

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func program() -> Program {
    Program(statements: (0..<(1 + random.below(3))).map { _ in statement() })
  }

  private mutating func statement() -> Statement {
    Statement(kind: statementKind(), range: nowhere)
  }

  private mutating func statementKind() -> Statement.Kind {
    switch random.below(10) {
    case 0: .load(stage("load", 2))
    case 1: .attach(stage("attach", 2))
    case 2: .binding(name: newName(), value: pipeline(3))
    case 3:
      .definition(
        name: newName(), parameters: (0..<random.below(3)).map { _ in parameter() },
        body: pipeline(3))
    case 4: .parameter(parameter())
    case 5: .explain(pipeline(3))
    case 6: .sql(pipeline(2))
    case 7: .verify(pipeline(2))
    default: .pipeline(pipeline(3))
    }
  }

  private mutating func parameter() -> Parameter {
    Parameter(
      name: newName(), type: random.chance(50) ? newName() : nil,
      defaultValue: random.chance(50) ? expression(2) : nil)
  }

  private mutating func pipeline(_ depth: Int, leastStages: Int = 0) -> Pipeline {
    let stages = (0..<(leastStages + random.below(3))).map { _ in stage(nil, depth) }
    return Pipeline(
      origin: origin(depth), originRange: nowhere, stages: stages, range: nowhere)
  }

  private mutating func origin(_ depth: Int) -> Pipeline.Origin {
    switch random.below(8) {
    case 0: return .handle(handle())
    case 1: return .file(text(), nowhere)
    case 2 where depth > 0: return .pipeline(pipeline(depth - 1, leastStages: 1))
    case 3 where depth > 0: return .verb(openingStage(depth))
    case 4, 5:
      let value = expression(depth)
      switch value.kind {
      case .name(let name): return .name(name)
      case .handle(let name): return .handle(name)
      case .string(let text): return .file(text, nowhere)
      case .pipeline(let pipeline): return .pipeline(pipeline)
      default: return .expression(value)
      }
    default: return .name(name())
    }
  }

  private mutating func openingStage(_ depth: Int) -> Stage {
    let verb = random.pick(OpeningVerb.allCases).rawValue
    let first = Item(
      name: nil, value: expression(.name(name())), direction: nil, range: nowhere)
    let rest = stage(verb, depth)
    return Stage(
      verb: rest.verb, items: [first] + rest.items, clauses: rest.clauses, range: nowhere)
  }

  private mutating func stage(_ verb: String?, _ depth: Int) -> Stage {
    let clauses = (0..<random.below(3)).map { _ in clause(depth - 1) }
    return Stage(
      verb: verb.map { Name(text: $0, range: nowhere) } ?? newName(),
      items: (0..<random.below(3)).map { _ in item(depth - 1) }, clauses: clauses, range: nowhere)
  }

  private mutating func clause(_ depth: Int) -> Clause {
    let word = random.pick(Clause.Word.allCases)
    let items = (0..<(1 + random.below(2))).map { _ in item(depth, isOption: word == .with) }
    return Clause(word: word, wordRange: nowhere, items: items, range: nowhere)
  }

  private mutating func item(_ depth: Int, isOption: Bool = false) -> Item {
    var name: Name?
    if isOption, random.chance(30) {
      name = Name(text: random.pick(ReservedWord.allCases).rawValue, range: nowhere)
    } else if random.chance(30) {
      name = self.name()
    }
    let value =
      random.chance(15)
      ? expression(.range(expression(depth), expression(depth))) : expression(depth)
    let direction: Item.Direction? = random.pick([nil, nil, .ascending, .descending])
    return Item(name: name, value: value, direction: direction, range: nowhere)
  }

  private func expression(_ kind: Expression.Kind) -> Expression {
    Expression(kind: kind, range: nowhere)
  }

  private mutating func expression(_ depth: Int) -> Expression {
    expression(depth > 0 && random.chance(75) ? operation(depth - 1) : leaf())
  }

  private mutating func operation(_ depth: Int) -> Expression.Kind {
    switch random.below(10) {
    case 0: .unary(.not, expression(depth))
    case 1: .unary(.minus, expression(depth))
    case 2:
      .between(
        expression(depth), low: expression(depth), high: expression(depth),
        isNegated: random.chance(50))
    case 3: .membership(expression(depth), container(depth), isNegated: random.chance(50))
    case 4: .call(callee(), (0..<random.below(4)).map { _ in argument(depth) })
    case 5: .pipeline(pipeline(depth, leastStages: 1))
    default:
      .binary(random.pick(BinaryOperator.allCases), expression(depth), expression(depth))
    }
  }

  private mutating func callee() -> Name {
    random.chance(20) ? Name(text: random.pick(["if", "case"]), range: nowhere) : name()
  }

  private mutating func argument(_ depth: Int) -> Item {
    Item(
      name: random.chance(20) ? name() : nil, value: expression(depth), direction: nil,
      range: nowhere)
  }

  private mutating func container(_ depth: Int) -> Expression.Container {
    switch random.below(4) {
    case 0: return .range(expression(depth), expression(depth))
    case 1: return .value(expression(.pipeline(pipeline(depth, leastStages: 1))))
    case 2:
      // Behind `in`, a comparison or `and` would need brackets, which make a list.
      let sum = Expression.Kind.binary(
        random.pick([.add, .multiply, .coalesce]), expression(depth), expression(depth))
      return .value(expression(random.chance(50) ? leaf() : sum))
    default:
      let elements = (0..<(1 + random.below(3))).map { _ in expression(depth) }
      if elements.count == 1, case .pipeline = elements[0].kind { return .value(elements[0]) }
      return .list(elements)
    }
  }

  private mutating func leaf() -> Expression.Kind {
    switch random.below(14) {
    case 0: .null
    case 1: .bool(random.chance(50))
    case 2:
      .integer(
        random.pick([0, 1, -1, 42, .max, .min, Int64.random(in: .min ... .max, using: &random)]))
    case 3:
      .float(random.pick([0, 0.5, -2.5, 1e300, .leastNonzeroMagnitude, -1e-7, 1e16, 123456.789]))
    case 4: .string(text())
    case 5:
      .regex(
        random.pick(["a+", "[/]\\d", "\\\\", "^x y$", "'\"", "é/"]),
        flags: random.pick(["", "i", "is"]))
    case 6:
      .date(
        random.pick(["2024-03", "2024-03-01", "2024-03-01T12:00", "2024-03-01T12:00:01.5+02:00"]))
    case 7: .duration(random.pick([0, 1, -1, 5_400_000_000, .max, .min, 604_800_000_001]))
    case 8: .parameter(newName())
    case 9: .handle(handle())
    default: .name(name())
    }
  }

  private mutating func name() -> Name {
    if random.chance(15) {
      return Name(
        text: random.pick(["ch.followers", "a.b.by", "ch.odd name", "x.1"]), range: nowhere)
    }
    return newName()
  }

  private mutating func newName() -> Name {
    if random.chance(25) {
      let odd = ["odd name", "by", "a`b", "a\\b", "line\nend", "é.x", "7d", "", "compare", "ok"]
      let text = random.pick(odd)
      return Name(text: text.isEmpty ? "x" : text, isQuoted: true, range: nowhere)
    }
    let plain = [
      "a", "followers", "_", "x1", "asc", "desc", "load", "sql", "größe", "名前", "select",
    ]
    return Name(text: random.pick(plain), range: nowhere)
  }

  private mutating func handle() -> Name {
    random.chance(30)
      ? Name(text: "odd handle", isQuoted: true, range: nowhere)
      : Name(text: random.pick(["acme", "a.b", "x-y", "me@host.social", "7up"]), range: nowhere)
  }

  private mutating func text() -> String {
    random.pick([
      "", "a.csv", "it's", "say \"x\"", "a\\b", "l\nm\tn\r", "\u{202E}x\u{0}", "🦆é", "# | ;",
    ])
  }
}
