import Testing

@testable import Statistics

@Test func poissonAgreesWithItsSum() {
  for mean in [0.1, 1, 7.5, 30, 200] {
    var probability = 1.0
    var term = portableExp(-mean)
    for count in 0...400 where term > 1e-290 {
      let tail = poissonTail(atLeast: count, mean: mean)
      #expect(abs(tail - probability) < 1e-12, "\(count) \(mean)")
      #expect(abs(poissonBelow(atMost: count, mean: mean) - (1 - probability + term)) < 1e-12)
      probability -= term
      term *= mean / Double(count + 1)
    }
  }
}

@Test func negativeBinomialAgreesWithItsSum() {
  for (mean, dispersion) in [(3.0, 0.5), (40, 0.05), (0.5, 2), (100, 0.001)] {
    var rest = 1.0
    for count in 0...60 {
      let tail = negativeBinomialTail(atLeast: count, mean: mean, dispersion: dispersion)
      #expect(abs(tail - rest) < 1e-11, "\(count) \(mean) \(dispersion)")
      rest -= portableExp(lnNegativeBinomial(count, mean: mean, dispersion: dispersion))
    }
  }
  // Towards no dispersion it becomes Poisson's.
  let poisson = poissonTail(atLeast: 15, mean: 8)
  let nearly = negativeBinomialTail(atLeast: 15, mean: 8, dispersion: 1.1e-9)
  #expect(abs(nearly / poisson - 1) < 1e-7)
  #expect(negativeBinomialTail(atLeast: 15, mean: 8, dispersion: 0) == poisson)
}

@Test func farTailsKeepTheirLogarithm() {
  // P(Y ≥ 5000; 10) is about 10 to the power −12,900: only its logarithm exists.
  let value = lnPoissonTail(atLeast: 5000, mean: 10)
  let first = 5000 * portableLog(10) - 10 - lnGamma(5001)
  #expect(abs(value - first) < 0.01)
  #expect(poissonTail(atLeast: 5000, mean: 10) == 0)
  #expect(lnNegativeBinomialTail(atLeast: 100_000, mean: 10, dispersion: 0.1) < -5000)
  #expect(
    lnHypergeometricTail(atLeast: 4000, population: 1_000_000, marked: 5000, draws: 5000) < -20_000)
}

@Test func hypergeometricAgreesWithCounting() {
  // All subsets of 4 out of 9 items of which the first 5 are marked.
  var counts = [Int](repeating: 0, count: 5)
  for mask in 0..<512 where mask.nonzeroBitCount == 4 { counts[(mask & 31).nonzeroBitCount] += 1 }
  for atLeast in -1...6 {
    let subsets = counts.enumerated().filter { $0.offset >= atLeast }.map(\.element).reduce(0, +)
    let tail = hypergeometricTail(atLeast: atLeast, population: 9, marked: 5, draws: 4)
    #expect(abs(tail - Double(subsets) / 126) < 1e-13)
  }
  #expect(hypergeometricTail(atLeast: 1, population: 5, marked: 9, draws: 2).isNaN)
}

@Test func quantileRanksAgreeWithTheDefinition() {
  for count in [6, 7, 30, 101, 250] {
    for quantile in [0.1, 0.25, 0.5, 0.9] {
      func atMost(_ k: Int, _ q: Double) -> Double {
        var term = (0..<count).reduce(1.0) { product, _ in product * (1 - q) }
        var sum = 0.0
        for i in 0...max(0, k) where i <= k {
          sum += term
          term *= q / (1 - q) * Double(count - i) / Double(i + 1)
        }
        return sum
      }
      let low = (0...count).first { atMost($0, quantile) >= 0.025 } ?? 0
      let fromAbove = (0...count).first { atMost($0, 1 - quantile) >= 0.025 } ?? 0
      let ranks = quantileRanks(count: count, quantile: quantile)
      if low < 1 || fromAbove < 1 {
        #expect(ranks == nil)
      } else {
        #expect(ranks?.low == low && ranks?.high == count - fromAbove + 1, "\(count) \(quantile)")
      }
    }
  }
}

@Test func ranksOfManyValues() throws {
  let ranks = try #require(quantileRanks(count: 1_000_000_000))
  // n/2 − z √n / 2, give or take one.
  #expect(abs(Double(ranks.low) - (5e8 - normal95 * 1e9.squareRoot() / 2)) < 2)
  #expect(ranks.low + ranks.high == 1_000_000_001)
}

@Test func betaFunctionOfLargeArguments() {
  #expect(abs(lnBeta(5000, 3000) / -5295.355114672078 - 1) < 1e-13)
  #expect(abs(lnBeta(20.5, 1e9) / -383.9954488827456 - 1) < 1e-13)
}

@Test func incompleteFunctionsAtTheirEdges() {
  #expect(incompleteGamma(3, 0) == 0 && incompleteGamma(3, .infinity) == 1)
  #expect(incompleteGamma(-1, 2).isNaN && incompleteBeta(2, 1, 1).isNaN)
  #expect(incompleteBeta(0, 2, 3) == 0 && incompleteBeta(1, 2, 3) == 1)
  // I(x; 1, 1) = x and P(1, x) = 1 − exp(−x).
  for x in stride(from: 0.05, to: 1, by: 0.05) {
    #expect(abs(incompleteBeta(x, 1, 1) - x) < 1e-14)
    #expect(abs(incompleteGamma(1, 4 * x) - (1 - portableExp(-4 * x))) < 1e-14)
    #expect(abs(incompleteBeta(x, 50, 3) + incompleteBeta(1 - x, 3, 50) - 1) < 1e-13)
  }
}
