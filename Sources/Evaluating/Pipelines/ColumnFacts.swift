import Calendars
import Columns
import Plans

/// What is known of a column or expression before it is computed.
struct ColumnFacts: Sendable {
  /// The one dictionary of all its codes.
  var dictionary: TextDictionary?
  /// The least and greatest value of an integer-stored type.
  var range: ClosedRange<Int64>?
  var mayBeNull = true
  /// Whether it is a column of a table in memory, whose texts stay where they are.
  var isStored = false

  /// Whether the dictionary was made of all texts that there can be, and is no column's.
  var isCombined = false

  /// Whether the range is that of the values themselves, found by reading them.
  var isSound = false
  /// What divides all values of an integer-stored type.
  var unit: Int64 = 1

  /// What divides the distance of each value from the least of the range.
  var step: Int64 = 1

  /// Where floats lie, and what they are multiples of.
  var floats: FloatFacts?

  /// Nothing known.
  static let unknown = ColumnFacts()

  init(
    dictionary: TextDictionary? = nil, range: ClosedRange<Int64>? = nil, mayBeNull: Bool = true,
    isStored: Bool = false, isSound: Bool = false, unit: Int64 = 1
  ) {
    self.dictionary = dictionary
    self.range = range
    self.mayBeNull = mayBeNull
    self.isStored = isStored
    self.isSound = isSound
    self.unit = unit
  }

  /// Those of a column in memory.
  init(_ column: Column) {
    self.init(
      dictionary: column.type == .string ? column.sharedDictionary : nil,
      range: column.integerRange, mayBeNull: column.nullCount > 0,
      // The few rows of a block that are taken out of order are gone with it.
      isStored: !column.segments.contains { $0.source is PlacedSegment },
      isSound: true, unit: column.unit)
  }
}

extension ScalarExpression {
  /// What follows for the expression from what is known of the columns.
  func facts(_ column: (String) -> ColumnFacts) -> ColumnFacts {
    switch node {
    case .column(let name): return column(name)
    case .constant(let value):
      var facts = ColumnFacts(range: value.integer.map { $0...$0 }, mayBeNull: value == .null)
      if case .float(let number) = value { facts.floats = FloatFacts(number) }
      return facts
    case .call(let function, let arguments): return callFacts(function, arguments, column)
    case .isIn, .isInPlan, .scalarPlan: return .unknown
    }
  }

  private func callFacts(
    _ function: ScalarFunction, _ arguments: [ScalarExpression],
    _ column: (String) -> ColumnFacts
  ) -> ColumnFacts {
    switch function {
    case .isNull, .isNotNull: return ColumnFacts(mayBeNull: false)
    case .hour: return ColumnFacts(range: 0...23)
    case .weekday: return ColumnFacts(range: 1...7)
    case .day, .week, .month, .quarter, .date, .year:
      guard let argument = arguments.first else { return .unknown }
      let inner = argument.facts(column)
      return ColumnFacts(
        range: inner.range.flatMap { periodRange(function, $0, argument.type) },
        // A text may say no date.
        mayBeNull: inner.mayBeNull || argument.type == .string)
    case .bin where type != .float: return binFacts(arguments, column)
    default:
      let choices = ScalarExpression.choices(function, arguments)
      return choices.map { choiceFacts($0, column) } ?? numberFacts(function, arguments, column)
    }
  }

  /// Multiples of a constant width; bins of days begin with the days of a zone, which nothing divides.
  private func binFacts(
    _ arguments: [ScalarExpression], _ column: (String) -> ColumnFacts
  ) -> ColumnFacts {
    guard arguments.count == 2, case .constant(let constant) = arguments[1].node,
      var width = constant.integer, width > 0
    else { return .unknown }
    let inner = arguments[0].facts(column)
    switch arguments[0].type {
    case .time where width % microsPerDay == 0: return .unknown
    case .date: width /= microsPerDay
    default: break
    }
    guard let range = inner.range, width > 0, range.lowerBound > Int64.min / 2 else {
      return .unknown
    }
    func bin(_ value: Int64) -> Int64 {
      let rest = value % width
      return value - (rest < 0 ? rest + width : rest)
    }
    var facts = ColumnFacts(
      range: bin(range.lowerBound)...bin(range.upperBound), mayBeNull: inner.mayBeNull)
    facts.step = width
    return facts
  }

  private func numberFacts(
    _ function: ScalarFunction, _ arguments: [ScalarExpression],
    _ column: (String) -> ColumnFacts
  ) -> ColumnFacts {
    guard type == .float || type.isStoredAsInteger else { return .unknown }
    let facts = arguments.map { $0.facts(column) }
    let constants = arguments.map { argument -> Scalar? in
      if case .constant(let value) = argument.node { value } else { nil }
    }
    let found =
      type == .float
      ? ColumnFacts(floatsOf: function, facts, constants)
      : ColumnFacts(integersOf: function, facts, arguments.map(\.type), constants)
    return found ?? .unknown
  }

  /// The facts of a value that is one of several.
  private func choiceFacts(
    _ choices: [ScalarExpression], _ column: (String) -> ColumnFacts
  ) -> ColumnFacts {
    if let facts = constantTexts(choices) { return facts }
    var range: ClosedRange<Int64>?
    var mayBeNull = false
    for choice in choices {
      if case .constant(.null) = choice.node {
        mayBeNull = true
        continue
      }
      let facts = choice.facts(column)
      guard let own = facts.range else { return .unknown }
      mayBeNull = mayBeNull || facts.mayBeNull
      range =
        range.map {
          min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound)
        } ?? own
    }
    return ColumnFacts(range: range, mayBeNull: mayBeNull)
  }
}

/// The facts of a choice among constant texts, which is given by codes; nil for other choices.
private func constantTexts(_ choices: [ScalarExpression]) -> ColumnFacts? {
  var constants: [Scalar] = []
  for choice in choices {
    guard choice.type == .string, let own = choice.chosenConstants else { return nil }
    constants += own
  }
  guard let (dictionary, codes) = TextDictionary.ofConstants(constants) else { return nil }
  return ColumnFacts(dictionary: dictionary, mayBeNull: codes.contains { $0 == nil })
}

extension ScalarExpression {
  /// The values of its choices.
  fileprivate static func choices(
    _ function: ScalarFunction, _ arguments: [ScalarExpression]
  ) -> [ScalarExpression]? {
    switch function {
    case .ifElse: Array(arguments.dropFirst())
    case .caseOf:
      arguments.enumerated().filter { $0.offset % 2 == 1 }.map(\.element) + arguments.suffix(1)
    default: nil
    }
  }

  /// The constants that are all it can be, in the order of its choices and those within them; nil where
  /// there are others.
  fileprivate var chosenConstants: [Scalar]? {
    switch node {
    case .constant(let value): return [value]
    case .call(let function, let arguments):
      guard let choices = ScalarExpression.choices(function, arguments) else { return nil }
      var constants: [Scalar] = []
      for choice in choices {
        guard let own = choice.chosenConstants else { return nil }
        constants += own
      }
      return constants
    default: return nil
    }
  }
}

/// Days from here on have no year that is surely right.
private let farDays = 30_000_000

private func year(of day: Int64) -> Int64 { Int64(civilDate(fromDays: Int(day)).year) }

/// Days or years that contain those of a range of times or days, with room for any zone.
private func periodRange(
  _ function: ScalarFunction, _ range: ClosedRange<Int64>, _ type: DataType
) -> ClosedRange<Int64>? {
  guard type == .time || type == .date else { return nil }
  // Room for the margins below.
  if range.lowerBound < Int64.min / 2 || range.upperBound > Int64.max / 2 { return nil }
  let unit: Int64 = type == .time ? 86_400_000_000 : 1
  let low = range.lowerBound / unit - 2
  let high = range.upperBound / unit + 2
  switch function {
  case .week: return low - 7...high
  case .month: return low - 31...high
  case .quarter: return low - 92...high
  case .year:
    let isFar = low.magnitude >= farDays || high.magnitude >= farDays
    return isFar ? 1970 + low / 365 - 3...1970 + high / 365 + 3 : year(of: low)...year(of: high)
  default: return low...high
  }
}
