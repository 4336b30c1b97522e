import Glibc
import Testing

@testable import Statistics

@Test(arguments: [1, 2, 3] as [UInt64]) func theDensestWindowIsTheFirstOfTheMost(_ seed: UInt64) {
  var generator = SplitMix64(seed: seed)
  for size in [1, 2, 17, 60, 700] {
    let values = (0..<size).map { _ in Double(generator.integer(below: 90)) }.sorted()
    for width in [1.0, 7.0, 30.0, 200.0] {
      let counts = values.map { first in values.count { $0 >= first && $0 - first < width } }
      let most = counts.max() ?? 0
      let found = densestWindow(values, width: width)
      #expect(found.count == most, "seed \(seed), \(values), \(width)")
      #expect(values[found.first] == values[counts.firstIndex(of: most) ?? 0], "seed \(seed)")
    }
  }
  #expect(densestWindow([], width: 7) == (0, 0))
}

@Test func profilesAreCountedByTheWholePartOfTheirLogarithm() {
  var generator = SplitMix64(seed: 5)
  let values =
    [-1, .nan, 0, .infinity] + (0..<400).map { _ in floor(exp(14 * generator.uniform())) }
  let plain = values.map { value -> Int in
    guard value >= 0 else { return 11 }
    let scaled = log1p(value)
    return scaled < 0.001 ? 0 : Int(min(10, 1 + (scaled - 0.001).rounded(.down)))
  }
  #expect(ProfileHistogram.bins(values).map(Int.init) == plain)
}
