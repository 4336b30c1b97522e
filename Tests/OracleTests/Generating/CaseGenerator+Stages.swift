import Columns

extension CaseGenerator {
  /// A stage over these columns; nil where the kind that was drawn finds none that fit.
  mutating func stage(_ fields: [Field], depth: Int) -> Stage? {
    let usable = usable(fields)
    guard !usable.isEmpty else { return .take(3) }
    switch random.below(100) {
    case ..<16: return .filter((0...random.below(2)).map { _ in term(.bool, usable, 3) })
    case ..<27: return derive(fields, usable)
    case ..<31: return .select(selection(fields, usable))
    case ..<33: return .drop([random.pick(fields).name])
    case ..<35: return rename(fields)
    case ..<41: return .sort(orders(usable))
    case ..<44: return .take(random.pick([0, 1, 2, 3, 5, 10, 100]))
    case ..<46: return .tail(random.pick([0, 1, 2, 5, 10, 100]))
    case ..<49: return distinct(usable)
    case ..<61: return group(usable)
    case ..<66: return top(usable)
    case ..<69:
      return .count(
        random.chance(50) ? [term(.bool, usable, 2)] : [], by: keys(usable, atMost: 2))
    case ..<77: return depth > 0 ? join(usable, depth) : nil
    case ..<81: return depth > 0 ? union(depth) : nil
    case ..<84: return ratio(usable)
    default: return reshaping(fields, usable, depth)
    }
  }

  private mutating func reshaping(
    _ fields: [Field], _ usable: [Field], _ depth: Int
  ) -> Stage? {
    switch random.below(16) {
    case ..<6: return window(usable)
    // What columns there are depends on the rows: only at the end of the program.
    case ..<8: return depth == Self.outermost ? pivot(usable) : nil
    case ..<10: return unpivot(fields)
    case ..<12: return explode(usable)
    case ..<13: return sample(usable)
    default: return fill(usable)
    }
  }

  // MARK: Columns

  /// An item over all usable columns, under a name that says whether it is rough.
  mutating func item(_ usable: [Field], depth: Int = 2) -> NamedTerm {
    let type = random.pick(Cells.types)
    if type == .float, random.chance(20), let rough = roughTerm(usable) {
      return NamedTerm(name(isRough: true), rough)
    }
    return NamedTerm(name(), term(type, usable, depth))
  }

  private mutating func derive(_ fields: [Field], _ usable: [Field]) -> Stage {
    var items: [NamedTerm] = []
    var known = usable
    var keys: [String] = []
    if random.chance(25) {
      keys = self.keys(usable, atMost: 2).filter(\.isPlain).map(\.name)
      items.append(aggregateItem(usable))
    } else {
      for _ in 0...random.below(2) {
        var item = item(known)
        if random.chance(15) { item = NamedTerm(random.pick(fields).name, item.term) }
        // A column that was replaced by a rough value must not be read as an exact one.
        if item.term.isRough { item = NamedTerm(name(isRough: true), item.term) }
        if items.contains(where: { $0.name == item.name }) { continue }
        items.append(item)
        known.removeAll { $0.name == item.name }
        if !item.term.isRough { known.append(Field(name: item.name, type: item.term.type)) }
      }
    }
    return .derive(items, per: keys)
  }

  private mutating func selection(_ fields: [Field], _ usable: [Field]) -> [NamedTerm] {
    var items = fields.filter { _ in random.chance(50) }.map { NamedTerm($0) }
    if items.isEmpty || random.chance(40) { items.append(item(usable)) }
    return items.shuffled(using: &random)
  }

  private mutating func rename(_ fields: [Field]) -> Stage {
    let first = random.pick(fields)
    let second = random.pick(fields)
    if first.name != second.name, first.isRough == second.isRough, random.chance(30) {
      return .rename([(first.name, second.name), (second.name, first.name)])
    }
    return .rename([(name(isRough: first.isRough), first.name)])
  }

  mutating func orders(_ usable: [Field]) -> [Order] {
    (0...random.below(2)).map { _ in
      let term =
        random.chance(80)
        ? Term.column(random.pick(usable)) : term(random.pick(Cells.types), usable, 1)
      return Order(term: term, isDescending: random.chance(50))
    }
  }

  /// Keys: columns, or named expressions.
  mutating func keys(_ usable: [Field], atMost: Int) -> [NamedTerm] {
    var keys: [NamedTerm] = []
    for _ in 0..<random.below(atMost + 1) {
      let key =
        random.chance(75)
        ? NamedTerm(random.pick(usable))
        : NamedTerm(name(), term(random.pick(Cells.types), usable, 1))
      if !keys.contains(where: { $0.name == key.name }) { keys.append(key) }
    }
    return keys
  }

  private mutating func distinct(_ usable: [Field]) -> Stage {
    switch random.below(3) {
    case 0: .distinct([], by: [])
    case 1: .distinct([], by: keys(usable, atMost: 2))
    default: .distinct(keys(usable, atMost: 3), by: [])
    }
  }

  // MARK: Groups

  private mutating func group(_ usable: [Field]) -> Stage {
    let keys = keys(usable, atMost: 2)
    if random.chance(20), !keys.isEmpty {
      let isSplit = keys.count > 1 && random.chance(30)
      return .group([], by: isSplit ? Array(keys[1...]) : keys, per: isSplit ? [keys[0]] : [])
    }
    return .group((0...random.below(3)).map { _ in aggregateItem(usable) }, by: keys, per: [])
  }

  private mutating func top(_ usable: [Field]) -> Stage {
    .top(
      random.pick([0, 1, 1, 2, 3, 10]), by: orders(usable),
      per: random.chance(50) ? keys(usable, atMost: 2) : [])
  }

  private mutating func ratio(_ usable: [Field]) -> Stage? {
    let keys = keys(usable, atMost: 1)
    if random.chance(50) { return .share(term(.bool, usable, 2), by: keys) }
    let numbers = usable.filter { $0.type.isNumeric }
    if numbers.isEmpty { return nil }
    return .ratio(
      .column(random.pick(numbers)), .column(random.pick(numbers)), by: keys)
  }

  // MARK: Other tables

  private mutating func join(_ usable: [Field], _ depth: Int) -> Stage? {
    let other = pipeline(from: random.pick(["t", "u", "u"]), stages: random.below(3), depth: 0)
    guard let right = schemas.fields(of: other).map({ self.usable($0) }) else { return nil }
    var keys: [JoinKey] = []
    for _ in 0...random.below(2) {
      let pairs = usable.flatMap { a in
        right.filter { schemas.common(a.type, $0.type) != nil }.map { (a, $0) }
      }
      let same = pairs.filter { $0.0.name == $0.1.name && $0.0.type == $0.1.type }
      if pairs.isEmpty { return nil }
      let pair = random.pick(same.isEmpty || random.chance(40) ? pairs : same)
      keys.append(JoinKey(left: .column(pair.0), right: .column(pair.1)))
    }
    return .join(random.pick(JoinKind.allCases), other, on: keys)
  }

  private mutating func union(_ depth: Int) -> Stage {
    .union(
      (0...random.below(2)).map { _ in
        pipeline(from: random.pick(["t", "u"]), stages: random.below(2), depth: 0)
      })
  }

  // MARK: Windows and reshaping

  private mutating func window(_ usable: [Field]) -> Stage? {
    let orders = random.chance(80) ? self.orders(usable) : []
    let items = (0...random.below(2)).compactMap { _ in
      windowItem(usable, isOrdered: !orders.isEmpty)
    }
    return items.isEmpty ? nil : .window(items, by: orders, per: keys(usable, atMost: 1))
  }

  private mutating func pivot(_ usable: [Field]) -> Stage {
    .pivot(
      (0...random.below(2)).map { _ in aggregateItem(usable) },
      on: .column(random.pick(usable)), by: keys(usable, atMost: 1))
  }

  private mutating func explode(_ usable: [Field]) -> Stage? {
    let texts = usable.filter { $0.type == .string }
    return texts.isEmpty ? nil : .explode(random.pick(texts).name)
  }

  private mutating func sample(_ usable: [Field]) -> Stage {
    let size: SampleSize =
      random.chance(30)
      ? .chance(random.pick([0, 0.1, 0.5, 0.9, 1])) : .rows(random.pick([0, 1, 2, 5, 10, 100]))
    // A chance has no groups.
    var keys: [NamedTerm] = []
    if case .rows = size { keys = self.keys(usable, atMost: 2) }
    return .sample(size, seed: Int64.random(in: 0...9, using: &random), per: keys)
  }

  // MARK: Filled groups

  private mutating func fill(_ usable: [Field]) -> Stage? {
    guard let period = period(usable) else { return nil }
    let plain = usable.filter { [.bool, .string, .float, .duration].contains($0.type) }
    var others: [NamedTerm] = plain.isEmpty ? [] : keys(plain, atMost: 2).filter(\.isPlain)
    let outer = others.count > 1 || random.chance(30) ? others.popLast() : nil
    let keys = random.chance(50) ? [period] + others : others + [period]
    let items = random.chance(20) ? [] : (0...random.below(3)).map { _ in aggregateItem(usable) }
    return .fill(items, by: keys, per: outer.map { [$0] } ?? [])
  }

  /// A period of times that lie close enough together.
  private mutating func period(_ usable: [Field]) -> NamedTerm? {
    let moments = usable.filter { $0.type == .date || $0.type == .time }
    guard let column = moments.randomElement(using: &random) else { return nil }
    let width: Int64 = random.pick([3_600_000_000, 6 * 3_600_000_000, dayMicros, 3 * dayMicros])
    let unit: Function = random.pick([.day, .week, .month, .quarter, .year, .bin, .hour])
    let isHours = unit == .hour && column.type == .time
    let days: Int64 = [.day, .week].contains(unit) ? 60 : unit == .bin ? 20 : 3000
    let near = near(column, days: isHours || unit == .year ? 800_000 : days)
    switch unit {
    case .hour where column.type == .date: return nil
    case .hour, .year: return NamedTerm(name(), call(.int, unit, near))
    case .bin:
      let whole = max(dayMicros, width)
      let width = column.type == .date ? whole : width
      return NamedTerm(
        name(), call(column.type, .bin, near, .literal(.duration(width), .duration)))
    default: return NamedTerm(name(), call(.date, unit, near))
    }
  }

  /// A column where it is within so many days from a moment of the data, else null.
  private mutating func near(_ column: Field, days: Int64) -> Term {
    guard case .literal(let first) = literal(column.type).node, let start = first.integer else {
      return .column(column)
    }
    let length = column.type == .date ? days : days * dayMicros
    // Where the calendar ends, so do literals.
    let last: Int64 = column.type == .date ? 2_932_896 : 253_402_300_799_000_000
    let end = Term.literal(
      column.type == .date ? .date(min(last, start + length)) : .time(min(last, start + length)),
      column.type)
    let condition = Term(
      .bool, .between(.column(column), .literal(first, column.type), end, isNegated: false))
    return call(column.type, .choice, condition, .column(column), .literal(.null, column.type))
  }

  private mutating func unpivot(_ fields: [Field]) -> Stage? {
    let first = random.pick(fields)
    let alike = fields.filter {
      $0.type == first.type || $0.type.isNumeric && first.type.isNumeric
    }.filter { _ in random.chance(70) }
    if alike.isEmpty { return nil }
    // What came of rough columns is rough.
    let isRough = alike.contains(where: \.isRough)
    return .unpivot(alike.map(\.name), name: name(), value: name(isRough: isRough))
  }
}

extension Field {
  /// Whether it holds floats whose last digits are not fixed.
  var isRough: Bool {
    name.hasPrefix("rough")
      || type == .float && ["share", "low", "high", "median", "ratio"].contains(name)
  }
}
