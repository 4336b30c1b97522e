import Columns

/// What columns pipelines give, by the rules of the language; nil where they make no sense.
struct Schemas {
  let tables: [String: [Field]]

  func fields(of pipeline: Pipeline) -> [Field]? {
    var fields = tables[pipeline.source]
    for stage in pipeline.stages { fields = fields.flatMap { self.fields(after: stage, $0) } }
    return fields
  }

  /// The columns behind a stage over these.
  func fields(after stage: Stage, _ input: [Field]) -> [Field]? {
    switch stage {
    case .filter(let conditions): fit(conditions, input) ? input : nil
    case .derive(let items, let keys): derived(items, keys, input)
    case .select(let items): made(items, input)
    case .drop(let names): dropped(names, input)
    case .rename(let pairs): renamed(pairs, input)
    case .sort(let orders): fit(orders.map(\.term), input) && !orders.isEmpty ? input : nil
    case .take, .tail: input
    case .distinct(let items, let keys):
      items.isEmpty ? (keys.isEmpty || made(keys, input) != nil ? input : nil) : made(items, input)
    case .group(let items, let keys, let outer): grouped(items, outer + keys, input)
    case .fill(let items, let keys, let outer): filled(items, keys, outer, input)
    case .sample(_, _, let keys): fit(keys.map(\.term), input) ? input : nil
    case .top(_, let orders, let keys):
      fit(orders.map(\.term) + keys.map(\.term), input) && !orders.isEmpty ? input : nil
    case .count(let conditions, let keys):
      fit(conditions, input) ? counted(keys, ["n": .int], input) : nil
    case .join(let kind, let other, let keys): joined(kind, other, keys, input)
    case .union(let others): united(others, input)
    case .ratio(let above, let below, let keys):
      fit([above, below], input) ? ratio(keys, input) : nil
    case .share(let condition, let keys):
      fit([condition], input)
        ? counted(
          keys, ["n": .int, "hits": .int, "share": .float, "low": .float, "high": .float], input)
        : nil
    case .window(let items, let orders, let keys):
      fit(orders.map(\.term) + keys.map(\.term), input) ? derived(items, [], input) : nil
    case .pivot(let items, let key, let keys):
      // Its columns depend on the rows: only those before are known.
      fit(items.map(\.term) + [key], input) ? made(keys, input).map { $0 } : nil
    case .unpivot(let names, let name, let value): unpivoted(names, name, value, input)
    case .explode(let name): input.contains { $0.name == name && $0.type == .string } ? input : nil
    }
  }

  /// Whether expressions read columns that are there, with their types.
  func fit(_ terms: [Term], _ input: [Field]) -> Bool {
    terms.allSatisfy { term in
      switch term.node {
      case .column(let name): input.contains { $0.name == name && $0.type == term.type }
      case .scalar(let rows):
        fields(of: rows).map { $0.count == 1 && $0[0].type == term.type } ?? false
      case .isInRows(let value, let rows, _):
        fields(of: rows).flatMap { keyPlace(of: $0, for: value) } != nil && fit([value], input)
      default: fit(term.children, input)
      }
    }
  }

  private func made(_ items: [NamedTerm], _ input: [Field]) -> [Field]? {
    guard !items.isEmpty, fit(items.map(\.term), input) else { return nil }
    let fields = items.map { Field(name: $0.name, type: $0.term.type) }
    return Set(fields.map(\.name)).count == fields.count ? fields : nil
  }

  private func derived(_ items: [NamedTerm], _ keys: [String], _ input: [Field]) -> [Field]? {
    var fields = input
    guard !items.isEmpty, keys.allSatisfy({ key in input.contains { $0.name == key } }) else {
      return nil
    }
    for item in items {
      guard fit([item.term], fields) else { return nil }
      let field = Field(name: item.name, type: item.term.type)
      if let place = fields.firstIndex(where: { $0.name == item.name }) {
        fields[place] = field
      } else {
        fields.append(field)
      }
    }
    return fields
  }

  private func dropped(_ names: [String], _ input: [Field]) -> [Field]? {
    let kept = input.filter { !names.contains($0.name) }
    return kept.isEmpty || kept.count + names.count != input.count || names.isEmpty ? nil : kept
  }

  private func renamed(_ pairs: [(new: String, old: String)], _ input: [Field]) -> [Field]? {
    guard !pairs.isEmpty,
      pairs.allSatisfy({ pair in input.contains { $0.name == pair.old } })
    else { return nil }
    let fields = input.map { field in
      Field(name: pairs.first { $0.old == field.name }?.new ?? field.name, type: field.type)
    }
    return Set(fields.map(\.name)).count == fields.count ? fields : nil
  }

  private func grouped(
    _ items: [NamedTerm], _ keys: [NamedTerm], _ input: [Field]
  ) -> [Field]? {
    if items.isEmpty { return counted(keys, ["n": .int, "share": .float], input) }
    guard keys.isEmpty || made(keys, input) != nil else { return nil }
    // Outside of aggregates stand only keys: nothing but aggregates is generated there.
    return made(keys + items, input)
  }

  /// One of the keys is a period, and the others can be none.
  private func filled(
    _ items: [NamedTerm], _ keys: [NamedTerm], _ outer: [NamedTerm], _ input: [Field]
  ) -> [Field]? {
    let others = outer + keys.filter { $0.term.periodStep == nil }
    guard others.count == outer.count + keys.count - 1,
      others.allSatisfy({ [.bool, .string, .float, .duration].contains($0.term.type) })
    else { return nil }
    return grouped(items, outer + keys, input)
  }

  private func counted(
    _ keys: [NamedTerm], _ own: KeyValuePairs<String, DataType>, _ input: [Field]
  ) -> [Field]? {
    var fields: [Field] = []
    if !keys.isEmpty {
      guard let known = made(keys, input) else { return nil }
      fields = known
    }
    for (name, type) in own { fields.append(Field(name: free(name, fields), type: type)) }
    return fields
  }

  private func ratio(_ keys: [NamedTerm], _ input: [Field]) -> [Field]? {
    if keys.isEmpty {
      return counted(
        [], ["band": .string, "n": .int, "share": .float, "low": .float, "high": .float], input)
    }
    return counted(
      keys,
      [
        "n": .int, "median": .float, "low": .float, "high": .float, "ratio": .float,
        "zero": .int, "caution": .string,
      ], input)
  }

  private func joined(
    _ kind: JoinKind, _ other: Pipeline, _ keys: [JoinKey], _ input: [Field]
  ) -> [Field]? {
    guard let right = fields(of: other), !keys.isEmpty, fit(keys.map(\.left), input),
      fit(keys.map(\.right), right)
    else { return nil }
    if kind == .semi || kind == .anti { return input }
    let shared = keys.compactMap(\.sharedColumn)
    var fields = input
    for field in right where !shared.contains(field.name) {
      fields.append(Field(name: free(field.name, fields), type: field.type))
    }
    return fields
  }

  private func united(_ others: [Pipeline], _ input: [Field]) -> [Field]? {
    var fields = input
    for other in others {
      guard let own = self.fields(of: other) else { return nil }
      for field in own {
        guard let place = fields.firstIndex(where: { $0.name == field.name }) else {
          fields.append(field)
          continue
        }
        guard let type = common(fields[place].type, field.type) else { return nil }
        fields[place] = Field(name: field.name, type: type)
      }
    }
    return others.isEmpty ? nil : fields
  }

  private func unpivoted(
    _ names: [String], _ name: String, _ value: String, _ input: [Field]
  ) -> [Field]? {
    let columns = names.compactMap { name in input.first { $0.name == name } }
    let kept = input.filter { !names.contains($0.name) }
    guard columns.count == names.count, let first = columns.first,
      !kept.contains(where: { $0.name == name || $0.name == value })
    else { return nil }
    var type = first.type
    for column in columns {
      guard column.type == type || column.type.isNumeric && type.isNumeric else { return nil }
      if column.type != type { type = .float }
    }
    return kept + [Field(name: name, type: .string), Field(name: value, type: type)]
  }

  /// The type that holds both; nil where none does.
  func common(_ a: DataType, _ b: DataType) -> DataType? {
    switch (a, b) {
    case _ where a == b: a
    case (.int, .float), (.float, .int): .float
    case (.date, .time), (.time, .date): .time
    default: nil
    }
  }

  /// The name, or with `_2`, `_3` … behind it where it is taken.
  private func free(_ name: String, _ fields: [Field]) -> String {
    let taken = Set(fields.map(\.name))
    if !taken.contains(name) { return name }
    var number = 2
    while taken.contains("\(name)_\(number)") { number += 1 }
    return "\(name)_\(number)"
  }
}
