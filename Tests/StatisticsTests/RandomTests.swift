import Glibc
import Statistics
import Testing

@Test func splitMixIsThePublishedOne() {
  var generator = SplitMix64(seed: 1_234_567)
  let first: [UInt64] = [
    6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
  ]
  #expect((0..<5).map { _ in generator.next() } == first)
}

@Test func portableMathIsTheLibrarys() {
  var generator = SplitMix64(seed: 9)
  for _ in 0..<20_000 {
    let x = Double(bitPattern: generator.next() >> 1)
    if x.isFinite, x >= Double.leastNormalMagnitude {
      #expect(abs(portableLog(x) - log(x)) <= 4e-16 * max(1e-3, abs(log(x))))
    }
    let y = (generator.uniform() - 0.5) * 1400
    #expect(abs(portableExp(y) - exp(y)) <= 6e-16 * exp(y))
    let z = 0.5 + generator.uniform()
    #expect(abs(portableLog(z) - log(z)) <= 4e-16 * abs(log(z)))
  }
  #expect(portableLog(0) == -.infinity && portableLog(-1).isNaN && portableLog(1) == 0)
  #expect(portableExp(0) == 1 && portableExp(-1e9) == 0 && portableExp(1e9) == .infinity)
}

/// Mean and variance of draws against those of the distribution, at six standard errors.
private func check(
  _ name: String, mean: Double, variance: Double, kurtosis: Double = 6,
  _ draw: (inout SplitMix64) -> Double
) {
  var generator = SplitMix64(seed: 2024)
  let count = 40_000
  let draws = (0..<count).map { _ in draw(&generator) }
  let average = draws.reduce(0, +) / Double(count)
  let spread = draws.map { ($0 - average) * ($0 - average) }.reduce(0, +) / Double(count)
  let n = Double(count)
  #expect(abs(average - mean) < 6 * (variance / n).squareRoot(), "mean of \(name)")
  #expect(abs(spread / variance - 1) < 6 * (kurtosis / n).squareRoot(), "variance of \(name)")
}

@Test func samplersHaveTheirMoments() {
  check("uniform", mean: 0.5, variance: 1.0 / 12) { $0.uniform() }
  check("normal", mean: 0, variance: 1) { $0.normal() }
  check("gamma 10", mean: 1, variance: 0.1) { $0.gamma(shape: 10, mean: 1) }
  check("gamma 0.5", mean: 2, variance: 8, kurtosis: 15) { $0.gamma(shape: 0.5, mean: 2) }
  check("poisson 3", mean: 3, variance: 3) { Double($0.poisson(mean: 3)) }
  check("poisson 12", mean: 12, variance: 12) { Double($0.poisson(mean: 12)) }
  check("poisson 4000", mean: 4000, variance: 4000) { Double($0.poisson(mean: 4000)) }
  check("integer", mean: 4.5, variance: 8.25) { Double($0.integer(below: 10)) }
  check("log-normal", mean: 0, variance: 1.69) {
    portableLog($0.logNormal(median: 400, sigma: 1.3) / 400)
  }
}

@Test func poissonHasItsShape() {
  // Chi-square of the counts of 50,000 draws at mean 15, against its 99.99 % point for 25 cells.
  var generator = SplitMix64(seed: 77)
  var counts = [Double](repeating: 0, count: 40)
  for _ in 0..<50_000 { counts[min(39, generator.poisson(mean: 15))] += 1 }
  var chiSquare = 0.0
  for k in 4...27 {
    let chance = poissonTail(atLeast: k, mean: 15) - poissonTail(atLeast: k + 1, mean: 15)
    let expected = 50_000 * chance
    chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected
  }
  #expect(chiSquare < 58)
}

@Test func sameSeedSameNumbers() {
  var generator = SplitMix64(seed: 42)
  var hash: UInt64 = 0
  for _ in 0..<2000 {
    for value in [
      generator.normal(), generator.logNormal(median: 3, sigma: 1),
      generator.gamma(shape: 0.7, mean: 2), Double(generator.poisson(mean: 50)),
    ] {
      hash = (hash ^ value.bitPattern) &* 0x100_0000_01B3
    }
  }
  #expect(hash == 11_508_182_638_235_715_754)
}

@Test func integersStayInRange() {
  var generator = SplitMix64(seed: 1)
  #expect(generator.integer(below: 0) == 0 && generator.integer(below: -5) == 0)
  for _ in 0..<1000 { #expect((3...5).contains(generator.integer(in: 3...5))) }
}

@Test(arguments: [0, 1, 99, .max] as [UInt64]) func manyNumbersAreThoseOfOneByOne(seed: UInt64) {
  var generator = SplitMix64(seed: seed)
  let plain = (0..<200).map { _ in generator.next() }
  for (place, count) in [(0, 200), (1, 7), (130, 33), (199, 1)] {
    var many = [UInt64](repeating: 0, count: count)
    many.withUnsafeMutableBufferPointer { SplitMix64.write(seed, from: place, to: $0) }
    #expect(many == Array(plain[place..<place + count]), "seed \(seed), \(place), \(count)")
  }
}
