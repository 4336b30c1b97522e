import Glibc

/// α of variance = mean + α mean², by the likelihood of counts of which those far above the mean are
/// known only to be far above.
///
/// Censoring makes contamination on one side harmless: a day of 10,000 says no more than a day beyond
/// its limit. The likelihood has one peak in α, so a search by thirds of a grid of 21 values suffices.
/// Fewer than 14 usable counts: 0.1. About seven passes of two logarithms a period, over at most 2,000
/// periods evenly taken, which fix α to a few per cent.
func censoredDispersion(_ counts: [Double], means: [Double], usable: [Bool]) -> Double {
  var days = counts.indices.filter { usable[$0] && counts[$0] >= 0 && means[$0] > 0 }
  if days.count > 2000 { days = (0..<2000).map { days[$0 * days.count / 2000] } }
  guard days.count >= 14 else { return 0.1 }
  let sample = CensoredCounts(counts, means: means, days: days)
  var low = 0
  var high = dispersionGrid.count - 1
  var known = [Int: Double]()
  func likelihood(_ place: Int) -> Double {
    if let value = known[place] { return value }
    let value = sample.likelihood(dispersion: dispersionGrid[place])
    known[place] = value
    return value
  }
  while high - low > 2 {
    let third = (high - low) / 3
    if likelihood(low + third) < likelihood(high - third) {
      low += third
    } else {
      high -= third
    }
  }
  let best = (low...high).max { likelihood($0) < likelihood($1) }
  return dispersionGrid[best ?? low]
}

private let dispersionGrid = [
  0, 0.003, 0.006, 0.01, 0.015, 0.02, 0.03, 0.04, 0.055, 0.075, 0.1, 0.13, 0.17, 0.22, 0.3, 0.4,
  0.55, 0.75, 1, 1.5, 2,
]

/// Counts with their means, each exact or beyond a limit.
private struct CensoredCounts {
  var exact: [(count: Int, mean: Double)] = []
  var beyond: [(limit: Int, mean: Double)] = []

  init(_ counts: [Double], means: [Double], days: [Int]) {
    var residuals = SortedResiduals(days.map { (counts[$0] - means[$0]) / means[$0].squareRoot() })
    let deviation = 1.4826 * residuals.medianDistance()
    let inflation = max(1, deviation * deviation)
    for day in days {
      let mean = means[day]
      let limit = (mean + 1.5 * (mean * inflation).squareRoot()).rounded(.up)
      if counts[day] <= limit {
        exact.append((Int(counts[day]), mean))
      } else {
        beyond.append((Int(limit), mean))
      }
    }
  }

  func likelihood(dispersion: Double) -> Double {
    let largest = min(exact.lazy.map(\.count).max() ?? 0, 4096)
    let coefficients = lnCoefficients(upTo: largest, dispersion: dispersion)
    var sum = 0.0
    for (count, mean) in exact {
      if count <= largest {
        sum += coefficients[count]
        sum +=
          dispersion > 0
          ? -log1p(dispersion * mean) / dispersion
            + Double(count) * log(dispersion * mean / (1 + dispersion * mean))
          : Double(count) * log(mean) - mean
      } else {
        sum += lnNegativeBinomial(count, mean: mean, dispersion: dispersion)
      }
    }
    for (limit, mean) in beyond {
      sum += lnNegativeBinomialTail(atLeast: limit + 1, mean: mean, dispersion: dispersion)
    }
    return sum
  }
}

/// ln(Γ(y + k) / Γ(k) y!) with k = 1 / dispersion for y from 0; −ln y! without dispersion.
private func lnCoefficients(upTo largest: Int, dispersion: Double) -> [Double] {
  var values = [0.0]
  values.reserveCapacity(largest + 1)
  var sum = 0.0
  for y in stride(from: 0, to: largest, by: 1) {
    let rise = dispersion > 0 ? (1 / dispersion + Double(y)) / Double(y + 1) : 1 / Double(y + 1)
    sum += log(rise)
    values.append(sum)
  }
  return values
}

/// Numbers whose median distance from their median is asked for once.
private struct SortedResiduals {
  private var values: [Double]

  init(_ values: [Double]) { self.values = values }

  mutating func medianDistance() -> Double {
    let center = middle()
    for place in values.indices { values[place] = abs(values[place] - center) }
    return middle()
  }

  private mutating func middle() -> Double {
    values.sort()
    return values.isEmpty ? 0 : values[values.count / 2]
  }
}
