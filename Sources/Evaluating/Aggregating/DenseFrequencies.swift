import Columns
import Tasks

/// How often each value of a small domain occurs in each group of the result, from logs: a place a group and
/// value.
///
/// For texts, whose numbers are few where they repeat, and integers of a narrow range.
struct DenseFrequencies {
  private let groupCount: Int
  /// The word of a group's first place.
  private let base: Int64
  private let domain: Int
  private let counts: Store<UInt32>
  private let logs: [Log]
  private let workers: Workers

  /// A log, and where the places of its groups begin; below 0 for those of no group.
  fileprivate struct Log: Sendable {
    let log: ValueLog
    let starts: Store<Int>
    let translation: Store<UInt32>?
  }

  /// So many places pay in any case.
  private static let fewPlaces = 1 << 14

  /// Nil where there are too many values for the rows, or they are not numbered.
  init?(
    _ reading: LogReading, groupCount: Int, _ workers: Workers
  ) throws(EvaluationFailure) {
    guard !reading.isFloat, let range = try reading.narrowRange(workers) else { return nil }
    let limit = max(DenseFrequencies.fewPlaces, reading.entryCount / 4)
    guard range.count <= limit, groupCount * range.count <= limit else { return nil }
    let domain = range.count
    let places = max(1, groupCount * domain)
    // Each log has a table of its own, and with many groups there are many logs.
    let logCount = max(1, reading.logs.count)
    guard places <= max(DenseFrequencies.fewPlaces, reading.entryCount / 2 / logCount) else {
      return nil
    }
    self.groupCount = groupCount
    self.domain = domain
    self.workers = workers
    base = range.lowerBound
    logs = zip(reading.logs, reading.translations).map { entry, translation in
      let indexes = reading.merged.indexes(of: entry.states)
      let starts = Store<Int>(undefined: indexes.count)
      for group in 0..<indexes.count {
        starts.pointer[group] = Int(indexes.pointer[group]) * domain
      }
      return Log(log: entry.log, starts: starts, translation: translation)
    }
    let own = Portions<Store<UInt32>>(count: logs.count)
    let (logs, base) = (logs, base)
    try workers.run(logs.count) { _, index in
      let counts = Store<UInt32>(repeating: 0, count: places)
      logs[index].forEachPlace(base) { place, _ in counts.pointer[place] &+= 1 }
      own.set(index, counts)
    }
    counts = Store(repeating: 0, count: places)
    for part in own.all {
      for place in 0..<places { counts.pointer[place] &+= part.pointer[place] }
    }
  }

  /// The entropy in bits of a group's values; nil for none.
  func entropy(_ group: Int) -> Double? {
    var tally = FrequencyTally()
    forEachFrequency(group) { tally.add($0) }
    return tally.entropy
  }

  /// Calls `body` with the frequency of each value of a group.
  private func forEachFrequency(_ group: Int, _ body: (Int64) -> Void) {
    for place in group * domain..<(group + 1) * domain where counts.pointer[place] > 0 {
      body(Int64(counts.pointer[place]))
    }
  }

  /// The number of different values of each group.
  var distinct: Store<Int64> {
    let distinct = Store<Int64>(repeating: 0, count: max(1, groupCount))
    for group in 0..<groupCount {
      forEachFrequency(group) { _ in distinct.pointer[group] += 1 }
    }
    return distinct
  }

  /// The most frequent value of each group, the first seen of those that tie.
  func favourites() throws(EvaluationFailure) -> Store<PairCounting.Favourite> {
    let nobody = PairCounting.Favourite(count: 0, first: Int64.max, word: 0)
    let favourites = Store(repeating: nobody, count: max(1, groupCount))
    // Rows are looked at only where values tie.
    let tied = Store<UInt8>(repeating: 0, count: counts.count)
    var hasTies = false
    for group in 0..<groupCount {
      let places = group * domain..<(group + 1) * domain
      let most = places.reduce(0) { max($0, counts.pointer[$1]) }
      if most == 0 { continue }
      var best: Int?
      for place in places where counts.pointer[place] == most {
        if let best {
          hasTies = true
          tied.pointer[best] = 1
          tied.pointer[place] = 1
        } else {
          best = place
          favourites.pointer[group] = favourite(place, first: Int64.max)
        }
      }
    }
    if !hasTies { return favourites }
    let firsts = try firsts(of: tied)
    for place in 0..<groupCount * domain where tied.pointer[place] != 0 {
      let own = favourite(place, first: firsts.pointer[place])
      let group = place / domain
      if own.beats(favourites.pointer[group]) { favourites.pointer[group] = own }
    }
    return favourites
  }

  private func favourite(_ place: Int, first: Int64) -> PairCounting.Favourite {
    PairCounting.Favourite(
      count: Int64(counts.pointer[place]), first: first, word: base + Int64(place % domain))
  }

  /// The first row of each of the chosen places.
  private func firsts(of chosen: Store<UInt8>) throws(EvaluationFailure) -> Store<Int64> {
    let own = Portions<Store<Int64>>(count: logs.count)
    let (logs, base) = (logs, base)
    try workers.run(logs.count) { _, index in
      let firsts = Store<Int64>(repeating: Int64.max, count: chosen.count)
      logs[index].forEachPlace(base) { place, ordinal in
        if chosen.pointer[place] == 0 { return }
        firsts.pointer[place] = min(firsts.pointer[place], ordinal)
      }
      own.set(index, firsts)
    }
    let all = Store<Int64>(repeating: Int64.max, count: chosen.count)
    for part in own.all {
      for place in 0..<chosen.count {
        all.pointer[place] = min(all.pointer[place], part.pointer[place])
      }
    }
    return all
  }
}

extension DenseFrequencies.Log {
  /// Calls `body` with the place of each value and the ordinal of its row, 0 where it has none.
  @inline(__always) fileprivate func forEachPlace(_ base: Int64, _ body: (Int, Int64) -> Void) {
    let (starts, translation) = (starts.pointer, translation?.pointer)
    log.forEachBlock { block in
      for row in 0..<block.count {
        let start = starts[Int(block.groups[row])]
        if start < 0 { continue }
        let word = block.words[row]
        let own = translation.map { Int64($0[Int(truncatingIfNeeded: word)]) } ?? word
        body(start &+ Int(own &- base), block.ordinals?[row] ?? 0)
      }
    }
  }
}

extension LogReading {
  /// The words of all values, texts by the numbers of all; nil where they are wider than 32 bits.
  fileprivate func narrowRange(
    _ workers: Workers
  ) throws(EvaluationFailure) -> ClosedRange<Int64>? {
    if let texts { return 0...Int64(max(1, texts.texts.count) - 1) }
    let pieces = logs.flatMap(\.log.pieces).filter { $0.count > 0 }
    let bounds = Portions<ClosedRange<Int64>>(count: pieces.count)
    try workers.run(pieces.count) { _, index in
      guard case .narrow(let words) = pieces[index].words else { return }
      let (low, high, _) = valueBounds(words.pointer, count: pieces[index].count)
      bounds.set(index, Int64(low)...Int64(high))
    }
    let all = bounds.all
    guard all.count == pieces.count, let low = all.map(\.lowerBound).min(),
      let high = all.map(\.upperBound).max()
    else { return nil }
    return low...high
  }
}
