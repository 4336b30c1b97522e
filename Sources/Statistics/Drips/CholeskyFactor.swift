import CKernels
import Glibc

/// The Cholesky factor of a positive definite matrix, rows of a lower triangle.
struct CholeskyFactor {
  private let count: Int
  private var factor: [Double]

  /// Rows worked on side by side, as a sum waits for the one before it in its own row alone.
  private static let side = 4

  /// The factor of a matrix given by its lower triangle.
  ///
  /// O(n³).
  init(_ matrix: [Double], _ n: Int) {
    count = n
    factor = matrix
    factor.withUnsafeMutableBufferPointer { factor in
      guard let start = factor.baseAddress else { return }
      for first in stride(from: 0, to: n, by: Self.side) {
        let end = min(n, first + Self.side)
        for column in 0..<end {
          let other = start + column * n
          if column >= first {
            other[column] = max(other[column] - ck_dot(other, other, column), 1e-12).squareRoot()
          }
          for row in max(first, column + 1)..<max(end, column + 1) {
            let own = start + row * n
            own[column] = (own[column] - ck_dot(own, other, column)) / other[column]
          }
        }
      }
    }
  }

  /// ln of the normal density, less a constant, of values of mean 0 that were solved for.
  func lnDensity(solved: [Double]) -> Double {
    (0..<count).reduce(0) { density, row in
      density - solved[row] * solved[row] / 2 - log(factor[row * count + row])
    }
  }

  /// The values whose product with the factor is another column, in O(n²).
  func solved(_ column: [Double]) -> [Double] {
    var solution = column
    solution.withUnsafeMutableBufferPointer { solution in
      guard let values = solution.baseAddress else { return }
      for row in 0..<count { solve(values, row: row, from: 0) }
    }
    return solution
  }

  /// For each place, the solution of a column of ones from it on and zeros before, as rows of n numbers.
  ///
  /// O(n³).
  func solvedSteps() -> [Double] {
    var steps = [Double](repeating: 0, count: count * count)
    for place in 0..<count {
      for row in place..<count { steps[place * count + row] = 1 }
    }
    steps.withUnsafeMutableBufferPointer { steps in
      guard let start = steps.baseAddress else { return }
      for first in stride(from: 0, to: count, by: Self.side) {
        for row in first..<count {
          for place in first..<min(first + Self.side, row + 1) {
            solve(start + place * count, row: row, from: place)
          }
        }
      }
    }
    return steps
  }

  /// Forward substitution of one row, once those before it are solved; everything before a place is 0.
  private func solve(_ values: UnsafeMutablePointer<Double>, row: Int, from place: Int) {
    factor.withUnsafeBufferPointer { factor in
      guard let own = factor.baseAddress.map({ $0 + row * count }) else { return }
      let sum = ck_dot(own + place, values + place, row - place)
      values[row] = (values[row] - sum) / own[row]
    }
  }
}
