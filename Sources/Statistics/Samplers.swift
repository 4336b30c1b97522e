// Draws from distributions, the same on every machine: arithmetic, square roots, `portableLog` and
// `portableExp` only.

extension SplitMix64 {
  /// A standard normal number, by inversion: one draw of the generator each.
  package mutating func normal() -> Double {
    // The middle of one of 2⁵³ equal steps: never 0 or 1.
    normalQuantile((Double(next() &>> 12) + 0.5) * 0x1p-52)
  }

  /// A log-normal number by its median and the deviation of its logarithm.
  package mutating func logNormal(median: Double, sigma: Double) -> Double {
    median * portableExp(sigma * normal())
  }

  /// A gamma number of a shape and a mean; both positive, else 0.
  ///
  /// G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000).
  package mutating func gamma(shape: Double, mean: Double) -> Double {
    guard shape > 0, mean > 0 else { return 0 }
    if shape < 1 {
      let boosted = gamma(shape: shape + 1, mean: shape + 1)
      return boosted * portableExp(portableLog(1 - uniform()) / shape) * mean / shape
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if portableLog(1 - uniform()) < 0.5 * x * x + d - d * v + d * portableLog(v) {
        return d * v * mean / shape
      }
    }
  }

  /// A Poisson number of a mean, which counts as 1e15 above it; 0 when it is not positive.
  package mutating func poisson(mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    return mean < 10 ? smallPoisson(mean) : largePoisson(min(mean, 1e15))
  }

  /// By counting uniform factors.
  ///
  /// D. E. Knuth, "The Art of Computer Programming" 2, 3.4.1.
  private mutating func smallPoisson(_ mean: Double) -> Int {
    let limit = portableExp(-mean)
    var product = uniform()
    var count = 0
    while product > limit {
      product *= uniform()
      count += 1
    }
    return count
  }

  /// By rejection from a transformed uniform number.
  ///
  /// W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance:
  /// Mathematics and Economics 12 (1993), PTRS.
  private mutating func largePoisson(_ mean: Double) -> Int {
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let accepted = 0.9277 - 3.6224 / (b - 2)
    let lnMean = portableLog(mean)
    while true {
      let u = uniform() - 0.5
      let v = 1 - uniform()
      let us = 0.5 - abs(u)
      guard us > 0 else { continue }
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07 && v <= accepted { return Int(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let left = portableLog(v * inverseAlpha / (a / (us * us) + b))
      if left <= k * lnMean - mean - lnFactorial(k) { return Int(k) }
    }
  }
}

/// ln k! for a whole k ≥ 0 by Stirling's series, shifted above 9.
private func lnFactorial(_ k: Double) -> Double {
  if k < 10 {
    var product = 1.0
    for factor in stride(from: 2.0, through: k, by: 1) { product *= factor }
    return portableLog(product)
  }
  let inverse = 1 / k
  let square = inverse * inverse
  let correction = inverse * (1.0 / 12 - square * (1.0 / 360 - square / 1260))
  return (k + 0.5) * portableLog(k) - k + 0.9189385332046727 + correction
}
