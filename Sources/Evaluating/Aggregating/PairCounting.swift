import Tasks

/// How often each value occurs in each group of the result: for `distinct` and `mode`.
struct PairCounting {
  /// The most frequent value of a group so far.
  struct Favourite: BitwiseCopyable {
    var count: Int64
    var first: Int64
    var word: Int64

    /// Whether it goes before another: more frequent, or seen earlier.
    func beats(_ other: Favourite) -> Bool {
      count != other.count ? count > other.count : first < other.first
    }
  }

  /// The number of different values of each group, and the favourite of each; count 0 is none.
  let distinct: Store<Int64>
  let favourites: Store<Favourite>

  private static let smallLog = 1 << 16
  /// So many groups that each worker has a count of each.
  private static let fewGroups = 1 << 18
  /// Tables of partitions begin with room for the pairs, up to so many.
  private static let mostExpected = 1 << 15

  /// How many bits of hash divide a log into partitions.
  static func partitionBits(_ reading: LogReading) -> Int {
    reading.entryCount <= smallLog ? 0 : 6
  }

  init(
    _ reading: LogReading, groupCount: Int, withFavourites: Bool, _ workers: Workers
  ) throws(EvaluationFailure) {
    let bits = PairCounting.partitionBits(reading)
    let divisions = try reading.divided(bits, withOrigins: withFavourites)
    let distinct = Store<Int64>(repeating: 0, count: max(1, groupCount))
    let favourites = Store<Favourite>(
      repeating: Favourite(count: 0, first: Int64.max, word: 0),
      count: withFavourites ? max(1, groupCount) : 1)
    if !withFavourites, groupCount <= PairCounting.fewGroups {
      try PairCounting.countDistinct(divisions, 1 << bits, into: distinct, workers)
      self.distinct = distinct
      self.favourites = favourites
      return
    }
    // A group's values are spread over partitions: each adds its findings when it is done.
    let findings = Portions<[Finding]>(count: 1 << bits)
    try workers.run(1 << bits) { _, partition throws(EvaluationFailure) in
      let found = PairCounting.count(divisions, partition, withFavourites: withFavourites)
      findings.set(partition, found)
    }
    for finding in findings.all.joined() {
      let group = Int(finding.index)
      distinct.pointer[group] += finding.distinct
      if withFavourites, finding.favourite.beats(favourites.pointer[group]) {
        favourites.pointer[group] = finding.favourite
      }
    }
    self.distinct = distinct
    self.favourites = favourites
  }

  /// Adds the number of different values of each group, partitions side by side.
  private static func countDistinct(
    _ divisions: [LogReading.Division], _ partitions: Int, into distinct: Store<Int64>,
    _ workers: Workers
  ) throws(EvaluationFailure) {
    let groupCount = distinct.count
    let tallies = PerWorker<Store<Int64>>(workers)
    try workers.run(partitions) { worker, partition throws(EvaluationFailure) in
      let own = try tallies.value(worker) { Store<Int64>(repeating: 0, count: groupCount) }.pointer
      let (table, _) = tally(divisions, partition, withFavourites: false)
      let words = table.words.pointer
      for pair in stride(from: 1, through: table.count, by: 1) {
        own[Int(truncatingIfNeeded: words[pair &* 2])] &+= 1
      }
    }
    for own in tallies.all {
      for group in 0..<groupCount { distinct.pointer[group] += own.pointer[group] }
    }
  }

  /// What a partition found of a group.
  private struct Finding: Sendable, BitwiseCopyable {
    let index: Int32
    var distinct: Int64
    var favourite: Favourite
  }

  private static func count(
    _ divisions: [LogReading.Division], _ partition: Int, withFavourites: Bool
  ) -> [Finding] {
    let (table, counts) = tally(divisions, partition, withFavourites: withFavourites)
    return findings(table, withFavourites ? counts : nil)
  }

  /// Numbers the pairs of a group and a value in a partition of logs, in a table whose keys are the
  /// group's index and the word; with favourites, how often each occurs, by number.
  static func tally(
    _ divisions: [LogReading.Division], _ partition: Int, withFavourites: Bool
  ) -> (KeyTable, Store<Favourite>) {
    let values = divisions.reduce(0) { $0 + $1.starts[partition + 1] - $1.starts[partition] }
    let table = KeyTable(width: 2, expecting: min(values, mostExpected))
    let counts = Store<Favourite>(capacity: 1 << 10)
    let batch = 4096
    let numbers = Store<UInt32>(undefined: batch)
    let nobody = Favourite(count: 0, first: Int64.max, word: 0)
    for division in divisions {
      let bounds = division.starts[partition]..<division.starts[partition + 1]
      for start in stride(from: bounds.lowerBound, to: bounds.upperBound, by: batch) {
        let count = min(batch, bounds.upperBound - start)
        table.number(division.keys.pointer + 2 * start, count, into: numbers.pointer)
        guard withFavourites, let origins = division.origins else { continue }
        counts.resize(to: table.count + 1, filling: nobody)
        let own = origins.pointer + start
        for row in 0..<count {
          let number = Int(numbers.pointer[row])
          counts.pointer[number].count &+= 1
          if own[row].ordinal > counts.pointer[number].first { continue }
          counts.pointer[number].first = own[row].ordinal
          counts.pointer[number].word = own[row].word
        }
      }
    }
    return (table, counts)
  }

  /// Sums the pairs of a table up by group.
  private static func findings(_ table: KeyTable, _ counts: Store<Favourite>?) -> [Finding] {
    let groups = KeyTable(width: 1, expecting: min(table.count, 1 << 16))
    var found: [Finding] = []
    let batch = 4096
    let keys = Store<UInt64>(undefined: batch)
    let numbers = Store<UInt32>(undefined: batch)
    for start in stride(from: 1, through: table.count, by: batch) {
      let pairs = start..<min(start + batch, table.count + 1)
      for pair in pairs { keys.pointer[pair - start] = table.words.pointer[pair * 2] }
      groups.number(keys.pointer, pairs.count, into: numbers.pointer)
      for pair in pairs {
        let favourite = counts?.pointer[pair] ?? Favourite(count: 0, first: Int64.max, word: 0)
        let place = Int(numbers.pointer[pair - start]) - 1
        if place == found.count {
          let index = Int32(truncatingIfNeeded: keys.pointer[pair - start])
          found.append(Finding(index: index, distinct: 1, favourite: favourite))
        } else {
          found[place].distinct += 1
          if favourite.beats(found[place].favourite) { found[place].favourite = favourite }
        }
      }
    }
    return found
  }
}
