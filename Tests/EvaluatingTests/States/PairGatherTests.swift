import Columns
import Testing

@testable import Evaluating

/// Rows of blocks put beside each other are what they were, for all forms of values.
@Suite struct PairGatherTests {
  /// Vectors of all forms, and the segments that they borrow from.
  private func vectors(_ count: Int, _ random: inout Seeded) -> ([Vector], [Segment]) {
    var segments: [Segment] = []
    let nulls = random.chance(50) ? 20 : 0
    func vector(_ type: DataType, _ make: (inout Seeded) -> Scalar) -> Vector {
      let cells = (0..<count).map { _ in random.chance(nulls) ? .null : make(&random) }
      let segment = Column(cells, of: type, segmentRows: count).segments[0]
      segments.append(segment)
      return Vector.of(segment: segment, type: type, rows: 0..<count)
    }
    let vectors = [
      vector(.int) { .int(Int64($0.below(50))) }, vector(.int) { .int(Int64($0.below(50)) << 9) },
      vector(.int) { .int(Int64($0.below(50)) << 22) },
      vector(.int) { .int(Int64($0.below(50)) << 50) },
      vector(.float) { .float(Double($0.below(50)) / 7) }, vector(.bool) { .bool($0.chance(50)) },
      vector(.string) { .string(["en", "es", "é"][$0.below(3)]) },
      vector(.string) { .string(String(repeating: "é", count: $0.below(40)) + "\($0.next())") },
      Vector(count: count, type: .int, storage: .constant(.int(7))),
      Vector(count: count, type: .string, storage: .constant(.null)),
    ]
    return (vectors, segments)
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func valuesAreTheSame(seed: UInt64) {
    var random = Seeded(seed)
    let count = 1 + random.below(300)
    let (vectors, segments) = vectors(count, &random)
    for vector in vectors {
      let gather = PairGather(vector.type, pairs: 500)
      for _ in 0..<3 {
        let rows = (0..<random.below(500)).map { _ in UInt32(random.below(count)) }
        rows.withUnsafeBufferPointer { rows in
          guard let start = rows.baseAddress else { return }
          let found = gather.vector(vector, start, rows.count)
          #expect(found.count == rows.count && found.type == vector.type)
          for (index, row) in rows.enumerated() {
            let (own, was) = (found.scalar(at: index), vector.scalar(at: Int(row)))
            #expect(own == was, "seed \(seed), row \(row)")
          }
        }
      }
    }
    withExtendedLifetime(segments) {}
  }
}
