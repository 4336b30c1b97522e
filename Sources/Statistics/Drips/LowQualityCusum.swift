import Glibc

/// A stretch of days with a raised share of low quality.
struct ShareRise {
  /// Days, the end included.
  var days: ClosedRange<Int>
  var excess: Double
  /// The height of the sum at its peak.
  var height: Double
}

/// Settings of the cumulative sum.
package struct CusumSettings: Sendable {
  package var oddsRatio = 2.0
  package var alarm = 15.0
  /// How far the share of a rise must lie above the usual one: shares wander by 3 to 5 points.
  package var rise = 0.08
}

/// Rises of the share of low quality, by a cumulative sum.
///
/// Page, "Continuous inspection schemes", Biometrika 41 (1954), in binomial log likelihood ratios.
/// Part 4b of the method: the share of the days t − 150 … t − 22 against twice its odds; the reference
/// is frozen while the sum is above 0. `counts` are followers a day, `marked` those of low quality,
/// masked days 0 of both. O(days).
func shareRises(counts: [Int], marked: [Int], _ settings: CusumSettings) -> [ShareRise] {
  let (all, low) = (runningSums(counts), runningSums(marked))
  var rises: [ShareRise] = []
  var sum = 0.0
  var share = 0.0
  var start = 0
  var peak: (height: Double, day: Int) = (0, 0)
  func close() {
    if peak.height > settings.alarm, peak.day >= start {
      let n = Double(all[peak.day + 1] - all[start])
      let k = Double(low[peak.day + 1] - low[start])
      if k >= (share + settings.rise) * n {
        rises.append(
          ShareRise(
            days: start...peak.day, excess: (k - share * n) / (1 - share), height: peak.height))
      }
    }
    sum = 0
    peak = (0, 0)
  }
  for day in 60..<max(60, counts.count) {
    if sum <= 0 {
      let (from, to) = (max(0, day - 150), day - 21)
      let n = all[to] - all[from]
      guard n >= 30 else { continue }
      share = Double(low[to] - low[from] + 1) / Double(n + 2)
      start = day
      peak = (0, day)
    }
    let raised = settings.oddsRatio * share / (1 - share + settings.oddsRatio * share)
    let (n, k) = (Double(counts[day]), Double(marked[day]))
    sum = max(0, sum + k * log(raised / share) + (n - k) * log((1 - raised) / (1 - share)))
    if sum > peak.height { peak = (sum, day) }
    if sum <= 0 || sum < peak.height - 10 { close() }
  }
  close()
  return rises
}

/// Sums of all before each place, and of all at the end.
private func runningSums(_ counts: [Int]) -> [Int] {
  var sums = [0]
  for count in counts { sums.append(sums[sums.count - 1] + count) }
  return sums
}
