import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// `join`: the rows of two tables side by side where keys are equal.
struct JoinVerb: Verb {
  let signature = VerbSignature(
    name: "join", usage: "join TABLE on KEY, LEFT = RIGHT, … [with kind = inner]", items: .tables,
    clauses: [.on: .expressions],
    options: [
      .init(
        "kind", .string, default: "inner", choices: ["inner", "left", "anti", "semi"],
        "left keeps rows without a match; semi keeps those with one, anti those without")
    ],
    summary: "puts the rows of another table beside those with the same key",
    help: """
      Every match makes a row. A key of one name stands once in the result; another column of a \
      name that is taken gets _2. Null matches nothing.
      """,
    examples: [
      "example | join (example | group n = count() by lang) on lang",
      "example | join (example | filter account == \"rival\") on id with kind = anti",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    var kind = Join.Kind.inner
    if case .string(let text)? = call.option("kind") { kind = Join.Kind(rawValue: text) ?? .inner }
    return call.joined(kind)
  }
}

/// `lookup`: the columns of the first match.
struct LookupVerb: Verb {
  let signature = VerbSignature(
    name: "lookup", usage: "lookup TABLE on KEY, LEFT = RIGHT, …", items: .tables,
    clauses: [.on: .expressions],
    summary: "adds the columns of the first row of another table with the same key",
    help: "Every row stays, once; where nothing matches the new columns are null.",
    examples: [
      "example | lookup (example | group big = max(followers) by account) on account",
      "example | lookup (example | select handle = screen_name, lang) on screen_name = handle",
    ])

  func lower(_ call: VerbCall) -> Plan? { call.joined(.lookup) }
}

extension VerbCall {
  /// The join of the input with the table of the only item; nil when its columns are unknown.
  fileprivate func joined(_ kind: Join.Kind) -> Plan? {
    guard let item = items.first else {
      report("'\(stage.verb.text)' needs a table", hint: usageHint, at: stage.verb.range)
      return nil
    }
    if items.count > 1 {
      report("'\(stage.verb.text)' takes one table", hint: usageHint, at: items[1].range)
    }
    guard let other = table(item) else { return nil }
    guard let clause = clause(.on) else {
      report(
        "'\(stage.verb.text)' needs on", hint: sharedColumnsHint(other), at: stage.range)
      return nil
    }
    let keys = clause.items.compactMap { joinKey($0, other) }
    guard !keys.isEmpty else { return nil }
    return Plan.join(
      Join(
        left: input, right: other.plan, kind: kind,
        keys: keys.map { (left: $0.left, right: $0.right) },
        rightColumns: kind == .semi || kind == .anti ? [] : rightColumns(other, keys)),
      range: range)
  }

  private func sharedColumnsHint(_ other: TableArgument) -> String {
    let shared = input.schema.names.filter { other.plan.schema.field($0) != nil }
    guard let first = shared.first else { return usageHint }
    return shared.count == 1
      ? "both have \(quotedName(first)): on \(quotedName(first))"
      : "both have \(shared.prefix(6).map(quotedName).joined(separator: ", "))"
  }

  /// A pair of key expressions, and the right's column that need not be repeated.
  private struct KeyPair {
    let left: ScalarExpression
    let right: ScalarExpression
    let repeated: String?
  }

  /// `on k`, `on a = b`, `on a == b`, `on lower(name)`.
  private func joinKey(_ item: Item, _ other: TableArgument) -> KeyPair? {
    var (leftSide, rightSide) = (item.value, item.value)
    if let name = item.name {
      leftSide = Expression(kind: .name(name), range: name.range)
    } else if case .binary(.equal, let left, let right) = item.value.kind {
      (leftSide, rightSide) = (left, right)
    }
    let left = expression(leftSide.withoutTable)
    let right = expression(rightSide.withoutTable, of: other)
    guard let left, let right else { return nil }
    guard let pair = unified([left, right]) else {
      report(
        "the keys are of one type, found \(left.type.phrase) and \(right.type.phrase)",
        hint: "string(x) or int(x) makes them alike", at: item.range)
      return nil
    }
    var repeated: String?
    if case .column(let a) = left.node, case .column(let b) = right.node, a == b { repeated = b }
    return KeyPair(left: pair[0], right: pair[1], repeated: repeated)
  }

  private func rightColumns(
    _ other: TableArgument, _ keys: [KeyPair]
  ) -> [(source: String, name: String)] {
    let repeated = Set(keys.compactMap(\.repeated))
    var taken = Set(input.schema.names)
    return other.plan.schema.names.filter { !repeated.contains($0) }.map { source in
      let name = freeName(source, among: taken)
      taken.insert(name)
      return (source: source, name: name)
    }
  }
}

extension Expression {
  /// `t.id` as `id`: in a key it is clear of which side it speaks.
  fileprivate var withoutTable: Expression {
    guard case .name(let name) = kind, !name.isQuoted,
      let last = name.text.split(separator: ".").last, name.text.contains(".")
    else { return self }
    return Expression(
      kind: .name(Name(text: String(last), range: name.range)), range: range, focus: focus)
  }
}
