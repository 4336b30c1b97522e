import Columns

extension CaseGenerator {
  mutating func small(_ range: ClosedRange<Int64>) -> Term {
    .literal(.int(Int64.random(in: range, using: &random)), .int)
  }

  // MARK: Numbers

  mutating func integer(_ usable: [Field], _ depth: Int) -> Term {
    func own() -> DataType { .int }
    switch random.below(15) {
    case 13: return call(.int, .digits, term(.string, usable, depth))
    case ..<4:
      return call(
        .int, random.pick([.add, .subtract, .multiply, .floorDivide, .remainder]),
        term(.int, usable, depth), term(.int, usable, depth))
    case 4: return call(.int, random.pick([.negate, .abs]), term(.int, usable, depth))
    case 5: return call(.int, .length, term(.string, usable, depth))
    case 6:
      return call(
        .int, random.pick([.year, .weekday]), term(random.pick([.date, .time]), usable, depth))
    case 7: return call(.int, .hour, term(.time, usable, depth))
    case 8: return call(.int, .epoch, term(random.pick([.date, .time]), usable, depth))
    case 9: return call(.int, .toInt, term(random.pick([.float, .string, .bool]), usable, depth))
    case 10: return call(.int, .bin, term(.int, usable, depth), small(0...12))
    case 11:
      return call(
        .int, .clamp, term(.int, usable, depth), small(-3...5), small(5...20))
    case 12:
      return call(.int, .floorDivide, term(.duration, usable, depth), term(.duration, usable, 0))
    default: return scalar(.int, usable, depth)
    }
  }

  mutating func number(_ usable: [Field], _ depth: Int) -> Term {
    let first = term(.float, usable, depth)
    switch random.below(14) {
    case ..<4:
      return call(
        .float, random.pick([.add, .subtract, .multiply, .floorDivide, .remainder]), first,
        other(.float, usable, depth))
    case 4, 5:
      return call(
        .float, .divide, term(random.pick([.int, .float]), usable, depth),
        other(.float, usable, depth))
    case 6: return call(.float, random.pick([.negate, .abs, .floor, .ceil, .sqrt]), first)
    case 7: return call(.float, .round, first)
    case 8: return call(.float, .round, first, small(0...4))
    case 9: return call(.float, .toFloat, term(random.pick([.int, .string, .bool]), usable, depth))
    case 10:
      return call(.float, .bin, first, .literal(.float(random.pick([0.5, 1, 2.5, 0, 10])), .float))
    case 11:
      return call(
        .float, .clamp, first, .literal(.float(-1.5), .float), .literal(.float(7), .float))
    case 12:
      return call(.float, .divide, term(.duration, usable, depth), term(.duration, usable, 0))
    default: return scalar(.float, usable, depth)
    }
  }

  /// Functions whose last digits depend on the machine or the order of rows; only on the outside.
  mutating func roughTerm(_ usable: [Field]) -> Term? {
    switch random.below(5) {
    case 4:
      return call(
        .float, .similarity, term(.string, usable, 1), term(.string, usable, 1))
    case 0:
      return call(
        .float, random.pick([.wilsonLow, .wilsonHigh]), term(.int, usable, 1),
        term(.int, usable, 0))
    case 1: return call(.float, .pow, term(.float, usable, 1), small(-2...3))
    default: return call(.float, random.pick([.ln, .log10, .exp]), term(.float, usable, 1))
    }
  }

  /// A pipeline of one row and one column.
  private mutating func scalar(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    guard depth > 0, random.chance(40) else { return leaf(type, usable) }
    let source = random.pick(["t", "u"])
    let fields = tables[source]?.fields ?? []
    let columns = fields.filter { $0.type == type }
    let isCounted = type == .int && random.chance(30)
    guard let column = isCounted ? fields.first : columns.first else { return leaf(type, usable) }
    if !isCounted, random.chance(20) {
      // The row that is first, or none.
      let stages: [Stage] = [
        .sort([Order(term: .column(column), isDescending: random.chance(50))]), .take(1),
        .select([NamedTerm(column)]),
      ]
      return Term(type, .scalar(Pipeline(source: source, stages: stages)))
    }
    var stages: [Stage] = []
    if random.chance(50) {
      stages.append(.filter([Term(.bool, .call(.isNotNull, [.column(random.pick(fields))]))]))
    }
    let kind: Aggregate = isCounted ? .distinct : random.pick([.min, .max, .first, .last, .mode])
    let aggregate = Term(type, .aggregate(kind, [.column(column)], parameter: nil))
    stages.append(.group([NamedTerm("x", aggregate)], by: [], per: []))
    return Term(type, .scalar(Pipeline(source: source, stages: stages)))
  }

  // MARK: Texts

  mutating func text(_ usable: [Field], _ depth: Int) -> Term {
    let first = term(.string, usable, depth)
    switch random.below(15) {
    case 10: return split(first, usable)
    case 11: return Term(.string, .path(first, path()))
    case 12, 13:
      let moment = term(random.pick([.date, .time]), usable, depth)
      return Term(.string, .dateText(moment, format()))
    case 14: return rewrite(first)
    case 0, 1: return call(.string, random.pick([.lower, .upper]), first)
    case 2: return call(.string, .trim, first)
    case 3: return call(.string, .add, first, term(.string, usable, depth))
    case 4: return call(.string, .replace, first, part(usable), leaf(.string, usable))
    case 5: return call(.string, .substring, first, small(-4...4), small(0...3))
    case 6:
      return random.chance(50)
        ? call(.string, .substring, first, small(-4...4))
        : call(.string, .substring, first, leaf(.int, usable), leaf(.int, usable))
    case 7:
      let pattern = pattern()
      let group: Int? = random.chance(50) ? nil : pattern.group == nil ? 0 : random.below(2)
      return Term(.string, .extract(first, pattern, group))
    default:
      return call(.string, .toText, term(random.pick(Cells.types), usable, depth))
    }
  }

  private mutating func split(_ text: Term, _ usable: [Field]) -> Term {
    let separators = [",", ", ", "a", "", "é", "aa"].map { Term.literal(.string($0), .string) }
    let separator = random.chance(80) ? random.pick(separators) : leaf(.string, usable)
    return random.chance(50)
      ? call(.string, .split, text, separator)
      : call(
        .string, .split, text, separator, random.chance(80) ? small(-3...4) : leaf(.int, usable))
  }

  private mutating func path() -> [PathStep] {
    (0..<(random.chance(10) ? 0 : 1 + random.below(3))).map { _ in
      random.chance(70)
        ? .key(random.pick(["a", "a", "b", "A.b", ""])) : .index(random.pick([0, 0, 1, 2]))
    }
  }

  /// Fields of a date format and what stands between them.
  private mutating func format() -> String {
    let fields = Array("YymdeHIMSpbBaAjGVuFTz").map { "%\($0)" }
    return (0...random.below(3)).map { _ in
      random.pick(fields) + random.pick(["", "-", " ", "%%", "é"])
    }.joined()
  }

  private mutating func rewrite(_ text: Term) -> Term {
    let pattern = pattern()
    let with = random.pick(
      ["", "#", "<\\0>", "é", "\\\\"] + (pattern.group == nil ? [] : ["\\1\\1"]))
    return Term(.string, .rewrite(text, pattern, with))
  }

  mutating func pattern() -> Pattern {
    let count = 1 + random.below(3)
    let pieces = (0..<count).map { _ in
      Pattern.Piece(atom: atom(), repeats: random.pick([.once, .once, .optional, .many, .some]))
    }
    var pattern = Pattern(pieces: pieces)
    if random.chance(40) {
      let low = random.below(count)
      pattern.group = low..<(low + 1 + random.below(count - low))
    }
    pattern.startsLine = random.chance(20)
    pattern.endsLine = random.chance(20)
    return pattern
  }

  private mutating func atom() -> Pattern.Atom {
    switch random.below(5) {
    case 0: .any
    case 1: .digit
    case 2: .range("a", "c")
    default: .scalar(random.pick(["a", "b", "u", "é", "日", ".", " ", "s", "1"]))
    }
  }

  // MARK: Dates, times, durations

  mutating func temporal(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    switch type {
    case .date: date(usable, depth)
    case .time: time(usable, depth)
    default: duration(usable, depth)
    }
  }

  private mutating func date(_ usable: [Field], _ depth: Int) -> Term {
    switch random.below(6) {
    case ..<3:
      return call(
        .date, random.pick([.day, .week, .month, .quarter]),
        term(random.pick([.date, .time]), usable, depth))
    case 3: return call(.date, .toDate, term(random.pick([.time, .string]), usable, depth))
    case 4:
      return call(
        .date, random.pick([.add, .subtract]), term(.date, usable, depth), wholeDays(1...40))
    default: return call(.date, .bin, term(.date, usable, depth), wholeDays(0...9))
    }
  }

  private mutating func wholeDays(_ range: ClosedRange<Int64>) -> Term {
    .literal(.duration(Int64.random(in: range, using: &random) * dayMicros), .duration)
  }

  private mutating func time(_ usable: [Field], _ depth: Int) -> Term {
    switch random.below(5) {
    case 0, 1:
      return call(
        .time, random.pick([.add, .subtract]), term(.time, usable, depth),
        term(.duration, usable, depth))
    case 2: return call(.time, .toTime, term(random.pick([.date, .string]), usable, depth))
    case 3:
      let width = random.pick([3_600_000_000, 900_000_000, dayMicros, 7 * dayMicros, 0])
      return call(.time, .bin, term(.time, usable, depth), .literal(.duration(width), .duration))
    default: return call(.time, .snowflakeTime, term(.int, usable, depth))
    }
  }

  private mutating func duration(_ usable: [Field], _ depth: Int) -> Term {
    let first = term(.duration, usable, depth)
    switch random.below(8) {
    case 0, 1:
      let type: DataType = random.pick([.date, .time])
      return call(.duration, .subtract, term(type, usable, depth), term(type, usable, depth))
    case 2, 3:
      return call(
        .duration, random.pick([.add, .subtract, .remainder]), first,
        term(.duration, usable, depth))
    case 4: return call(.duration, random.pick([.negate, .abs]), first)
    case 5: return call(.duration, .multiply, first, small(-2...5))
    case 6: return call(.duration, .multiply, small(-2...5), first)
    default:
      return call(
        .duration, .divide, first, .literal(.float(random.pick([2, 0.5, -3, 0])), .float))
    }
  }
}
