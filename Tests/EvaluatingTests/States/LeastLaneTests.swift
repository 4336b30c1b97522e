import Testing

@testable import Evaluating

@Test(arguments: [0, 1, 3, 4, 5, 64, 1_000]) func lanesFindTheLeastOfEachGroup(count: Int) {
  let lanes = LeastLanes()
  #expect(lanes.fits(64) && !lanes.fits(65))
  for flip in [Int64(0), -1] {
    var random = Seeded(UInt64(count))
    let values = (0..<count).map { _ in Int32(truncatingIfNeeded: random.next()) }
    let groups = (0..<count).map { _ in UInt32(random.below(60)) }
    var expected: [Int: Int64] = [:]
    for (group, value) in zip(groups, values) {
      let turned = Int64(value) ^ flip
      expected[Int(group)] = min(expected[Int(group)] ?? .max, turned)
    }
    // Twice: nothing of a block is left for the next.
    for _ in 0..<2 {
      var found: [Int: Int64] = [:]
      lanes.take(values, groups, count, flip: flip, groupCount: 64) { found[$0] = $1 }
      #expect(found == expected)
    }
  }
}
