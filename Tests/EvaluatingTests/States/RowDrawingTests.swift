import Statistics
import Tasks
import Testing

@testable import Evaluating

/// The rows of the least numbers, against a sort of all.
@Test(arguments: [1, 2, 3] as [Int64])
func drawnRowsAreThoseOfTheLeastNumbers(seed: Int64) throws {
  for rowCount in [1, 2, 100, 16_384, 40_000] {
    var numbers = [UInt64](repeating: 0, count: rowCount)
    numbers.withUnsafeMutableBufferPointer {
      SplitMix64.write(UInt64(bitPattern: seed), from: 0, to: $0)
    }
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    for count in [0, 1, rowCount / 3, rowCount - 1, rowCount, rowCount + 5] {
      for threads in [1, 3] {
        let drawing = RowDrawing(seed: seed, rowCount: rowCount)
        let rows = try drawing.rows(count, Workers(count: threads))
        #expect(
          rows == order.prefix(count).sorted(), "seed \(seed): \(count) of \(rowCount) rows")
      }
    }
  }
}
