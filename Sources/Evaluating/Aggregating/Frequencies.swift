import Tasks

/// How often the values of each of few groups occur, from logs.
struct FrequencyCounting {
  private let frequencies: Store<Int64>
  private let starts: Store<Int>

  init(
    _ reading: LogReading, groupCount: Int, _ workers: Workers
  ) throws(EvaluationFailure) {
    let bits = PairCounting.partitionBits(reading)
    let divisions = try reading.divided(bits, withOrigins: true)
    let found = Portions<[Frequency]>(count: 1 << bits)
    try workers.run(1 << bits) { _, partition throws(EvaluationFailure) in
      let (table, counts) = PairCounting.tally(divisions, partition, withFavourites: true)
      found.set(
        partition,
        stride(from: 1, through: table.count, by: 1).map { pair in
          Frequency(
            group: Int(table.words.pointer[pair * 2]), count: counts.pointer[pair].count)
        })
    }
    let starts = Store<Int>(repeating: 0, count: groupCount + 1)
    for frequency in found.all.joined() { starts.pointer[frequency.group + 1] += 1 }
    for group in 0..<groupCount { starts.pointer[group + 1] += starts.pointer[group] }
    let frequencies = Store<Int64>(undefined: max(1, starts.pointer[groupCount]))
    let cursors = Store<Int>(undefined: groupCount + 1)
    cursors.pointer.update(from: starts.pointer, count: groupCount + 1)
    for frequency in found.all.joined() {
      frequencies.pointer[cursors.pointer[frequency.group]] = frequency.count
      cursors.pointer[frequency.group] += 1
    }
    self.frequencies = frequencies
    self.starts = starts
  }

  private struct Frequency: Sendable, BitwiseCopyable {
    let group: Int
    let count: Int64
  }

  /// The entropy in bits of a group's values; nil for none.
  func entropy(_ group: Int) -> Double? {
    var tally = FrequencyTally()
    for place in starts.pointer[group]..<starts.pointer[group + 1] {
      tally.add(frequencies.pointer[place])
    }
    return tally.entropy
  }
}
