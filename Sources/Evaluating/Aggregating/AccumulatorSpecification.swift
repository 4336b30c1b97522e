import Columns

/// Which accumulator an aggregate needs; aggregates with equal ones share it.
struct AccumulatorSpecification: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case rows, nulls, trues
    case integerSum, floatSum
    /// Sum and sum of squares.
    case spread
    /// What a correlation is made of.
    case pairs
    case extreme(isGreatest: Bool)
    case pick(Picks.Choice)
    case histogram(ClosedRange<Int64>)
    case valueCounts(base: Int64, domain: Int, withFirsts: Bool)
    case distinctBits(base: Int64)
    case distinctWords(bits: Int)
    case distinctTexts(bits: Int)
    /// Different values of fixed width, logged unless all rows of a group come to one state.
    case distinctPairs
    case log(withOrdinals: Bool)
    case top(SortKeyLayout, count: Int, isStored: [Bool])
    /// The first row by keys that are no texts.
    case least(SortKeyLayout)

    /// Whether the workers' rows are read when all groups are known.
    var isLogged: Bool {
      switch self {
      case .log, .distinctTexts, .distinctPairs: true
      default: false
      }
    }
  }

  let kind: Kind
  /// Positions in the layout's arguments; a row counts when all are present.
  let arguments: [Int]

  init(_ kind: Kind, _ arguments: [Int] = []) {
    self.kind = kind
    self.arguments = arguments
  }

  /// An empty accumulator; `types` are those of the layout's arguments, and `isWhole` says that all rows of
  /// its groups come to it.
  func make(
    types: [DataType], interner: TextInterner?, blockRows: Int, isWhole: Bool
  ) -> any Accumulator {
    let isText = arguments.map { types[$0] == .string }
    switch kind {
    case .rows: return Counts(.rows)
    case .nulls: return Counts(.nulls)
    case .trues: return Counts(.trues)
    case .integerSum: return IntegerSums()
    case .floatSum: return FloatSums(withSquares: false, blockRows: blockRows)
    case .spread: return FloatSums(withSquares: true, blockRows: blockRows)
    case .pairs: return PairSums(blockRows: blockRows)
    case .extreme(let isGreatest):
      return Extremes(isGreatest: isGreatest, ofTexts: isText[0], blockRows: blockRows)
    case .pick(let choice):
      return Picks(
        choice, ofTexts: isText[0], byTexts: isText.count > 1 && isText[1], blockRows: blockRows)
    case .histogram(let range): return IntegerHistogram(range: range, blockRows: blockRows)
    case .valueCounts(let base, let domain, let withFirsts):
      return ValueCounts(
        domain: domain, base: base, withFirsts: withFirsts, blockRows: blockRows)
    case .distinctBits(let base): return DistinctBits(base: base, blockRows: blockRows)
    case .distinctWords(let bits): return DistinctWords(bits: bits, blockRows: blockRows)
    case .distinctTexts(let bits):
      return DistinctTexts(bits: bits, blockRows: blockRows, isWhole: isWhole)
    case .distinctPairs where isWhole: return DistinctPairs(blockRows: blockRows)
    case .distinctPairs:
      return ValueLog(withOrdinals: false, ofTexts: false, interner: nil, blockRows: blockRows)
    case .top(let layout, let count, let isStored):
      return TopRows(layout, count: count, isStored: isStored, blockRows: blockRows)
    case .least(let layout): return LeastRows(layout, blockRows: blockRows)
    case .log(let withOrdinals):
      return ValueLog(
        withOrdinals: withOrdinals, ofTexts: isText[0], interner: interner, blockRows: blockRows)
    }
  }
}
