import Testing

@testable import Statistics

@Test(arguments: [UInt64(1), 2, 3]) func radixSortingIsSorting(seed: UInt64) {
  var generator = SplitMix64(seed: seed)
  for count in [0, 1, 1999, 2000, 2500, 20_000] {
    var numbers: [Double] = []
    for _ in 0..<count {
      switch generator.integer(below: 5) {
      // Any bits that are no NaN; small whole numbers; both zeros; the infinities; fractions.
      case 0:
        let any = Double(bitPattern: generator.next())
        numbers.append(any.isNaN ? -1.5 : any)
      case 1: numbers.append(Double(generator.integer(below: 50)) - 25)
      case 2: numbers.append(generator.integer(below: 2) == 0 ? 0 : -0.0)
      case 3: numbers.append(generator.integer(below: 2) == 0 ? .infinity : -.infinity)
      default: numbers.append(Double(generator.integer(below: 1 << 40)) / 1024)
      }
    }
    #expect(risingNumbers(numbers) == numbers.sorted(), "seed \(seed), \(count) numbers")
  }
  #expect(risingNumbers([Double](repeating: 7, count: 5000)) == [Double](repeating: 7, count: 5000))
}

@Test(arguments: [UInt64(1), 2, 3]) func numbersOfARankAreThoseInOrder(seed: UInt64) {
  var generator = SplitMix64(seed: seed)
  for count in [1, 64, 65, 3000, 20_000] {
    let kinds: [() -> Double] = [
      { Double(generator.integer(below: 3000)) / 100 - 16 },
      { Double(generator.integer(below: 4)) },
      { generator.normal() * 1e-300 },
      { generator.integer(below: 3) == 0 ? -.infinity : Double(generator.integer(below: 1 << 50)) },
    ]
    for kind in kinds {
      let numbers = (0..<count).map { _ in kind() }
      let sorted = numbers.sorted()
      for rank in [0, count / 2, count - 1, generator.integer(below: count)] {
        #expect(
          number(ofRank: rank, among: numbers) == sorted[rank], "seed \(seed), \(rank) of \(count)")
      }
    }
  }
  #expect(number(ofRank: 4999, among: [Double](repeating: 7, count: 5000)) == 7)
}
