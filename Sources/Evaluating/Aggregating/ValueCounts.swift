/// How often each value of a small domain occurs in a group, and where first.
///
/// For bools, dictionary codes and integers of a narrow range: a table of groups × values.
final class ValueCounts: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  /// The number of values; a value is its word less `base`.
  let domain: Int
  let base: Int64
  let counts: Store<UInt32>
  /// The place of the first row of each value, where asked for.
  let firsts: Store<Int64>?
  private let words: Store<Int64>

  init(domain: Int, base: Int64, withFirsts: Bool, blockRows: Int) {
    self.domain = domain
    self.base = base
    counts = Store(capacity: domain * 4)
    firsts = withFirsts ? Store(capacity: domain * 4) : nil
    words = Store(undefined: blockRows)
  }

  func resize(to count: Int) {
    counts.resize(to: count * domain, filling: 0)
    firsts?.resize(to: count * domain, filling: Int64.max)
  }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    let words = words.pointer
    guard argument.domainWords(into: words) else { return }
    let counts = counts.pointer
    let domain = domain
    let base = base
    for row in 0..<argument.count {
      let group = Int(argument.groups[row])
      // Under a null the value may be anything: group 0 then takes the first cell.
      let value = group == 0 ? 0 : Int(truncatingIfNeeded: words[row] &- base)
      counts[group &* domain &+ value] &+= 1
    }
    guard let firsts = firsts?.pointer else { return }
    for row in 0..<argument.count where argument.groups[row] != 0 {
      let cell = Int(argument.groups[row]) &* domain &+ Int(words[row] &- base)
      let ordinal = rows.ordinal(row)
      // Mostly none is written, and so no row waits for the one before.
      if ordinal < firsts[cell] { firsts[cell] = ordinal }
    }
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? ValueCounts else { return }
    for index in 0..<count {
      let source = Int(sources[index]) * domain
      let target = Int(targets[index]) * domain
      for value in 0..<domain {
        counts.pointer[target + value] &+= other.counts.pointer[source + value]
      }
      guard let own = firsts?.pointer, let from = other.firsts?.pointer else { continue }
      for value in 0..<domain {
        own[target + value] = min(own[target + value], from[source + value])
      }
    }
  }

  /// The number of different values of a group.
  func distinct(_ group: Int) -> Int64 {
    let cells = counts.pointer + group * domain
    var found: Int64 = 0
    for value in 0..<domain { found += cells[value] == 0 ? 0 : 1 }
    return found
  }

  /// The entropy in bits of a group's values; nil for none.
  func entropy(_ group: Int) -> Double? {
    let cells = counts.pointer + group * domain
    var tally = FrequencyTally()
    for value in 0..<domain where cells[value] > 0 { tally.add(Int64(cells[value])) }
    return tally.entropy
  }

  /// The word of the most frequent value, the first seen of those that tie; nil without values.
  func mode(_ group: Int) -> Int64? {
    guard let firsts else { return nil }
    let start = group * domain
    var best: Int?
    for value in 0..<domain where counts.pointer[start + value] > 0 {
      guard let current = best else {
        best = value
        continue
      }
      let count = counts.pointer[start + value]
      let known = counts.pointer[start + current]
      let isEarlier = firsts.pointer[start + value] < firsts.pointer[start + current]
      if count > known || (count == known && isEarlier) { best = value }
    }
    return best.map { Int64($0) + base }
  }
}
