import Plans

/// Exact quantiles from a histogram a group, and a second pass over the rows where buckets hold
/// several values.
struct HistogramQuantiles {
  /// The words of the two ranks of a call, a group of the result; absent without values.
  typealias Ranks = (low: Int64, high: Int64, quantile: Quantile)

  private let histogram: IntegerHistogram
  private let position: Int
  private let merged: MergedGroups
  /// Set for the cells whose values the second pass collects.
  let wanted: Store<UInt8>
  let needsPass: Bool
  /// The collected values of a cell, sorted.
  private(set) var collected: [Int: [Int64]] = [:]

  /// Marks what the calls over the histogram at a position need.
  init?(_ merged: MergedGroups, _ layout: AggregationLayout, at position: Int) {
    guard let histogram = merged.parts[0].accumulators[position] as? IntegerHistogram else {
      return nil
    }
    self.histogram = histogram
    self.position = position
    self.merged = merged
    wanted = Store(repeating: 0, count: max(1, histogram.counts.count))
    var needsPass = false
    for recipe in layout.recipes where recipe.main == position {
      for index in 0..<merged.count {
        let group = Int(merged.places.pointer[index].group)
        guard let quantile = Quantile(recipe.call, count: histogram.total(group)) else { continue }
        for rank in [quantile.low, quantile.high] {
          let bucket = histogram.locate(rank, in: group).bucket
          if IntegerHistogram.least(of: bucket).isSingle { continue }
          wanted.pointer[group * histogram.bucketCount + bucket] = 1
          needsPass = true
        }
      }
    }
    self.needsPass = needsPass
  }

  /// The values that a worker of the second pass has collected: cells and words.
  final class Collection: @unchecked Sendable {
    // @unchecked: one worker writes; read after its loop has ended.
    var cells: [Int] = []
    var words: [Int64] = []
    let scratch: Store<Int64>

    init(blockRows: Int) { scratch = Store(undefined: blockRows) }
  }

  /// Collects the wanted values of a block.
  func collect(_ argument: DenseColumn, into collection: Collection) {
    let words = collection.scratch.pointer
    if !argument.orderWords(into: words) { return }
    for row in 0..<argument.count where argument.groups[row] != 0 {
      let distance = UInt64(bitPattern: words[row] &- histogram.base)
      let cell =
        Int(argument.groups[row]) &* histogram.bucketCount &+ IntegerHistogram.bucket(distance)
      if wanted.pointer[cell] == 0 { continue }
      collection.cells.append(cell)
      collection.words.append(words[row])
    }
  }

  /// Takes what all workers have collected.
  mutating func take(_ collections: [Collection]) {
    for collection in collections {
      for (cell, word) in zip(collection.cells, collection.words) {
        collected[cell, default: []].append(word)
      }
    }
    for cell in collected.keys { collected[cell]?.sort() }
  }

  /// The ranks of a call for a group of the result; nil when the result is null.
  func ranks(_ call: AggregateCall, _ index: Int) -> Ranks? {
    let group = Int(merged.places.pointer[index].group)
    guard let quantile = Quantile(call, count: histogram.total(group)) else { return nil }
    return (word(quantile.low, group), word(quantile.high, group), quantile)
  }

  private func word(_ rank: Int, _ group: Int) -> Int64 {
    let (bucket, inner) = histogram.locate(rank, in: group)
    let least = IntegerHistogram.least(of: bucket)
    if least.isSingle { return histogram.base &+ Int64(bitPattern: least.distance) }
    let values = collected[group * histogram.bucketCount + bucket] ?? []
    return inner < values.count ? values[inner] : histogram.base
  }
}
