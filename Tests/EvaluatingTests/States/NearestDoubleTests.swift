import Testing

@testable import Evaluating

@Test(arguments: 1...4 as ClosedRange<UInt64>) func sumsBecomeTheNearestDouble(seed: UInt64) {
  var random = Seeded(seed)
  let edges: [Int128] = [Int128(Int64.max), Int128(Int64.min), 0, -1, 1 << 53, (1 << 53) + 1]
  var values = edges + edges.map { $0 + 1 } + edges.map { $0 - 1 }
  for _ in 0..<2000 {
    let wide = Int128(random.next()) << Int128(random.below(62))
    values.append(random.chance(50) ? wide : -wide)
  }
  for value in values {
    #expect(Double(nearest: value) == Double(value), "seed \(seed): \(value)")
  }
}
