import Columns

extension CaseGenerator {
  /// An expression of exactly this type over these columns.
  mutating func term(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    if depth <= 0 || random.chance(25) { return leaf(type, usable) }
    if random.chance(12) { return choice(type, usable, depth - 1) }
    switch type {
    case .bool: return condition(usable, depth - 1)
    case .int: return integer(usable, depth - 1)
    case .float: return number(usable, depth - 1)
    case .string: return text(usable, depth - 1)
    case .date, .time, .duration: return temporal(type, usable, depth - 1)
    }
  }

  /// A column, else a constant.
  mutating func leaf(_ type: DataType, _ usable: [Field]) -> Term {
    let columns = usable.filter { $0.type == type }
    if !columns.isEmpty, random.chance(75) { return .column(random.pick(columns)) }
    if columns.isEmpty, !usable.isEmpty, random.chance(60),
      let made = converted(random.pick(usable), to: type)
    {
      return made
    }
    return literal(type)
  }

  /// What a column of another type gives for this one.
  private func converted(_ column: Field, to type: DataType) -> Term? {
    let own = Term.column(column)
    switch (type, column.type) {
    case (.string, _): return call(type, .toText, own)
    case (.bool, _): return call(type, .isNotNull, own)
    case (.int, .string): return call(type, .length, own)
    case (.int, .float), (.int, .bool): return call(type, .toInt, own)
    case (.int, .date), (.int, .time): return call(type, .year, own)
    case (.float, .int), (.float, .bool): return call(type, .toFloat, own)
    case (.date, .time): return call(type, .toDate, own)
    case (.time, .date): return call(type, .toTime, own)
    case (.duration, .time): return call(type, .subtract, own, .literal(.time(0), .time))
    default: return nil
    }
  }

  /// A constant, often one of the data.
  mutating func literal(_ type: DataType) -> Term {
    let cells = tables.values.flatMap { table in
      table.fields.indices.filter { table.fields[$0].type == type }.flatMap { place in
        table.rows.prefix(20).map { $0[place] }
      }
    }.filter { $0 != .null && !$0.isNotANumber && $0.number?.isFinite != false }
    // Sorted, so that the order of a dictionary plays no part.
    let sorted = cells.sorted { order($0, $1) < 0 }
    if !sorted.isEmpty, random.chance(60) { return .literal(random.pick(sorted), type) }
    return .literal(Cells.value(type, &random), type)
  }

  /// An argument behind the first: perhaps of a type that widens to the wanted one.
  mutating func other(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    if type == .float, random.chance(25) { return term(.int, usable, depth) }
    if type == .time, random.chance(15) { return leaf(.date, usable) }
    return term(type, usable, depth)
  }

  func call(_ type: DataType, _ function: Function, _ arguments: Term...) -> Term {
    Term(type, .call(function, arguments))
  }

  /// `if`, `case`, `coalesce`, `??`, `least`, `greatest`, or a scalar pipeline.
  private mutating func choice(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    let first = term(type, usable, depth)
    func maybeNull(_ term: Term, _ isNull: Bool) -> Term { isNull ? .literal(.null, type) : term }
    let isNull = random.chance(8)
    switch random.below(type == .bool ? 4 : 6) {
    case 0:
      return call(
        type, .choice, condition(usable, depth - 1), first,
        maybeNull(other(type, usable, depth), isNull))
    case 1:
      let second = other(type, usable, depth)
      let ending = random.chance(50) ? [other(type, usable, depth)] : []
      return Term(
        type,
        .call(
          .cases,
          [condition(usable, depth - 1), first, condition(usable, depth - 1), second] + ending))
    case 2: return call(type, .otherwise, first, maybeNull(other(type, usable, depth), isNull))
    case 3:
      return call(type, .coalesce, first, other(type, usable, depth), other(type, usable, depth))
    default:
      let function: Function = random.chance(50) ? .least : .greatest
      return call(type, function, first, maybeNull(other(type, usable, depth), isNull))
    }
  }

  // MARK: Conditions

  mutating func condition(_ usable: [Field], _ depth: Int) -> Term {
    let type = usable.isEmpty ? .int : random.pick(usable).type
    switch random.below(20) {
    case ..<3:
      return call(
        .bool, random.pick([.and, .or]), term(.bool, usable, depth), term(.bool, usable, depth))
    case 3: return call(.bool, .not, term(.bool, usable, depth))
    case 4: return call(.bool, random.pick([.isNull, .isNotNull]), leafColumn(usable))
    case 5, 6: return isIn(type, usable, depth)
    case 7: return between(type, usable, depth)
    case 8: return period(usable)
    case 9, 10: return textTest(usable, depth)
    case 11: return isInRows(type, usable, depth)
    default:
      return call(
        .bool, random.pick(Function.comparisons), term(type, usable, depth),
        other(type, usable, depth))
    }
  }

  private mutating func leafColumn(_ usable: [Field]) -> Term {
    usable.isEmpty ? literal(.int) : .column(random.pick(usable))
  }

  private mutating func isIn(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    let list = (0...random.below(4)).map { _ in
      random.chance(85) ? literal(type) : other(type, usable, depth - 1)
    }
    return Term(
      .bool, .isIn(term(type, usable, depth), list, isNegated: random.chance(25)))
  }

  private mutating func between(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    let type: DataType = type == .bool ? .int : type
    var ends = [literal(type), literal(type)]
    // The language refuses ranges that end before they begin.
    if case .literal(let a) = ends[0].node, case .literal(let b) = ends[1].node, order(a, b) > 0 {
      ends.swapAt(0, 1)
    }
    return Term(
      .bool,
      .between(term(type, usable, depth), ends[0], ends[1], isNegated: random.chance(25)))
  }

  /// A date or time compared with a month, a day, a minute or a second.
  private mutating func period(_ usable: [Field]) -> Term {
    let type: DataType = random.chance(50) ? .date : .time
    let value = leaf(type, usable.filter { $0.type == type })
    guard case .literal(let moment) = literal(type).node,
      let micros = moment.widened(to: .time).integer
    else { return value }
    let function: Function? = random.chance(30) ? nil : random.pick(Function.comparisons)
    return Term(
      .bool,
      .period(function, value, Self.period(holding: micros, random.below(type == .date ? 2 : 4))))
  }

  private static func period(holding micros: Int64, _ unit: Int) -> Period {
    let day = floored(micros, dayMicros)
    let civil = Civil(day: day)
    switch unit {
    case 0:
      let next =
        civil.month == 12
        ? Civil(year: civil.year + 1, month: 1, day: 1)
        : Civil(year: civil.year, month: civil.month + 1, day: 1)
      let first = Civil(year: civil.year, month: civil.month, day: 1)
      return Period(
        text: String(first.text.dropLast(3)), start: first.number * dayMicros,
        end: next.number * dayMicros)
    case 1: return Period(text: civil.text, start: day * dayMicros, end: (day + 1) * dayMicros)
    default:
      let length: Int64 = unit == 2 ? 60_000_000 : 1_000_000
      let start = floored(micros, length) * length
      let text = timeText(start).dropLast(unit == 2 ? 4 : 1)
      return Period(text: String(text), start: start, end: start + length)
    }
  }

  private mutating func textTest(_ usable: [Field], _ depth: Int) -> Term {
    let value = term(.string, usable, depth)
    switch random.below(6) {
    case 0: return Term(.bool, .matches(value, pattern()))
    case 1, 2:
      return call(.bool, random.pick([.resembles, .resemblesNot]), value, part(usable))
    default:
      return call(
        .bool, random.pick([.contains, .startsWith, .endsWith]), value, part(usable))
    }
  }

  /// A text to look for: a constant or part of one, or an expression.
  mutating func part(_ usable: [Field]) -> Term {
    if random.chance(20) { return leaf(.string, usable) }
    guard case .literal(.string(let text)) = literal(.string).node, !text.isEmpty else {
      return literal(.string)
    }
    let scalars = Array(text.unicodeScalars)
    let start = random.below(scalars.count)
    return .literal(.string(made(scalars[start..<min(scalars.count, start + 2)])), .string)
  }

  private mutating func isInRows(_ type: DataType, _ usable: [Field], _ depth: Int) -> Term {
    let value = term(type, usable, depth)
    guard let rows = column(type, depth: 1), let fields = schemas.fields(of: rows),
      let place = keyPlace(of: fields, for: value),
      schemas.common(fields[place].type, value.type) != nil, !fields[place].isRough
    else { return call(.bool, .isNull, value) }
    return Term(.bool, .isInRows(value, rows, isNegated: random.chance(25)))
  }
}
