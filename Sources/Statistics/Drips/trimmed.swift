import Glibc

/// A segment cut to the weeks in which its bands supply followers.
///
/// Windows come in a few lengths only. Within eight weeks around the segment, the stretch of weeks whose
/// followers from the bands stand out most from the rest, by the Poisson likelihood ratio of M. Kulldorff's
/// scan statistic (Comm. Statist. 26, 1997). A segment seen by the low-quality share alone stays as it is.
/// O(rows + weeks²).
func trimmed(_ segment: DripSegment, _ counts: CreationCounts) -> DripSegment {
  guard !segment.bands.isEmpty else { return segment }
  let first = max(0, segment.start / 7 - 8)
  let last = min((counts.dayCount - 1) / 7, segment.end / 7 + 8)
  let days = CreationDays(segment.bands)
  let weekly = (first...last).map { week in
    counts.count(
      week: week, days,
      // None that had just signed up; of low quality only, where those showed it.
      isLowQualityOnly: segment.channels.contains(.lowQualityBands))
  }
  guard let best = densestStretch(weekly) else { return segment }
  var result = segment
  result.start = (first + best.lowerBound) * 7
  result.end = min(counts.dayCount - 1, (first + best.upperBound) * 7 + 6)
  result.followers = counts.perDay[result.start...result.end].reduce(0, +)
  result.excess = min(result.excess, Double(result.followers))
  return result
}

/// The stretch with the greatest likelihood ratio of more followers than in the rest.
private func densestStretch(_ counts: [Int]) -> ClosedRange<Int>? {
  let total = Double(counts.reduce(0, +))
  let length = Double(counts.count)
  var best: (ratio: Double, stretch: ClosedRange<Int>)?
  for start in counts.indices {
    var sum = 0.0
    for end in start..<counts.count {
      sum += Double(counts[end])
      let expected = total * Double(end - start + 1) / length
      guard sum > expected, expected < total else { continue }
      let rest = total - sum
      let outside = rest > 0 ? rest * log(rest / (total - expected)) : 0
      let ratio = sum * log(sum / expected) + outside
      if ratio > best?.ratio ?? 0 { best = (ratio, start...end) }
    }
  }
  return best?.stretch
}
