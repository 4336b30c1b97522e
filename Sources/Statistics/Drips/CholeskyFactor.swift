import CKernels
import Glibc

/// The Cholesky factor of a positive definite matrix, rows of a lower triangle.
struct CholeskyFactor {
  let count: Int
  private var factor: [Double]

  /// The factor of a matrix given by its lower triangle.
  ///
  /// O(n³).
  init(_ matrix: consuming [Double], _ n: Int) {
    count = n
    factor = matrix
    ck_cholesky(&factor, n)
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
      factor.withUnsafeBufferPointer { factor in
        guard let values = solution.baseAddress, let factor = factor.baseAddress else { return }
        for row in 0..<count {
          let own = factor + row * count
          values[row] = (values[row] - ck_dot(own, values, row)) / own[row]
        }
      }
    }
    return solution
  }

  /// The values whose product with the transposed factor is another column, in O(n²).
  func solvedTransposed(_ column: [Double]) -> [Double] {
    var solution = column
    solution.withUnsafeMutableBufferPointer { solution in
      factor.withUnsafeBufferPointer { factor in
        guard let values = solution.baseAddress, let factor = factor.baseAddress else { return }
        for row in (0..<count).reversed() {
          let own = factor + row * count
          values[row] /= own[row]
          ck_scaled_add(own, -values[row], values, row)
        }
      }
    }
    return solution
  }

  /// For each place, the solution of a column of ones from it on and zeros before, as rows of n numbers.
  ///
  /// O(n³).
  func solvedSteps() -> [Double] {
    var steps = [Double](repeating: 0, count: count * count)
    ck_solved_steps(factor, count, &steps)
    return steps
  }

  /// So many of the first numbers of one of these from its place on, fewer at the end; O(number²).
  func firstSteps(from place: Int, _ number: Int) -> [Double] {
    var values = [Double](repeating: 0, count: min(number, count - place))
    for index in values.indices {
      let row = (place + index) * count + place
      let sum = factor.withUnsafeBufferPointer { factor in
        factor.baseAddress.map { ck_dot($0 + row, values, index) } ?? 0
      }
      values[index] = (1 - sum) / factor[row + index]
    }
    return values
  }
}
