import Columns
import Diagnostics
import Kernels
import Plans
import Tasks

/// Makes the columns of an aggregation's result from the merged states.
struct AggregationResults: Sendable {
  let layout: AggregationLayout
  let merged: MergedGroups
  private let workers: Workers
  let cells: CellColumns
  /// By position of the histogram.
  private let quantiles: [Int: HistogramQuantiles]
  private let groupedLogs = GroupedLogs()

  init(
    _ layout: AggregationLayout, _ merged: MergedGroups, _ quantiles: [Int: HistogramQuantiles],
    _ workers: Workers
  ) {
    self.layout = layout
    self.merged = merged
    self.quantiles = quantiles
    self.workers = workers
    cells = CellColumns(workers)
  }

  /// The column of a key.
  func key(_ position: Int) throws(EvaluationFailure) -> Column {
    let key = layout.grouping.keys[position]
    if layout.grouping.isDense {
      let codes = DenseGrouper(layout: layout.grouping).codes(of: position)
      let places = merged.places
      if case .codes(let dictionary) = key.domain, key.isCombined {
        return try cells.texts(count: merged.count) { rows, texts, present in
          var nulls = 0
          for (index, row) in rows.enumerated() {
            let code = codes.code(of: places.pointer[row].group)
            let isPresent = code < dictionary.count
            texts[index] = isPresent ? TextReference(dictionary.texts, at: code) : .empty
            present[index &>> 6] |= (isPresent ? 1 : 0) &<< UInt64(truncatingIfNeeded: index & 63)
            nulls &+= isPresent ? 0 : 1
          }
          return nulls > 0
        }
      }
      if case .codes(let dictionary) = key.domain {
        return try cells.column(dictionary, count: merged.count) { index in
          codes.code(of: places.pointer[index].group)
        }
      }
      if case .floats(let unit, let base, let count) = key.domain {
        return try cells.column(.float, count: merged.count) { index in
          let code = codes.code(of: places.pointer[index].group)
          return code == count ? .null : .float(unit.value(base &+ Int64(code)))
        }
      }
      let (base, step, count): (Int64, Int64, Int)
      switch key.domain {
      case .integers(let least, let own): (base, step, count) = (least, 1, own)
      case .multiples(let least, let width, let own): (base, step, count) = (least, width, own)
      case .codes, .floats, nil: preconditionFailure("a dense key without a domain")
      }
      return try cells.column(key.type, count: merged.count) { index in
        let code = codes.code(of: places.pointer[index].group)
        return code == count ? .null : .integer(base &+ Int64(code) &* step)
      }
    }
    let reader = HashedKeyReader(layout.grouping, merged, position)
    let places = merged.places
    switch key.type {
    case .string:
      if let dictionary = reader.dictionary, !key.isCombined {
        return try cells.column(dictionary, count: merged.count) { index in
          let (code, isPresent) = reader.word(places.pointer[index])
          return isPresent == 0 ? dictionary.count : Int(code)
        }
      }
      return try cells.texts(count: merged.count) { rows, texts, present in
        reader.texts(
          UnsafeBufferPointer(start: places.pointer + rows.lowerBound, count: rows.count),
          into: texts, present: present)
      }
    case .float:
      return try cells.column(key.type, count: merged.count) { index in
        reader.float(places.pointer[index]).map { .float($0) } ?? .null
      }
    case .bool, .int, .date, .time, .duration:
      return try cells.column(key.type, count: merged.count) { rows, integers, present in
        reader.integers(
          UnsafeBufferPointer(start: places.pointer + rows.lowerBound, count: rows.count),
          into: integers, present: present)
      }
    }
  }

  /// The column of an aggregate.
  func aggregate(_ position: Int) throws(EvaluationFailure) -> Column {
    let recipe = layout.recipes[position]
    let type = recipe.call.type
    switch layout.specifications[recipe.main].kind {
    case .distinctWords: return try distinctWords(recipe)
    case .distinctTexts:
      if let column = try integers(recipe) { return column }
      let distinct = try DistinctTexts.counts(merged, recipe.main, workers)
      return try cells.column(.int, count: merged.count) { .integer(distinct.pointer[$0]) }
    case .distinctPairs:
      if let column = try integers(recipe) { return column }
      return try logged(recipe)
    case .log: return try logged(recipe)
    case .histogram:
      let quantiles = quantiles[recipe.main]
      return try cells.column(type, count: merged.count) { index in
        guard let ranks = quantiles?.ranks(recipe.call, index) else { return .null }
        return ranks.quantile.cell(
          ranks.low, ranks.high, of: argumentType(recipe), as: type)
      }
    default:
      if let column = try integers(recipe) { return column }
      if let column = try floats(recipe) { return column }
      let readers = merged.parts.map { reader(recipe, $0) }
      let places = merged.places
      return try cells.column(type, count: merged.count) { index throws(EvaluationFailure) in
        let place = places.pointer[index]
        return try readers[Int(place.part)](Int(place.group))
      }
    }
  }

  /// The type of the main accumulator's argument.
  func argumentType(_ recipe: AggregationLayout.Recipe) -> DataType {
    layout.specifications[recipe.main].arguments.first.map { layout.types[$0] } ?? .int
  }

  private func distinctWords(_ recipe: AggregationLayout.Recipe) throws(EvaluationFailure) -> Column
  {
    guard let words = merged.parts[0].accumulators[recipe.main] as? DistinctWords else {
      preconditionFailure("another accumulator than specified")
    }
    if let distinct = words.countInOrder {
      return try cells.column(.int, count: merged.count) { _ in .integer(distinct) }
    }
    let scattered = Portions<PartitionedWords>(count: words.rising.count)
    try workers.run(words.rising.count) { _, index throws(EvaluationFailure) in
      scattered.set(index, words.rising[index].partitioned(bits: words.bits))
    }
    let logs = words.partitioned + scattered.all
    let total = Store<Int64>(repeating: 0, count: max(2, 1 << 12))
    try workers.run(logs.count) { _, log throws(EvaluationFailure) in logs[log].finish() }
    let crews = PerWorker<(DistinctCounter, Store<Int64>)>(workers)
    if !logs.isEmpty {
      try workers.run(words.partitionCount) { worker, partition throws(EvaluationFailure) in
        let (counter, counts) = try crews.value(worker) {
          (DistinctCounter(), Store(repeating: 0, count: 1 << 12))
        }
        counter.count(logs, partition, into: counts.pointer)
      }
    }
    for (_, counts) in crews.all {
      for group in 0..<total.count { total.pointer[group] += counts.pointer[group] }
    }
    return try cells.column(.int, count: merged.count) { index in
      .integer(total.pointer[Int(merged.places.pointer[index].group)])
    }
  }

  /// The number of different values of each group.
  private func distinctCounts(_ reading: LogReading) throws(EvaluationFailure) -> Store<Int64> {
    if let distinct = try reading.distinctTexts(groupCount: merged.count) { return distinct }
    if let dense = try DenseFrequencies(reading, groupCount: merged.count, workers) {
      return dense.distinct
    }
    let pairs = try PairCounting(
      reading, groupCount: merged.count, withFavourites: false, workers)
    return pairs.distinct
  }

  private func logged(_ recipe: AggregationLayout.Recipe) throws(EvaluationFailure) -> Column {
    let type = argumentType(recipe)
    let reading = try LogReading(merged, recipe.main, isFloat: type == .float, workers)
    switch recipe.call.function {
    case .distinct:
      let distinct = try distinctCounts(reading)
      return try cells.column(.int, count: merged.count) { .integer(distinct.pointer[$0]) }
    case .mode: return try favourites(recipe, reading)
    case .entropy:
      if let dense = try DenseFrequencies(reading, groupCount: merged.count, workers) {
        return try cells.columnOfWork(.float, count: merged.count) { group in
          dense.entropy(group).map { .float($0) } ?? .null
        }
      }
      if merged.count >= EqualWords.fewestGroups {
        let words = EqualWords(try grouped(recipe, reading), isFloat: type == .float)
        return try cells.columnOfWork(.float, count: merged.count) { group in
          words.entropy(group).map { .float($0) } ?? .null
        }
      }
      let frequencies = try FrequencyCounting(reading, groupCount: merged.count, workers)
      return try cells.columnOfWork(.float, count: merged.count) { group in
        frequencies.entropy(group).map { .float($0) } ?? .null
      }
    case .gini, .spark: return try listed(recipe, reading)
    default:
      if let column = try quantileOfOneGroup(recipe, reading) { return column }
      let groups = try grouped(recipe, reading)
      return try cells.columnOfWork(recipe.call.type, count: merged.count) { index in
        let count = groups.rows(index).count
        guard let quantile = Quantile(recipe.call, count: count) else { return .null }
        let (low, high) = groups.withWords(index) { select($0, quantile.low, quantile.high) }
        return quantile.cell(low, high, of: type, as: recipe.call.type)
      }
    }
  }

  /// The words of a log by group, for all aggregates that read it.
  private func grouped(
    _ recipe: AggregationLayout.Recipe, _ reading: LogReading
  ) throws(EvaluationFailure) -> GroupedWords {
    try groupedLogs.value(recipe.main) { () throws(EvaluationFailure) in
      try reading.grouped()
    }
  }

  /// The most frequent value of each group.
  private func favourites(
    _ recipe: AggregationLayout.Recipe, _ reading: LogReading
  ) throws(EvaluationFailure) -> Column {
    let type = argumentType(recipe)
    @Sendable func cell(_ word: Int64) -> Cell {
      if let texts = reading.texts {
        return .text(texts.texts.pointer[Int(truncatingIfNeeded: word)])
      }
      return Cell(orderWord: word, of: type)
    }
    @Sendable func column(_ favourites: Store<PairCounting.Favourite>) throws(EvaluationFailure)
      -> Column
    {
      try cells.column(recipe.call.type, count: merged.count) { group in
        let favourite = favourites.pointer[group]
        return favourite.count == 0 ? .null : cell(favourite.word)
      }
    }
    if let dense = try DenseFrequencies(reading, groupCount: merged.count, workers) {
      return try column(try dense.favourites())
    }
    if merged.count >= EqualWords.fewestGroups {
      let words = EqualWords(
        try reading.grouped(withOrdinals: true), isFloat: type == .float)
      return try cells.columnOfWork(recipe.call.type, count: merged.count) { group in
        words.favourite(group).map(cell) ?? .null
      }
    }
    let pairs = try PairCounting(reading, groupCount: merged.count, withFavourites: true, workers)
    return try column(pairs.favourites)
  }

  /// A quantile of very many words in one group; nil where there are few or several groups.
  private func quantileOfOneGroup(
    _ recipe: AggregationLayout.Recipe, _ reading: LogReading
  ) throws(EvaluationFailure) -> Column? {
    let count = reading.entryCount
    guard count >= PartedSelection.fewestWords, let pieces = reading.ofOneGroup,
      let quantile = Quantile(recipe.call, count: count),
      let (low, high) = try PartedSelection(pieces, workers).select(quantile.low, quantile.high)
    else { return nil }
    return try cells.column(recipe.call.type, count: 1) { _ in
      quantile.cell(low, high, of: argumentType(recipe), as: recipe.call.type)
    }
  }

  /// Aggregates of all values of a group at once.
  private func listed(
    _ recipe: AggregationLayout.Recipe, _ reading: LogReading
  ) throws(EvaluationFailure) -> Column {
    let isGini = recipe.call.function == .gini
    let isFloat = argumentType(recipe) == .float
    if isGini {
      let groups = try grouped(recipe, reading)
      return try cells.columnOfWork(.float, count: merged.count) { group in
        let gini = groups.withCopy(group) { words in
          sortWords(words)
          return isFloat ? giniOfFloats(words) : giniOfIntegers(words)
        }
        return gini.map { .float($0) } ?? .null
      }
    }
    let groups = try reading.inRowOrder()
    return try cells.columnOfWork(.string, count: merged.count) { group in
      let bars = groups.withCopy(group) { isFloat ? barsOfFloats($0) : barsOfIntegers($0) }
      return sparkline(bars).map { .string($0) } ?? .null
    }
  }
}
