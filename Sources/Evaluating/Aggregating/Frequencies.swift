import Glibc
import Tasks

/// How often the values of each group occur, from logs.
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

  /// The frequencies of a group's values, in no certain order.
  func counts(_ group: Int) -> [Int64] {
    let start = starts.pointer[group]
    return Array(
      UnsafeBufferPointer(
        start: frequencies.pointer + start, count: starts.pointer[group + 1] - start))
  }
}

/// The entropy in bits of values that occur this often; nil for none.
///
/// C. E. Shannon, "A mathematical theory of communication", 1948: Σ p log₂(1/p). The terms are added
/// in the order of the frequencies, so that the digits do not depend on where these come from.
func entropy(_ frequencies: [Int64]) -> Double? {
  let sorted = frequencies.sorted()
  let total = Double(sorted.reduce(0, &+))
  if sorted.isEmpty { return nil }
  var sum = 0.0
  var start = 0
  while start < sorted.count {
    var end = start
    while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
    let count = Double(sorted[start])
    sum += Double(end - start) * (count / total) * log2(total / count)
    start = end
  }
  return sum
}
