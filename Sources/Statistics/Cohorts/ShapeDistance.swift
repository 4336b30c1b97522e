import CKernels
import Glibc

/// Histograms of one profile number, by the whole part of ln(1 + v): eleven bins, the first for 0.
struct ProfileHistogram {
  let bins: [Double]
  let total: Double

  private static let binCount = 11
  /// Where each bin but the first begins: a thousandth above a whole number of ln(1 + v).
  private static let edges = (0..<(binCount - 1)).map { expm1(Double($0) + 0.001) }

  /// The bin of each value; the number of bins for one that is negative or unknown.
  static func bins(_ values: [Double]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: values.count) { bins, count in
      count = values.count
      guard let bins = bins.baseAddress else { return }
      ck_bins_f64(values, values.count, edges, edges.count, bins)
    }
  }

  /// Of bins as above.
  init(_ bins: [UInt8]) { self.init(bins, count: bins.count) { $0 } }

  /// Of the bins at some places.
  init(_ bins: [UInt8], at places: [Int]) { self.init(bins, count: places.count) { places[$0] } }

  /// Four counts a bin side by side: none waits for the one before it.
  @inline(__always)
  private init(_ bins: [UInt8], count: Int, _ place: (Int) -> Int) {
    let counts = withUnsafeTemporaryAllocation(of: Int.self, capacity: 4 * 16) { counts in
      counts.initialize(repeating: 0)
      bins.withUnsafeBufferPointer { bins in
        for index in 0..<count {
          counts[Int(bins[place(index)]) &* 4 &+ index & 3] &+= 1
        }
      }
      return (0..<Self.binCount).map { bin in (0..<4).reduce(0) { $0 + counts[bin * 4 + $1] } }
    }
    self.bins = counts.map(Double.init)
    total = self.bins.reduce(0, +)
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
    let bins = ProfileHistogram.bins(usual)
    let reference = ProfileHistogram(bins)
    let found = ProfileHistogram(ProfileHistogram.bins(cohort))
    guard found.total > 0, reference.total > 0 else { continue }
    var chance = 0.0
    for sample in samples {
      let histogram = ProfileHistogram(bins, at: sample)
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
