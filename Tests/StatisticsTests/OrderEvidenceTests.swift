import Statistics
import Testing

private func microseconds(_ days: Double) -> Int64 {
  days.isNaN ? .min : Int64((days * 86_400_000_000).rounded())
}

/// A time as it is kept, in whole microseconds.
private func kept(_ days: Double) -> Double { Double(microseconds(days)) / 86_400_000_000 }

/// A list of 6,000 with accounts of any age at following, and a batch hidden in it.
private struct HiddenBatch {
  var made: [Double] = []
  var followed: [Double] = []
  var evidence: [Double] = []
  var members: [Bool] = []

  /// `size` accounts made within `width` days and a year before, every other one of a stretch.
  init(size: Int, width: Double, lift: Double, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for row in 0..<6000 {
      let day = 16_000 + Double(row) / 4
      let isMember = row >= 3000 && row < 3000 + 2 * size && row % 2 == 0
      followed.append(day)
      members.append(isMember)
      let age = generator.logNormal(median: 400, sigma: 1.3)
      made.append(kept(isMember ? 16_400 + generator.uniform() * width : max(13_228, day - age)))
      evidence.append(-4 + 2 * generator.normal() + (isMember ? lift : 0))
    }
  }

  /// Rows of a score of at least one half at a base rate of one in twenty.
  func accused(_ added: [Double]) -> [Int] {
    added.indices.filter { score(evidence: evidence[$0] + added[$0], baseRate: 0.05) >= 0.5 }
  }

  /// What is found of a range of rows; `levels` as there, below which some rows are raised.
  func found(
    _ rows: Range<Int> = 0..<6000, levels: [Double]? = nil, raised: [UInt8] = []
  ) -> OrderEvidence {
    (raised + [0]).withUnsafeBufferPointer { raised in
      withRanks(
        (0..<6000).map { $0 }, made.map(microseconds), followed.map(microseconds), evidence,
        usual: evidence.sorted()[3000]
      ) { ranks in
        guard let levels, let raised = raised.baseAddress else { return ranks.evidence(of: rows) }
        return ranks.evidence(
          of: rows, reaching: WeightLimits(levels: levels, marks: raised, raised: 1, least: -2))
      }
    }
  }
}

@Test(arguments: [1, 2, 3, 4] as [UInt64])
func hiddenBatchesAreFound(seed: UInt64) {
  for (size, width, lift) in [(50, 14.0, 3.0), (100, 60, 3), (200, 120, 3), (100, 30, 0)] {
    let list = HiddenBatch(size: size, width: width, lift: lift, seed: seed)
    let found = list.found().evidence
    let inside = list.members.indices.filter { list.members[$0] && found[$0] > 1 }.count
    let outside = list.accused(found).filter { !list.members[$0] }.count
    #expect(inside >= size * 9 / 10, "seed \(seed), \(size) in \(width) days: \(inside)")
    #expect(outside <= 18, "seed \(seed), \(size) in \(width) days: \(outside) bystanders")
  }
}

@Test(arguments: [11, 12, 13] as [UInt64])
func aPlainListHasNoBatches(seed: UInt64) {
  let list = HiddenBatch(size: 0, width: 1, lift: 0, seed: seed)
  let found = list.found()
  let profiles = list.accused(Array(repeating: 0, count: 6000)).count
  let accused = list.accused(found.evidence).count
  #expect(accused <= profiles + 12, "seed \(seed): \(accused), of profiles alone \(profiles)")
  #expect(found.evidence.allSatisfy { $0 >= 0 && $0.isFinite })
}

@Test func orderEvidenceIsTheSameForEverySplit() {
  let list = HiddenBatch(size: 100, width: 60, lift: 2, seed: 9)
  let whole = list.found()
  var parts: [Double] = []
  for start in stride(from: 0, to: 6000, by: 1234) {
    parts += list.found(start..<min(6000, start + 1234)).evidence
  }
  #expect(parts == whole.evidence)
  #expect(whole.neighbourhoods.allSatisfy { whole.evidence[$0.key] == $0.value.evidence })
}

@Test(arguments: [31, 32] as [UInt64], [[2.94, 5.14], [-1], [7, 8.5, 9]])
func evidenceIsLeftOutOnlyWhereNoLevelIsReached(seed: UInt64, levels: [Double]) {
  var list = HiddenBatch(size: 200, width: 60, lift: 3, seed: seed)
  for row in stride(from: 0, to: 6000, by: 11) { list.evidence[row] += row % 2 == 0 ? 60 : -60 }
  let all = list.found().evidence
  let raised = (0..<6000).map { UInt8($0 % 3 == 0 ? 1 : 0) }
  let some = list.found(levels: levels, raised: raised).evidence
  for row in 0..<6000 where some[row] != all[row] {
    let own = list.evidence[row]
    let from = raised[row] == 1 ? max(own, -2) : own
    let reached = levels.filter { $0 >= own && $0 <= from + all[row] }
    #expect(some[row] == 0 && reached.isEmpty, "row \(row)")
  }
  #expect(some.count { $0 > 0 } < all.count { $0 > 0 })
  #expect(some.contains { $0 > 2 })
}

@Test func datesThatAreMissingOrWildTakeNoPart() {
  var list = HiddenBatch(size: 100, width: 60, lift: 2, seed: 10)
  for row in stride(from: 0, to: 6000, by: 7) { list.made[row] = .nan }
  for row in stride(from: 3, to: 6000, by: 97) { list.made[row] = -1e8 }
  for row in stride(from: 5, to: 6000, by: 89) { list.made[row] = 1e8 }
  for row in stride(from: 8, to: 6000, by: 83) { list.evidence[row] = .nan }
  let found = list.found()
  #expect(found.evidence.allSatisfy { $0.isFinite })
  for row in stride(from: 0, to: 6000, by: 7) { #expect(found.evidence[row] == 0) }
  #expect(list.found(0..<0).evidence.isEmpty)
}

/// The most surprising neighbourhood of a row, counted row by row.
private func plainNeighbourhood(_ list: HiddenBatch, _ row: Int) -> (near: Int, expected: Double)? {
  var best: (near: Int, expected: Double)?
  var most = 4.0
  func takesPart(_ other: Int) -> Bool { list.followed[other] - list.made[other] > 30 }
  guard takesPart(row) else { return nil }
  for width in [7.0, 30, 90, 180] {
    func cell(_ days: Double) -> Int { Int(days / (width * 0.4)) }
    let made = list.made.map { cell($0 - 13_228) }
    let ages = list.made.indices.map { cell(list.followed[$0] - list.made[$0]) }
    func count(_ reach: Int, where holds: (Int) -> Bool) -> Int {
      (max(0, row - reach)...min(made.count - 1, row + reach)).count { takesPart($0) && holds($0) }
    }
    for reach in [25, 50, 100, 200] {
      func outside(where holds: (Int) -> Bool) -> Double {
        Double(count(1500, where: holds) - count(2 * reach, where: holds) + 1)
      }
      let near = count(reach) { abs(made[$0] - made[row]) <= 2 } - 1
      let sameDates = outside { abs(made[$0] - made[row]) <= 2 }
      let sameAges = outside { abs(ages[$0] - ages[row]) <= 2 }
      let share = max(sameDates, sameAges) / outside { _ in true }
      let expected = max(0.5, share * Double(count(reach) { _ in true } - 1))
      guard near >= 5, Double(near) > 1.5 * expected else { continue }
      let surprise = Double(near) * portableLog(Double(near) / expected) - (Double(near) - expected)
      guard surprise > most else { continue }
      most = surprise
      best = (near, expected)
    }
  }
  return best
}

@Test(arguments: [21, 22] as [UInt64])
func neighboursAreCountedAsRowByRow(seed: UInt64) {
  let list = HiddenBatch(size: 100, width: 60, lift: 2, seed: seed)
  let found = list.found().neighbourhoods
  for row in [0, 1, 1499, 3000, 3001, 3040, 3100, 3150, 3198, 4501, 5999] {
    let plain = plainNeighbourhood(list, row)
    guard let neighbourhood = found[row] else {
      #expect(row < 3000 || row > 3200 || plain == nil, "seed \(seed), row \(row)")
      continue
    }
    #expect(neighbourhood.near == plain?.near, "seed \(seed), row \(row)")
    #expect(neighbourhood.expected == plain?.expected, "seed \(seed), row \(row)")
  }
}
