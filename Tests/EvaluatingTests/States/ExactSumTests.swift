import Testing

@testable import Evaluating

private func exactSum(_ values: [Double]) -> (sum: Double, rest: Double) {
  sums(values).total(1)
}

private func sums(_ values: [Double]) -> ExactSums {
  let sums = ExactSums()
  sums.resize(to: 2)
  let groups = [UInt32](repeating: 1, count: values.count)
  values.withUnsafeBufferPointer { values in
    groups.withUnsafeBufferPointer { groups in
      if let start = values.baseAddress, let own = groups.baseAddress {
        sums.add(start, own, values.count)
      }
    }
  }
  return sums
}

@Test func sumsOfFloatsHaveNoRoundingError() {
  #expect(exactSum([]).sum == 0)
  #expect(exactSum([1e16, 1, -1e16]).sum == 1)
  #expect(exactSum([1e308, 1e308, -1e308]).sum == 1e308)
  #expect(exactSum([0.1, 0.2, 0.3, -0.6]).sum == 2.7755575615628914e-17)
  #expect(exactSum([-1e300, 1e-300]).sum == -1e300)
  let tiny = Double.leastNonzeroMagnitude
  #expect(exactSum([tiny, tiny, tiny]).sum == 3 * tiny)
  #expect(exactSum([-tiny, 1, -1]).sum == -tiny)
  // Half way between two doubles: to the even one; a hair above: up.
  #expect(exactSum([0x1p53, 1]).sum == 0x1p53)
  #expect(exactSum([0x1p53, 1, tiny]).sum == 0x1p53 + 2)
  #expect(exactSum([0x1p53 + 2, 1]).sum == 0x1p53 + 4)
  #expect(exactSum([0x1p53, 1]).rest == 1)
}

/// All rows of one group, against a group a row: of any size, with zeros, and with what is no number.
@Test(arguments: 0..<40) func sumsOfOneGroupAreThoseOfGroupedRows(seed: UInt64) {
  var random = Seeded(seed)
  let values = (0..<random.below(300)).map { _ -> Double in
    switch random.below(seed % 5 == 0 ? 30 : 4) {
    case 0: random.chance(50) ? 0 : -0.0
    case 1: Double.leastNonzeroMagnitude * Double(random.below(1_000))
    case 2: Double(random.below(1_000)) / 2 - 100
    case 29: [.infinity, -.infinity, .nan][random.below(3)]
    default: Double(bitPattern: random.next() & ~(1 << 62))
    }
  }
  let together = ExactSums()
  together.resize(to: 2)
  values.withUnsafeBufferPointer { values in
    if let start = values.baseAddress { together.add(start, values.count, toOne: 1) }
  }
  let (found, expected) = (together.total(1), exactSum(values))
  #expect(found.sum.bitPattern == expected.sum.bitPattern, "seed \(seed)")
  #expect(found.rest.bitPattern == expected.rest.bitPattern, "seed \(seed)")
}

@Test func sumsBeyondTheRangeAndOddValues() {
  #expect(exactSum([1e308, 1e308]).sum == .infinity)
  #expect(exactSum([-1e308, -1e308]).sum == -.infinity)
  #expect(exactSum([.infinity, 1]).sum == .infinity)
  #expect(exactSum([.infinity, -.infinity]).sum.isNaN)
  #expect(exactSum([.nan, 1]).sum.isNaN)
}

@Test(arguments: 0..<40) func sumsDoNotDependOnTheOrder(seed: UInt64) {
  var random = Seeded(seed)
  var values = (0..<200).map { _ in
    let exponent = Double(random.below(600) - 300)
    return Double.random(in: -1...1, using: &random)
      * Double(sign: .plus, exponent: Int(exponent), significand: 1)
  }
  // Pairs that cancel leave the small ones.
  values += values.prefix(150).map { -$0 }
  let first = exactSum(values)
  for _ in 0..<5 {
    values.shuffle(using: &random)
    #expect(exactSum(values).sum.bitPattern == first.sum.bitPattern, "seed \(seed)")
  }
}

@Test(arguments: 0..<40) func sumsOfFewBitsAreThoseOfAllDigits(seed: UInt64) {
  var random = Seeded(seed)
  let none = ExactSums.Wide(low: 0, carry: 0, power: 0)
  for _ in 0..<50 {
    let lowest = [-1074, -1060, -1022, -60, 0, 900][random.below(6)]
    let values = (0..<1 + random.below(6)).map { _ in
      Double(Int64.random(in: -(1 << 53)...(1 << 53), using: &random))
        * Double(sign: .plus, exponent: max(-1022, lowest), significand: 1)
        * Double(sign: .plus, exponent: random.below(60), significand: 1)
    }
    let sums = sums(values)
    let (short, long) = (sums.total(1), sums.total(1, with: none))
    #expect(short.sum.bitPattern == long.sum.bitPattern, "\(values)")
    #expect(short.rest.bitPattern == long.rest.bitPattern, "\(values)")
  }
}

/// A sum says the same however it was kept, down to what rounding leaves out: workers keep it differently.
@Test(arguments: 0..<40) func sumsAreTheSameHoweverTheyWereKept(seed: UInt64) {
  var random = Seeded(seed)
  for _ in 0..<50 {
    let bits = 1 + random.below(96)
    let low = Int128(truncatingIfNeeded: UInt128(random.next()) << 64 | UInt128(random.next()))
    let wide = ExactSums.Wide(
      low: low >> Int128(128 - bits), carry: 0, power: random.below(400) - 200)
    let kept = sums([])
    kept.add(wide, to: 1)
    let (added, apart) = (kept.total(1), sums([]).total(1, with: wide))
    // Half of it apart: then all digits are looked at.
    let half = ExactSums.Wide(low: wide.low >> 1, carry: 0, power: wide.power)
    let rest = ExactSums.Wide(low: wide.low - half.low, carry: 0, power: wide.power)
    let parts = sums([])
    parts.add(half, to: 1)
    for other in [apart, parts.total(1, with: rest)] {
      #expect(added.sum.bitPattern == other.sum.bitPattern, "seed \(seed), \(wide)")
      #expect(added.rest.bitPattern == other.rest.bitPattern, "seed \(seed), \(wide)")
    }
  }
}
