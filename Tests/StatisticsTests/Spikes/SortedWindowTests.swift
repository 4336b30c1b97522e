import Testing

@testable import Statistics

/// A window in order and its clipped mean, against sorted arrays.
@Suite struct SortedWindowTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func whatIsMovedStaysInOrder(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var window = SortedWindow()
    var held: [Double] = []
    for _ in 0..<1500 {
      let other = generator.chance(0.6) ? Double(generator.integer(below: 40)) / 4 : nil
      var value: Double?
      if !held.isEmpty, generator.chance(0.5) {
        value = held.remove(at: generator.integer(below: held.count))
      }
      if let other { held.append(other) }
      window.move(taking: value, putting: other)
      held.sort()
      #expect(window.withValues { [Double]($0) } == held, "seed \(seed)")
      #expect(window.withValues(clippedMean) == plainClippedMean(held), "seed \(seed), \(held)")
    }
    window.removeAll()
    #expect(window.count == 0 && window.median == 0)
    window.insert(3)
    #expect(window.median == 3)
  }

  private func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let place = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[place] : (sorted[place - 1] + sorted[place]) / 2
  }

  private func plainClippedMean(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    var level = middle(values)
    for _ in 0..<4 {
      let center = level
      let spread = max(
        1.4826 * middle(values.map { abs($0 - center) }), max(level, 0.2).squareRoot())
      level = values.reduce(0) { $0 + min($1, center + 2.5 * spread) } / Double(values.count)
    }
    return level
  }
}
