/// How much of one period's surprise the next one repeats, from 0 to 0.9.
///
/// The correlation of neighbouring standardised residuals, cut at 2.5 on both sides so that events do
/// not make it. 0 where fewer than 50 pairs are usable or where chance explains it (two standard
/// errors). A level that follows the counts hides some of it, so it errs to the small side.
func noiseCorrelation(_ counts: [Double], baseline: Baseline, usable: [Bool]) -> Double {
  var products = 0.0
  var squares = 0.0
  var pairs = 0.0
  var last: Double?
  for t in counts.indices {
    guard usable[t] else {
      last = nil
      continue
    }
    let mean = baseline.means[t]
    let deviation = (mean + baseline.dispersion * mean * mean).squareRoot()
    let residual = max(-2.5, min(2.5, (counts[t] - mean) / deviation))
    squares += residual * residual
    if let last {
      products += last * residual
      pairs += 1
    }
    last = residual
  }
  guard pairs >= 50, squares > 0 else { return 0 }
  let correlation = products / pairs / (squares / Double(usable.lazy.filter { $0 }.count))
  return correlation * pairs.squareRoot() > 2 ? min(0.9, correlation) : 0
}

/// By what the variance of a sum of correlated periods exceeds that of independent ones.
///
/// 1 + 2 Σ (1 − k / width) ρᵏ for a noise whose correlation falls off geometrically.
func varianceInflation(width: Int, correlation: Double) -> Double {
  guard correlation > 0, width > 1 else { return 1 }
  var sum = 0.0
  var power = 1.0
  for lag in 1..<width {
    power *= correlation
    sum += (1 - Double(lag) / Double(width)) * power
  }
  return 1 + 2 * sum
}
