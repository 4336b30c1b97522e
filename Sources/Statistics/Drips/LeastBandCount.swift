import CKernels
import Glibc

/// The fewest followers of a bin that may be a band, and how many neighbours a small number of them allows.
///
/// The Poisson tail of a few followers needs neighbours that are far fewer than the ratio asks for. Up to some
/// number, half the slope times the followers above a base bounds twice the ratio times the expected count with
/// which the tail is small enough. The tail is at least its first term.
struct LeastBandCount {
  private(set) var count: Int
  /// Of no bound: twice the followers, as the ratio alone has it.
  private(set) var base = 0
  private(set) var slope = 4

  /// The numbers for the loop over bins.
  var kernel: ck_least_count {
    ck_least_count(count: Int32(count), base: Int32(base), slope: Int32(slope))
  }

  /// Larger counts than this are not bounded.
  private static let most = 1000
  /// A bound that rises faster is none to speak of.
  private static let steepest = 12

  init(_ thresholds: BandThresholds) {
    let counts = min(max(1, thresholds.count), Self.most)..<Self.most + 1
    // Where nobody is expected.
    count =
      counts.first { lnPoissonTail(atLeast: $0, mean: 0.5) < thresholds.lnP } ?? counts.lowerBound
    let base = count - 1
    let slope = (5...Self.steepest).first { slope in
      for count in count...Self.most {
        let allowed = slope * (count - base) / 2
        if allowed >= 2 * count { return true }
        // The least expected count beyond what is allowed.
        let expected = (Double(allowed) / (2 * thresholds.ratio)).rounded(.down) + 1
        if lnPoisson(count, mean: 1.25 * expected + 0.5) < thresholds.lnP { return false }
      }
      return false
    }
    if let slope { (self.base, self.slope) = (base, slope) }
  }
}

/// The logarithm of the chance of a count.
private func lnPoisson(_ count: Int, mean: Double) -> Double {
  Double(count) * log(mean) - mean - lnGamma(Double(count) + 1)
}
