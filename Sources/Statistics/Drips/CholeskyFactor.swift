import CKernels
import Glibc

/// The Cholesky factor of a positive definite matrix, rows of a lower triangle.
struct CholeskyFactor {
  private let count: Int
  private var factor: [Double]

  /// The factor of a matrix given by its lower triangle.
  ///
  /// O(n³).
  init(_ matrix: [Double], _ n: Int) {
    count = n
    factor = matrix
    factor.withUnsafeMutableBufferPointer { factor in
      guard let start = factor.baseAddress else { return }
      for row in 0..<n {
        let own = start + row * n
        for column in 0..<row {
          let other = start + column * n
          own[column] = (own[column] - ck_dot(own, other, column)) / other[column]
        }
        own[row] = max(own[row] - ck_dot(own, own, row), 1e-12).squareRoot()
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
    solve(&solution, from: 0)
    return solution
  }

  /// For each place, the solution of a column of ones from it on and zeros before, as rows of n numbers.
  ///
  /// O(n³).
  func solvedSteps() -> [Double] {
    var steps = [Double](repeating: 0, count: count * count)
    for place in 0..<count {
      var column = [Double](repeating: 0, count: place)
      column.append(contentsOf: repeatElement(1, count: count - place))
      solve(&column, from: place)
      steps.replaceSubrange(place * count..<(place + 1) * count, with: column)
    }
    return steps
  }

  /// Forward substitution; everything before a place is 0.
  private func solve(_ column: inout [Double], from place: Int) {
    factor.withUnsafeBufferPointer { factor in
      column.withUnsafeMutableBufferPointer { column in
        guard let start = factor.baseAddress, let values = column.baseAddress else { return }
        for row in place..<count {
          let own = start + row * count
          let sum = ck_dot(own + place, values + place, row - place)
          values[row] = (values[row] - sum) / own[row]
        }
      }
    }
  }
}
