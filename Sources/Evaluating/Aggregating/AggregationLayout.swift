import Columns
import Plans

/// Keys, arguments and accumulators of an aggregation, and how its results come from them.
struct AggregationLayout: Sendable {
  /// How a column of results is made from accumulators, which are named by position.
  struct Recipe: Sendable {
    let call: AggregateCall
    let name: String
    /// The position of the accumulator that counts rows.
    var rows = 0
    /// That which counts nulls of the argument; nil when there are none.
    var nulls: Int?
    /// The main accumulator, and that of a ratio's denominator.
    var main = 0
    var second = 0
  }

  let grouping: GroupingLayout
  /// Whether the groups may come in any order.
  private(set) var isOrderFree = false
  /// Different expressions only.
  private(set) var arguments: [ScalarExpression] = []
  private(set) var specifications: [AccumulatorSpecification] = []
  private(set) var recipes: [Recipe] = []
  /// Whether the texts of an argument lie in tables in memory.
  private(set) var isStored: [Bool] = []
  /// The dictionary of each argument, where it has one.
  private(set) var argumentDictionaries: [TextDictionary?] = []
  private var argumentKeys: [[UInt8]: Int] = [:]
  private let rowBound: Int
  private let histogramRows: Int

  /// Plans the aggregates over a source of at most `rowBound` rows; from `histogramRows` on,
  /// quantiles of integers go by histogram.
  init(
    grouping: GroupingLayout, aggregates: [NamedAggregate], rowBound: Int,
    histogramRows: Int = Int.max, isOrderFree: Bool = false,
    facts: (ScalarExpression) -> ColumnFacts
  ) {
    self.isOrderFree = isOrderFree
    self.histogramRows = histogramRows
    self.grouping = grouping
    self.rowBound = rowBound
    for aggregate in aggregates { add(aggregate, facts) }
  }

  var types: [DataType] { arguments.map(\.type) }

  /// The same keys and arguments, for a pass that updates nothing.
  var withoutAccumulators: AggregationLayout {
    var bare = self
    bare.specifications = []
    return bare
  }

  private mutating func add(_ aggregate: NamedAggregate, _ facts: (ScalarExpression) -> ColumnFacts)
  {
    let call = aggregate.call
    var recipe = Recipe(call: call, name: aggregate.name)
    let isExact = call.function == .corr || call.function == .stddev
    let positions = call.arguments.map { argument(isExact ? $0.withoutFloat : $0, call, facts) }
    guard let first = positions.first else {
      recipe.main = accumulator(.rows)
      recipe.rows = recipe.main
      recipes.append(recipe)
      return
    }
    let type = arguments[first].type
    let known = facts(arguments[first])
    if needsCount(call.function, type) {
      recipe.rows = accumulator(.rows)
      recipe.nulls = known.mayBeNull ? accumulator(.nulls, [first]) : nil
    }
    switch call.function {
    case .count: recipe.main = type == .bool ? accumulator(.trues, [first]) : recipe.rows
    case .share, .any, .all: recipe.main = accumulator(.trues, [first])
    case .sum, .avg:
      recipe.main = accumulator(type == .float ? .floatSum : .integerSum, [first])
    case .ratio: addRatio(&recipe, positions, facts)
    case .stddev: recipe.main = accumulator(.spread, [first])
    case .min: recipe.main = accumulator(.extreme(isGreatest: false), [first])
    case .max: recipe.main = accumulator(.extreme(isGreatest: true), [first])
    case .first: recipe.main = accumulator(.pick(.first), [first])
    case .last: recipe.main = accumulator(.pick(.last), [first])
    case .minBy: recipe.main = accumulator(.pick(.least), positions)
    case .maxBy: recipe.main = accumulator(.pick(.greatest), positions)
    case .distinct: recipe.main = addDistinct(first, known)
    case .mode: recipe.main = addMode(first, known)
    case .median, .quantile, .medianLow, .medianHigh: recipe.main = addQuantile(first, known)
    case .corr: recipe.main = accumulator(.pairs, positions)
    case .gini: recipe.main = accumulator(.log(withOrdinals: false), [first])
    case .spark: recipe.main = accumulator(.log(withOrdinals: true), [first])
    case .entropy: recipe.main = addEntropy(first, known)
    }
    recipes.append(recipe)
  }

  /// Keeps the first rows of each group by sort keys.
  init(
    grouping: GroupingLayout, first count: Int, by keys: [ScalarExpression], _ sort: SortKeyLayout,
    facts: (ScalarExpression) -> ColumnFacts
  ) {
    self.init(grouping: grouping, aggregates: [], rowBound: 0, facts: facts)
    arguments = keys
    isStored = keys.map { facts($0).isStored }
    argumentDictionaries = keys.map { facts($0).dictionary }
    // Of few groups most blocks have no row that may be among the first: `TopRows.scan` leaves them out.
    let isLeast = count == 1 && !grouping.isDense && sort.hasNoTexts
    specifications = [
      AccumulatorSpecification(
        isLeast ? .least(sort) : .top(sort, count: count, isStored: isStored), Array(keys.indices))
    ]
  }

  private func needsCount(_ function: AggregateFunction, _ type: DataType) -> Bool {
    switch function {
    case .avg, .share, .stddev, .any, .all: true
    case .count: type != .bool
    default: false
    }
  }

  /// The position of an argument; dates become times where the result is one.
  private mutating func argument(
    _ expression: ScalarExpression, _ call: AggregateCall,
    _ facts: (ScalarExpression) -> ColumnFacts
  ) -> Int {
    var expression = expression
    if expression.type == .date, call.type == .time {
      expression = .call(.time, [expression], type: .time, range: expression.range)
    }
    // As bytes: Swift's strings are equal where their bytes are not.
    let key = expression.structure.map { Array($0.utf8) }
    if let key, let known = argumentKeys[key] { return known }
    if let key { argumentKeys[key] = arguments.count }
    arguments.append(expression)
    let known = facts(expression)
    isStored.append(known.isStored)
    argumentDictionaries.append(known.dictionary)
    return arguments.count - 1
  }

  private mutating func accumulator(
    _ kind: AccumulatorSpecification.Kind, _ arguments: [Int] = []
  ) -> Int {
    let wanted = AccumulatorSpecification(kind, arguments)
    if let known = specifications.firstIndex(of: wanted) { return known }
    specifications.append(wanted)
    return specifications.count - 1
  }

  /// The two sums of a ratio, each over the rows where both arguments are present.
  private mutating func addRatio(
    _ recipe: inout Recipe, _ positions: [Int], _ facts: (ScalarExpression) -> ColumnFacts
  ) {
    guard positions.count == 2 else { return }
    func kind(_ position: Int) -> AccumulatorSpecification.Kind {
      arguments[position].type == .float ? .floatSum : .integerSum
    }
    let (over, under) = (positions[0], positions[1])
    // An argument without nulls masks nothing: then a plain sum serves others, too.
    let overMask = facts(arguments[under]).mayBeNull ? [over, under] : [over]
    let underMask = facts(arguments[over]).mayBeNull ? [under, over] : [under]
    recipe.main = accumulator(kind(over), overMask)
    recipe.second = accumulator(kind(under), underMask)
  }

  private static let tableLimit = 1 << 20

  /// The domain of values that a table of counts can have a column for.
  private func countedDomain(_ argument: Int, _ facts: ColumnFacts) -> (base: Int64, count: Int)? {
    guard let cells = grouping.denseCells, let domain = domain(argument, facts) else { return nil }
    return (cells + 1) * domain.count <= AggregationLayout.tableLimit ? domain : nil
  }

  /// The values that an argument may have, where they are few.
  private func domain(_ argument: Int, _ facts: ColumnFacts) -> (base: Int64, count: Int)? {
    let domain: (base: Int64, count: Int)
    if arguments[argument].type == .bool {
      domain = (0, 2)
    } else if let dictionary = facts.dictionary {
      domain = (0, dictionary.count)
    } else if let range = facts.range, facts.isSound,
      UInt64(bitPattern: range.upperBound &- range.lowerBound) < UInt64(1 << 12)
    {
      domain = (range.lowerBound, Int(range.upperBound - range.lowerBound) + 1)
    } else {
      return nil
    }
    return domain.count > 0 ? domain : nil
  }

  private mutating func addDistinct(_ argument: Int, _ facts: ColumnFacts) -> Int {
    if let domain = countedDomain(argument, facts) {
      return accumulator(
        .valueCounts(base: domain.base, domain: domain.count, withFirsts: false), [argument])
    }
    if let domain = domain(argument, facts), domain.count <= DistinctBits.mostValues {
      return accumulator(.distinctBits(base: domain.base), [argument])
    }
    if let cells = grouping.denseCells, cells < 511, arguments[argument].type != .string {
      let bits = PartitionedWords.bits(rows: rowBound, groups: cells)
      return accumulator(.distinctWords(bits: bits), [argument])
    }
    if arguments[argument].type == .string, facts.isStored {
      return accumulator(.distinctTexts(bits: PartitionedTexts.bits(rows: rowBound)), [argument])
    }
    let isText = arguments[argument].type == .string
    return accumulator(isText ? .log(withOrdinals: false) : .distinctPairs, [argument])
  }

  private mutating func addMode(_ argument: Int, _ facts: ColumnFacts) -> Int {
    if let domain = countedDomain(argument, facts) {
      return accumulator(
        .valueCounts(base: domain.base, domain: domain.count, withFirsts: true), [argument])
    }
    return accumulator(.log(withOrdinals: true), [argument])
  }

  private mutating func addEntropy(_ argument: Int, _ facts: ColumnFacts) -> Int {
    if let domain = countedDomain(argument, facts) {
      return accumulator(
        .valueCounts(base: domain.base, domain: domain.count, withFirsts: false), [argument])
    }
    return accumulator(.log(withOrdinals: false), [argument])
  }

  private mutating func addQuantile(_ argument: Int, _ facts: ColumnFacts) -> Int {
    if let cells = grouping.denseCells, rowBound >= histogramRows, facts.isSound,
      let range = facts.range,
      (cells + 1) * IntegerHistogram.bucketCount(range) <= 2 * AggregationLayout.tableLimit
    {
      return accumulator(.histogram(range), [argument])
    }
    return accumulator(.log(withOrdinals: false), [argument])
  }
}

extension ScalarExpression {
  /// The integer of an integer read as a float: sums that are exact take it as it is.
  fileprivate var withoutFloat: ScalarExpression {
    guard case .call(.toFloat, let arguments) = node, let integer = arguments.first,
      arguments.count == 1, integer.type == .int
    else { return self }
    return integer
  }
}
