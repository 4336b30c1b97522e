import CKernels
import Glibc

/// α of variance = mean + α mean², by the likelihood of counts of which those far above the mean are
/// known only to be far above.
///
/// Censoring makes contamination on one side harmless: a day of 10,000 says no more than a day beyond
/// its limit. The likelihood has one peak in α, which is climbed along a grid of 21 values, from the one
/// that the deviation of the counts is nearest to. Fewer than 14 usable counts: 0.1. Some four passes of a
/// logarithm a period, over at most 2,000 periods evenly taken, which fix α to a few per cent.
func censoredDispersion(_ counts: [Double], means: [Double], usable: [Bool]) -> Double {
  var days = counts.indices.filter { usable[$0] && counts[$0] >= 0 && means[$0] > 0 }
  if days.count > 2000 { days = (0..<2000).map { days[$0 * days.count / 2000] } }
  guard days.count >= 14 else { return 0.1 }
  let sample = CensoredCounts(counts, means: means, days: days)
  var best = dispersionGrid.lastIndex { $0 <= sample.roughDispersion } ?? 0
  var highest = sample.likelihood(dispersion: dispersionGrid[best])
  for step in [1, -1] {
    let start = best
    while dispersionGrid.indices.contains(best + step) {
      let likelihood = sample.likelihood(dispersion: dispersionGrid[best + step])
      guard likelihood > highest else { break }
      best += step
      highest = likelihood
    }
    if best != start { break }
  }
  return dispersionGrid[best]
}

/// The values that are tried.
let dispersionGrid = [
  0, 0.003, 0.006, 0.01, 0.015, 0.02, 0.03, 0.04, 0.055, 0.075, 0.1, 0.13, 0.17, 0.22, 0.3, 0.4,
  0.55, 0.75, 1, 1.5, 2,
]

/// Counts with their means, each exact or beyond a limit.
///
/// Of a count y with mean m and k = 1 / α the likelihood is that of Γ(y + k) / Γ(k) y!, which is looked up,
/// times (αm)^y / (1 + αm)^(y + k): one logarithm of 1 + αm a day and setting.
private struct CensoredCounts {
  private var exact: [Int] = []
  private var exactMeans: [Double] = []
  /// Counts too large to be looked up.
  private var large: [(count: Int, mean: Double)] = []
  private var beyond: [(limit: Int, mean: Double)] = []
  /// Of the exact ones: the sum of counts, of means, and of y ln m.
  private var sums = (counts: 0.0, means: 0.0, logarithms: 0.0)
  /// The dispersion that the middle deviation has.
  let roughDispersion: Double

  private static let largestKept = 4096

  init(_ counts: [Double], means: [Double], days: [Int]) {
    let residuals = days.map { (counts[$0] - means[$0]) / means[$0].squareRoot() }
    let deviation = 1.4826 * middleDistance(residuals)
    let inflation = max(1, deviation * deviation)
    roughDispersion = (inflation - 1) * Double(days.count) / days.reduce(0) { $0 + means[$1] }
    for day in days {
      let mean = means[day]
      let limit = (mean + 1.5 * (mean * inflation).squareRoot()).rounded(.up)
      if counts[day] > limit {
        beyond.append((Int(limit), mean))
      } else if counts[day] > Double(Self.largestKept) {
        large.append((Int(counts[day]), mean))
      } else {
        exact.append(Int(counts[day]))
        exactMeans.append(mean)
        sums.counts += counts[day]
        sums.means += mean
      }
    }
    for (count, logarithm) in zip(exact, logarithms(exactMeans)) {
      sums.logarithms += Double(count) * logarithm
    }
  }

  func likelihood(dispersion: Double) -> Double {
    let coefficients = lnCoefficients(upTo: exact.max() ?? 0, dispersion: dispersion)
    var sum = sums.logarithms
    for count in exact { sum += coefficients[count] }
    if dispersion > 0 {
      sum += sums.counts * log(dispersion)
      let rises = logarithms(exactMeans.map { 1 + dispersion * $0 })
      for (count, rise) in zip(exact, rises) { sum -= (1 / dispersion + Double(count)) * rise }
    } else {
      sum -= sums.means
    }
    for (count, mean) in large {
      sum += lnNegativeBinomial(count, mean: mean, dispersion: dispersion)
    }
    for (limit, mean) in beyond {
      sum += lnNegativeBinomialTail(atLeast: limit + 1, mean: mean, dispersion: dispersion)
    }
    return sum
  }
}

/// ln(Γ(y + k) / Γ(k) y!) with k = 1 / dispersion for y from 0; −ln y! without dispersion.
private func lnCoefficients(upTo largest: Int, dispersion: Double) -> [Double] {
  var values = logarithms(
    (0..<largest).map { y in
      (dispersion > 0 ? 1 / dispersion + Double(y) : 1) / Double(y + 1)
    })
  var sum = 0.0
  for y in values.indices {
    let rise = values[y]
    values[y] = sum
    sum += rise
  }
  return values + [sum]
}

private func logarithms(_ values: [Double]) -> [Double] {
  [Double](unsafeUninitializedCapacity: values.count) { logarithms, count in
    count = values.count
    if let logarithms = logarithms.baseAddress { ck_ln_f64(values, logarithms, count) }
  }
}

/// The middle distance of numbers from the middle one: the upper of two.
private func middleDistance(_ numbers: [Double]) -> Double {
  var values = numbers
  let center = values.select(rank: values.count / 2)
  for place in values.indices { values[place] = abs(values[place] - center) }
  return values.select(rank: values.count / 2)
}
