import Columns

/// How many bits the values have: Σ p log₂(1/p) over the shares of each.
func entropy(_ values: [Scalar]) -> Double {
  var counts: [ValueKey: Int] = [:]
  for value in values { counts[value.key, default: 0] += 1 }
  return counts.values.sorted().reduce(0) { sum, count in
    let p = Double(count) / Double(values.count)
    return sum - p * naturalLogarithm(p) / naturalLogarithm(2)
  }
}

private func numbers(_ values: [Scalar]) -> [Double] {
  values.map { $0.number ?? Double($0.integer ?? 0) }
}

/// Pearson's correlation: the mean product of deviations over those of each side.
func correlation(_ pairs: [(Scalar, Scalar)]) throws(ReferenceEnd) -> Scalar {
  let (x, y) = (numbers(pairs.map(\.0)), numbers(pairs.map(\.1)))
  if x.count < 2 { return .null }
  if !(x + y).allSatisfy(\.isFinite) { return .float(.nan) }
  if x.allSatisfy({ $0 == x[0] }) || y.allSatisfy({ $0 == y[0] }) {
    // A constant whose square is beyond all floats is NaN rather than null.
    if (x + y).contains(where: { $0.magnitude > 1e150 }) { throw .unsure }
    return .null
  }
  var (xx, yy, xy, size) = (0.0, 0.0, 0.0, 0.0)
  let (meanX, meanY) = (mean(x), mean(y))
  for (a, b) in zip(x, y) {
    xx += (a - meanX) * (a - meanX)
    yy += (b - meanY) * (b - meanY)
    xy += (a - meanX) * (b - meanY)
    size += ((a - meanX) * (b - meanY)).magnitude
  }
  // Where rounding shows: values far from zero and close together, and sums that cancel.
  for (side, spread) in [(x, xx), (y, yy)] {
    let largest = side.map(\.magnitude).max() ?? 0
    if largest > 1e70 || largest < 1e-70 || largest * largest * Double(x.count) > 1e4 * spread {
      throw .unsure
    }
  }
  if size > 1e4 * xy.magnitude { throw .unsure }
  return .float(min(1, max(-1, xy / (xx.squareRoot() * yy.squareRoot()))))
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// Half the mean difference of all pairs over the mean.
func gini(_ values: [Scalar]) throws(ReferenceEnd) -> Scalar {
  let numbers = numbers(values)
  if numbers.contains(where: { $0 < 0 }) { return .null }
  if !numbers.allSatisfy(\.isFinite) { return .float(.nan) }
  if numbers.allSatisfy({ $0 == 0 }) { return .null }
  if numbers.allSatisfy({ $0 == numbers[0] }) { return .float(0) }
  if numbers.contains(where: { $0 > 1e150 || $0 > 0 && $0 < 1e-150 }) { throw .unsure }
  var (differences, total) = (0.0, 0.0)
  for a in numbers {
    total += a
    for b in numbers { differences += (a - b).magnitude }
  }
  let n = Double(numbers.count)
  let result = differences / (2 * n * total)
  if result < 1e-4 { throw .unsure }
  return .float(result)
}

/// Bars from the least to the greatest in eight steps; of more than 20 values the means of 20 runs.
///
/// Unsure where a value that was computed lies on the edge between two bars.
func spark(_ values: [Scalar]) throws(ReferenceEnd) -> String {
  let all = numbers(values)
  if all.contains(where: { $0.isFinite && $0.magnitude > 1e300 }) { throw .unsure }
  let count = min(20, all.count)
  let bars = (0..<count).map { bar in
    let run = all[(bar * all.count / count)..<((bar + 1) * all.count / count)]
    return run.reduce(0, +) / Double(run.count)
  }
  let finite = bars.filter(\.isFinite)
  let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 0)
  let isExact = bars.allSatisfy { $0 == $0.rounded() && $0.magnitude < 0x1p50 }
  var text = ""
  for bar in bars {
    if bar.isNaN {
      text += " "
    } else if bars.allSatisfy({ $0 == bar }) {
      text += "▄"
    } else if bar.isInfinite {
      text += bar < 0 ? "▁" : "█"
    } else if least == greatest {
      text += "▄"
    } else {
      let step = (bar - least) / (greatest - least) * 8
      let isEdge = (step - step.rounded()).magnitude < 1e-6 && bar != least && bar != greatest
      if isEdge && !isExact { throw .unsure }
      text += ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][min(7, Int(step))]
    }
  }
  return text
}
