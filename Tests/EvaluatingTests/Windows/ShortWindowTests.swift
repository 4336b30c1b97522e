import Testing

@testable import Evaluating

/// Windows of both kinds of lanes against sorted arrays.
@Test func sortedWindowsReplaceNumbers() {
  check(Int32.self, seed: 1) { Int32.random(in: -5...5, using: &$0) }
  check(Int32.self, seed: 2) { Bool.random(using: &$0) ? .max : .min }
  check(Int32.self, seed: 3) { Int32.random(in: .min ... .max, using: &$0) }
  check(Double.self, seed: 4) { Double(Int.random(in: -5...5, using: &$0)) / 2 }
  check(Double.self, seed: 5) { Bool.random(using: &$0) ? .infinity : -.infinity }
}

private func check<Lane: WindowLane>(
  _ type: Lane.Type, seed: UInt64, _ make: (inout Seeded) -> Lane
) {
  var random = Seeded(seed)
  for size in [1, 2, 3, 4, 7, 8, 9, 16, 51, 128] {
    let vectors = (size + Lane.perVector - 1) / Lane.perVector
    var window = [Lane](repeating: Lane.greatest, count: (vectors + 1) * Lane.perVector)
    var numbers: [Lane] = []
    for _ in 0..<4 * size {
      let put = make(&random)
      var taken = Lane.greatest
      if numbers.count == size { taken = numbers.remove(at: numbers.count / 2) }
      numbers.append(put)
      numbers.sort()
      Lane.replace(taken, by: put, in: &window, vectors: vectors)
      #expect(Array(window.prefix(numbers.count)) == numbers, "\(type), \(size) places")
      #expect(window.dropFirst(numbers.count).allSatisfy { $0 == Lane.greatest })
    }
  }
}
