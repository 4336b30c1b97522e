/// Ridge logistic regression on cells: every row has one cell in every term, or none.
struct LogisticFitting {
  /// Of each term, the cell of every row; one past the last is "missing".
  let cells: [[UInt8]]
  /// Of each term, how many cells.
  let sizes: [Int]
  let fake: [Bool]
  let weights: [Double]

  /// In how many parts cross-validation leaves out.
  static let parts = 5

  struct Fit {
    var intercept: Double
    var weights: [Double]
  }

  /// What cross-validation finds at a ridge.
  struct LeftOut {
    let ridge: Double
    /// The weight of evidence of every row by the fit that left it out.
    let evidence: [Double]
    /// The weighted logistic loss of it.
    let loss: Double
  }

  /// Every row judged by a fit that left out its part.
  func leftOut(ridge: Double, folds: [Int]) -> LeftOut {
    var evidence = [Double](repeating: 0, count: fake.count)
    for part in 0..<LogisticFitting.parts {
      let fit = fit(ridge: ridge, leaving: part, folds: folds)
      for row in evidence.indices where folds[row] == part {
        evidence[row] = self.evidence(of: row, fit)
      }
    }
    let loss = evidence.indices.reduce(0) { sum, row in
      let margin = fake[row] ? evidence[row] : -evidence[row]
      return sum + weights[row] * softplus(-margin)
    }
    return LeftOut(ridge: ridge, evidence: evidence, loss: loss)
  }

  /// The fit of least penalised loss over the rows outside a part.
  func fit(ridge: Double, leaving part: Int?, folds: [Int]) -> Fit {
    let rows = fake.indices.filter { part == nil || folds[$0] != part }
    let starts = sizes.reduce(into: [1]) { $0.append(($0.last ?? 1) + $1) }
    let count = starts.last ?? 1
    var theta = [Double](repeating: 0, count: count)
    for _ in 0..<40 {
      var system = NormalEquations(count: count)
      addPenalty(ridge, starts: starts, theta: theta, to: &system)
      for row in rows { addRow(row, starts: starts, theta: theta, to: &system) }
      guard let step = system.solution() else { break }
      // A step of more than 4 in a weight is a sign of a flat start: shorten all of it.
      let longest = step.reduce(0) { max($0, abs($1)) }
      let scale = longest > 4 ? 4 / longest : 1
      for index in 0..<count { theta[index] += scale * step[index] }
      if longest < 1e-9 { break }
    }
    return Fit(intercept: theta[0], weights: Array(theta.dropFirst()))
  }

  private func evidence(of row: Int, _ fit: Fit) -> Double {
    var sum = fit.intercept
    var start = 0
    for term in cells.indices {
      let cell = Int(cells[term][row])
      if cell < sizes[term] { sum += fit.weights[start + cell] }
      start += sizes[term]
    }
    return sum
  }

  /// The gradient and curvature of a row's loss.
  private func addRow(
    _ row: Int, starts: [Int], theta: [Double], to system: inout NormalEquations
  ) {
    var places = [0]
    var sum = theta[0]
    for term in cells.indices {
      let cell = Int(cells[term][row])
      guard cell < sizes[term] else { continue }
      places.append(starts[term] + cell)
      sum += theta[starts[term] + cell]
    }
    let chance = 1 / (1 + portableExp(-sum))
    let residual = weights[row] * ((fake[row] ? 1 : 0) - chance)
    let curvature = weights[row] * chance * (1 - chance)
    for (index, place) in places.enumerated() {
      system.right[place] += residual
      for other in places[...index] { system.add(curvature, at: place, other) }
    }
  }

  /// A ridge on every weight and on the step between neighbours; a tiny one on the intercept.
  private func addPenalty(
    _ ridge: Double, starts: [Int], theta: [Double], to system: inout NormalEquations
  ) {
    system.pull(0, by: 1e-6, from: theta[0])
    for (term, size) in sizes.enumerated() {
      for cell in 0..<size {
        let place = starts[term] + cell
        system.pull(place, by: ridge, from: theta[place])
        guard cell > 0 else { continue }
        let step = theta[place] - theta[place - 1]
        system.add(ridge, at: place, place)
        system.add(ridge, at: place - 1, place - 1)
        system.add(-ridge, at: place, place - 1)
        system.right[place] -= ridge * step
        system.right[place - 1] += ridge * step
      }
    }
  }
}

/// ln(1 + eˣ) without overflow.
private func softplus(_ x: Double) -> Double {
  max(x, 0) + portableLog(1 + portableExp(-abs(x)))
}

/// A symmetric positive definite system of equations: its lower triangle and right side.
struct NormalEquations {
  private let count: Int
  private var lower: [Double]
  var right: [Double]

  init(count: Int) {
    self.count = count
    lower = Array(repeating: 0, count: count * count)
    right = Array(repeating: 0, count: count)
  }

  /// Adds to the entry of a row and a column, the row at or below the column.
  mutating func add(_ value: Double, at row: Int, _ column: Int) {
    lower[max(row, column) * count + min(row, column)] += value
  }

  /// A ridge that pulls an unknown's present value towards 0.
  mutating func pull(_ place: Int, by ridge: Double, from value: Double) {
    add(ridge, at: place, place)
    right[place] -= ridge * value
  }

  /// The solution by Cholesky's decomposition; nil where the matrix is not positive definite.
  ///
  /// O(n³).
  func solution() -> [Double]? {
    var factor = lower
    for row in 0..<count {
      for column in 0...row {
        var sum = factor[row * count + column]
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        if row == column {
          guard sum > 0 else { return nil }
          factor[row * count + row] = sum.squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    var solution = right
    for row in 0..<count {
      for k in 0..<row { solution[row] -= factor[row * count + k] * solution[k] }
      solution[row] /= factor[row * count + row]
    }
    for row in (0..<count).reversed() {
      for k in (row + 1)..<max(count, row + 1) {
        solution[row] -= factor[k * count + row] * solution[k]
      }
      solution[row] /= factor[row * count + row]
    }
    return solution
  }
}
