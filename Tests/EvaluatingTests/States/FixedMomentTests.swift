import Testing

@testable import Evaluating

/// Pearson's r, and the sums of one column, by `PairSums` and `FloatSums` over blocks.
private func moments(
  _ blocks: [[(Double, Double)]]
) -> (correlation: Double?, deviation: Double?) {
  let (pairs, sums) = states(blocks)
  let count = blocks.reduce(0) { $0 + $1.count }
  return (pairs.correlation(1), sums.standardDeviation(1, count: Int64(count)))
}

/// The same of every other block apart, merged.
private func mergedMoments(
  _ blocks: [[(Double, Double)]]
) -> (correlation: Double?, deviation: Double?) {
  let halves = (0..<2).map { half in
    states(blocks.enumerated().filter { $0.offset % 2 == half }.map(\.element))
  }
  let groups: [UInt32] = [0, 1]
  halves[0].pairs.merge(halves[1].pairs, groups, into: groups, count: 2)
  halves[0].sums.merge(halves[1].sums, groups, into: groups, count: 2)
  let count = blocks.reduce(0) { $0 + $1.count }
  return (
    halves[0].pairs.correlation(1), halves[0].sums.standardDeviation(1, count: Int64(count))
  )
}

private func states(_ blocks: [[(Double, Double)]]) -> (pairs: PairSums, sums: FloatSums) {
  let pairs = PairSums(blockRows: 512)
  let sums = FloatSums(withSquares: true, blockRows: 512)
  pairs.resize(to: 2)
  sums.resize(to: 2)
  for block in blocks {
    let groups = [UInt32](repeating: 1, count: block.count)
    let (left, right) = (block.map(\.0), block.map(\.1))
    groups.withUnsafeBufferPointer { groups in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          guard let groups = groups.baseAddress, let left = left.baseAddress,
            let right = right.baseAddress
          else { return }
          let rows = GroupedRows(
            count: block.count, groups: groups, isSingleGroup: true, firstOrdinal: 0,
            positions: nil)
          let columns = [left, right].map {
            DenseColumn(
              count: block.count, values: .float64($0), scale: 1, range: nil, validity: nil,
              groups: groups)
          }
          pairs.update(rows, columns)
          sums.update(rows, [columns[0]])
        }
      }
    }
  }
  return (pairs, sums)
}

/// Numbers that are multiples of one power of two, and numbers that are not.
private func number(_ random: inout Seeded, _ kind: Int) -> Double {
  switch kind {
  case 0: return Double(random.below(1_000_000)) - 300_000
  case 1: return Double.random(in: 1..<16, using: &random)
  case 2: return random.below(5) == 0 ? 0 : -Double.random(in: 0.5..<2, using: &random)
  default:
    let exponent = random.below(80) - 40
    return Double.random(in: -1...1, using: &random)
      * Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

@Test(arguments: 0..<60) func fixedPointMomentsAreThoseOfFloats(seed: UInt64) {
  var random = Seeded(seed)
  let kinds = (random.below(4), random.below(4))
  var blocks: [[(Double, Double)]] = []
  for _ in 0..<6 {
    // Now and then a block that does not fit among those that do.
    let isOdd = random.below(4) == 0
    blocks.append(
      (0..<(1 + random.below(512))).map { _ in
        (number(&random, isOdd ? 3 : kinds.0), number(&random, kinds.1))
      })
  }
  let first = moments(blocks)
  // After several blocks beyond all fixed points the rest is added as floats.
  let wide = Array(repeating: [(0x1p-500, 1.0), (0x1p500, 1.0), (-0x1p500, -1.0)], count: 8)
  let plain = moments(blocks.flatMap { block in block.map { [$0] } })
  #expect(first.correlation?.bitPattern == plain.correlation?.bitPattern, "seed \(seed)")
  #expect(first.deviation?.bitPattern == plain.deviation?.bitPattern, "seed \(seed)")
  for apart in [mergedMoments(blocks), mergedMoments([[]] + blocks)] {
    #expect(first.correlation?.bitPattern == apart.correlation?.bitPattern, "seed \(seed)")
    #expect(first.deviation?.bitPattern == apart.deviation?.bitPattern, "seed \(seed)")
  }
  let reversed = moments(wide + blocks.reversed())
  let straight = moments(blocks + wide)
  #expect(reversed.correlation?.bitPattern == straight.correlation?.bitPattern, "seed \(seed)")
  #expect(reversed.deviation?.bitPattern == straight.deviation?.bitPattern, "seed \(seed)")
}

@Test(arguments: 0..<30) func selectionOfManyWords(seed: UInt64) {
  var random = Seeded(seed)
  let count = 20_000 + random.below(20_000)
  let spread = [2, 50, 1_000_000_000][random.below(3)]
  var words = (0..<count).map { _ in Int64(random.below(spread)) }
  if random.below(3) == 0 { words.sort() }
  let sorted = words.sorted()
  for low in [0, 1, count / 20, count / 2, count - 2] {
    let found = words.withUnsafeBufferPointer { select($0, low, low + 1) }
    #expect(found.low == sorted[low], "seed \(seed)")
    #expect(found.high == sorted[low + 1], "seed \(seed)")
  }
}
