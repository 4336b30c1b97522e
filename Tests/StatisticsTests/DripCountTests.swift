import CKernels
import Testing

@testable import Statistics

/// What a search for drips counts and solves, each against its plain twin.
@Suite struct DripCountTests {
  @Test(arguments: [0, 1, 7, 64, 1000], [1, 2] as [UInt64])
  func theStockIsCountedAsRowByRow(_ count: Int, _ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let day: Int32 = 900
    let edges: [Int32] = [.min, .max, day, day - 61, day - 60, day - 19_999, day - 20_000]
    let created = (0..<count).map { _ -> Int32 in
      generator.chance(0.2)
        ? edges[generator.integer(below: edges.count)]
        : day - Int32(generator.integer(below: 3000))
    }
    let flags = created.map { _ -> UInt8 in generator.chance(0.3) ? 1 : 0 }
    var (all, marked) = (stock(of: [5, 17]), stock(of: []))
    let flagged = ck_count_stock(created, flags, count, day, 61, 19_999, &all, &marked)
    let inside = created.indices.filter { DripList.isOfStock(created: created[$0], day: 900) }
    #expect(flagged == flags.reduce(0) { $0 + Int($1) }, "seed \(seed)")
    #expect(isSame(all, stock(of: [5, 17] + inside.map { created[$0] })), "seed \(seed)")
    let plain = stock(of: inside.filter { flags[$0] > 0 }.map { created[$0] })
    #expect(isSame(marked, plain), "seed \(seed)")
  }

  private func stock(of days: [Int32]) -> ck_stock {
    ck_stock(
      count: Int64(days.count), first: days.min() ?? .max, last: days.max() ?? .min)
  }

  private func isSame(_ one: ck_stock, _ other: ck_stock) -> Bool {
    (one.count, one.first, one.last) == (other.count, other.first, other.last)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 31], [3, 4] as [UInt64])
  func theFactorAndItsStepsAreThoseOfRowAfterRow(_ n: Int, _ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var matrix = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for column in 0..<row { matrix[row * n + column] = generator.uniform() }
      matrix[row * n + row] = Double(n) + generator.uniform()
    }
    let factor = CholeskyFactor(matrix, n)
    let plain = plainFactor(matrix, n)
    let steps = factor.solvedSteps()
    for place in 0..<n {
      let column = (0..<n).map { $0 < place ? 0.0 : 1.0 }
      let expected = plainSolution(plain, column, n)
      #expect(
        steps[place * n..<(place + 1) * n].elementsEqual(expected, by: isNear), "seed \(seed)")
      #expect(factor.solved(column).elementsEqual(expected, by: isNear), "seed \(seed)")
    }
  }

  private func isNear(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-12 * max(1, abs(other))
  }

  private func plainFactor(_ matrix: [Double], _ n: Int) -> [Double] {
    var factor = matrix
    for row in 0..<n {
      for column in 0...row {
        let sum = (0..<column).reduce(0.0) { $0 + factor[row * n + $1] * factor[column * n + $1] }
        let rest = factor[row * n + column] - sum
        factor[row * n + column] =
          column < row ? rest / factor[column * n + column] : rest.squareRoot()
      }
    }
    return factor
  }

  private func plainSolution(_ factor: [Double], _ column: [Double], _ n: Int) -> [Double] {
    var values = column
    for row in 0..<n {
      let sum = (0..<row).reduce(0.0) { $0 + factor[row * n + $1] * values[$1] }
      values[row] = (values[row] - sum) / factor[row * n + row]
    }
    return values
  }
}
