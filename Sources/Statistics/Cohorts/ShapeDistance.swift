import Glibc

/// Histograms of one profile number, by the whole part of ln(1 + v): eleven bins, the first for 0.
struct ProfileHistogram {
  private(set) var bins = [Double](repeating: 0, count: 11)
  private(set) var total = 0.0

  static func bin(_ value: Double) -> Int? {
    guard value >= 0 else { return nil }
    let scaled = log1p(value)
    return scaled < 0.001 ? 0 : min(10, 1 + Int(scaled - 0.001))
  }

  mutating func add(bin: Int) {
    bins[bin] += 1
    total += 1
  }

  init() {}

  init(_ values: [Double]) {
    for value in values {
      if let bin = ProfileHistogram.bin(value) { add(bin: bin) }
    }
  }

  /// Of bins, −1 where there is none.
  init(bins: [Int]) {
    for bin in bins where bin >= 0 { add(bin: bin) }
  }

  /// The total variation between those above the expected and the usual ones, from 0 to 1.
  ///
  /// `expectedShare` of the histogram is taken to be usual followers and is subtracted first.
  func distance(to usual: ProfileHistogram, expectedShare: Double) -> Double {
    guard total > 0, usual.total > 0 else { return 0 }
    var excess = [Double](repeating: 0, count: bins.count)
    for bin in bins.indices {
      let normal = min(0.9, expectedShare) * total * usual.bins[bin] / usual.total
      excess[bin] = max(0, bins[bin] - normal)
    }
    let sum = max(excess.reduce(0, +), 1e-9)
    var distance = 0.0
    for bin in bins.indices { distance += abs(excess[bin] / sum - usual.bins[bin] / usual.total) }
    return distance / 2
  }
}

/// How far the numbers of a cohort are from those of usual followers, beyond what chance makes.
///
/// The total variation of each number, averaged, less the same of samples of usual followers; nil where
/// no number is known on both sides. `samples` holds places in the usual followers.
func shapeDistance(_ input: CohortInput, samples: [[Int]]) -> Double? {
  let share = input.expected / Double(max(1, input.cohort.count))
  var distances: [Double] = []
  for (cohort, usual) in shapeColumns(input.cohort, input.usual) {
    let bins = usual.map { ProfileHistogram.bin($0) ?? -1 }
    let reference = ProfileHistogram(bins: bins)
    let found = ProfileHistogram(cohort)
    guard found.total > 0, reference.total > 0 else { continue }
    var chance = 0.0
    for sample in samples {
      var histogram = ProfileHistogram()
      for place in sample where bins[place] >= 0 { histogram.add(bin: bins[place]) }
      chance += histogram.distance(to: reference, expectedShare: share)
    }
    distances.append(
      found.distance(to: reference, expectedShare: share) - chance / Double(samples.count))
  }
  return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
}

/// The numbers that both sides know.
private func shapeColumns(_ a: FollowerProfiles, _ b: FollowerProfiles)
  -> [([Double], [Double])]
{
  let pairs: [([Double]?, [Double]?)] = [
    (a.statuses, b.statuses), (a.followers, b.followers), (a.friends, b.friends), (a.ages, b.ages),
  ]
  return pairs.compactMap { first, second in
    guard let first, let second else { return nil }
    return (first, second)
  }
}
