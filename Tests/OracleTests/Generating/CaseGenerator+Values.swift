import Columns

extension CaseGenerator {
  mutating func small(_ range: ClosedRange<Int64>) -> Term {
    .literal(.int(Int64.random(in: range, using: &random)), .int)
  }

  // MARK: Numbers

  mutating func integer(_ usable: [Field], _ depth: Int) -> Term {
    func own() -> DataType { .int }
    switch random.below(14) {
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
    switch random.below(4) {
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
    let columns = (tables[source]?.fields ?? []).filter { $0.type == type }
    guard let column = columns.first else { return leaf(type, usable) }
    let aggregate = Term(
      type, .aggregate(random.pick([.min, .max, .first]), [.column(column)], parameter: nil))
    return Term(
      type,
      .scalar(
        Pipeline(
          source: source, stages: [.group([NamedTerm("x", aggregate)], by: [], per: [])])))
  }

  // MARK: Texts

  mutating func text(_ usable: [Field], _ depth: Int) -> Term {
    let first = term(.string, usable, depth)
    switch random.below(10) {
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
