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
    for row in 0..<n {
      for column in 0...row {
        var sum = factor[row * n + column]
        for index in 0..<column { sum -= factor[row * n + index] * factor[column * n + index] }
        if row == column {
          factor[row * n + row] = max(sum, 1e-12).squareRoot()
        } else {
          factor[row * n + column] = sum / factor[column * n + column]
        }
      }
    }
  }

  /// ln of the normal density of values of mean 0, less a constant, in O(n²).
  func lnDensity(_ values: [Double]) -> Double {
    var solved = values
    var density = 0.0
    for row in 0..<count {
      for index in 0..<row { solved[row] -= factor[row * count + index] * solved[index] }
      solved[row] /= factor[row * count + row]
      density -= solved[row] * solved[row] / 2 + log(factor[row * count + row])
    }
    return density
  }

  /// The lower triangle of the inverse of the matrix, in O(n³).
  func inverse() -> [Double] {
    let n = count
    // Columns of the inverse factor, stored as rows.
    var low = [Double](repeating: 0, count: n * n)
    for column in 0..<n {
      low[column * n + column] = 1 / factor[column * n + column]
      for row in (column + 1)..<max(column + 1, n) {
        var sum = 0.0
        for index in column..<row { sum -= factor[row * n + index] * low[column * n + index] }
        low[column * n + row] = sum / factor[row * n + row]
      }
    }
    var result = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for column in 0...row {
        var sum = 0.0
        for index in row..<n { sum += low[row * n + index] * low[column * n + index] }
        result[row * n + column] = sum
      }
    }
    return result
  }
}
