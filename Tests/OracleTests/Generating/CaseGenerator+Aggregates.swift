import Columns

extension CaseGenerator {
  /// A named aggregate, now and then with arithmetic around it.
  mutating func aggregateItem(_ usable: [Field]) -> NamedTerm {
    var term = aggregate(usable)
    if term.type == .int, random.chance(15) {
      term = call(.int, .add, term, small(1...3))
    } else if term.type.isNumeric, random.chance(10) {
      term = call(.float, .divide, term, aggregateCount())
    }
    return NamedTerm(name(isRough: term.isRough), term)
  }

  private func aggregateCount() -> Term { Term(.int, .aggregate(.count, [], parameter: nil)) }

  private mutating func aggregate(_ usable: [Field]) -> Term {
    let kind = random.pick(Aggregate.allCases + [.count, .sum, .sum, .avg, .max])
    func make(_ type: DataType, _ arguments: [Term], _ p: Double? = nil) -> Term {
      Term(type, .aggregate(kind, arguments, parameter: p))
    }
    let column = random.pick(usable)
    let argument = random.chance(80) ? Term.column(column) : term(column.type, usable, 1)
    switch kind {
    case .count:
      return random.chance(40) ? aggregateCount() : make(.int, [argument])
    case .distinct: return make(.int, [argument])
    case .share: return make(.float, [term(.bool, usable, 2)])
    case .any, .all: return make(.bool, [term(.bool, usable, 2)])
    case .entropy: return make(.float, [argument])
    case .spark: return make(.string, [term(random.pick([.int, .float, .duration]), usable, 1)])
    case .min, .max, .first, .last, .mode: return make(argument.type, [argument])
    case .minBy, .maxBy:
      return make(argument.type, [argument, .column(random.pick(usable))])
    case .sum, .stddev, .ratio, .corr, .gini: return sum(kind, usable)
    case .avg, .median, .quantile, .medianLow, .medianHigh:
      let types: Set<DataType> = [.int, .float, .duration, .time, .date]
      let value = types.contains(argument.type) ? argument : leaf(.int, usable)
      let type: DataType =
        value.type.isNumeric ? .float : value.type == .duration ? .duration : .time
      return make(type, [value], kind == .quantile ? random.pick([0, 0.1, 0.25, 0.9, 1]) : nil)
    }
  }

  private mutating func sum(_ kind: Aggregate, _ usable: [Field]) -> Term {
    let types: [DataType] = kind == .sum ? [.int, .float, .duration] : [.int, .float]
    let type = random.pick(types)
    let first = term(type, usable, 1)
    let isPair = kind == .ratio || kind == .corr
    let arguments = isPair ? [first, term(type, usable, 1)] : [first]
    return Term(kind == .sum ? type : .float, .aggregate(kind, arguments, parameter: nil))
  }

  /// A function of `window`, now and then in arithmetic.
  mutating func windowItem(_ usable: [Field], isOrdered: Bool) -> NamedTerm? {
    let kinds = WindowFunction.allCases.filter { isOrdered || $0 != .rank }
    let kind = random.pick(kinds)
    func make(_ type: DataType, _ arguments: [Term], _ constant: Int?) -> NamedTerm {
      let term = Term(type, .window(kind, arguments, constant))
      return NamedTerm(name(isRough: term.isRough), term)
    }
    let column = random.pick(usable)
    let numbers = usable.filter { $0.type.isNumeric }
    switch kind {
    case .lag, .lead:
      return make(
        column.type, [.column(column)], random.chance(30) ? nil : random.below(4))
    case .rank, .rowNumber: return make(.int, [], nil)
    case .rollingCount: return make(.int, [.column(column)], 1 + random.below(5))
    case .runningMin, .runningMax:
      return column.type == .bool ? nil : make(column.type, [.column(column)], nil)
    case .cumsum:
      let sums = usable.filter { [.int, .float, .duration].contains($0.type) }
      return sums.isEmpty
        ? nil : random.pick(sums).asTerm { make($0.type, [$0], nil) }
    case .rollingMean, .rollingMedian, .rollingMad:
      return numbers.isEmpty
        ? nil : make(.float, [.column(random.pick(numbers))], 1 + random.below(5))
    }
  }
}

extension Field {
  fileprivate func asTerm<Result>(_ body: (Term) -> Result) -> Result { body(.column(self)) }
}

extension Term {
  /// Whether the last digits of its floats depend on the machine or the order of adding.
  var isRough: Bool {
    contains { term in
      switch term.node {
      case .call(let function, _):
        [.ln, .log10, .exp, .pow, .wilsonLow, .wilsonHigh, .similarity].contains(function)
      case .aggregate(let kind, _, _):
        term.type == .float
          && ![.share, .min, .max, .first, .last, .mode, .minBy, .maxBy].contains(kind)
      case .window(let kind, _, _):
        term.type == .float && ![.lag, .lead, .runningMin, .runningMax].contains(kind)
      default: false
      }
    }
  }
}
