/// A run of periods found in one or both channels.
struct FoundRun {
  var start: Int
  var end: Int
  var q: Double
  var channel: SpikeEvent.Channel
}

/// A window without the end periods that are no higher than usual; nil where none is.
///
/// Usual is what lies within one deviation of its mean, or adds less than a seventh of what the periods of the
/// window add on average; so is what adds less than a seventh of the most, unless that is more than three deviations,
/// and than three: a long window likes to take in its neighbours.
func trimmed(_ window: FoundWindow, counts: [Double], baseline: Baseline) -> FoundWindow? {
  var window = window
  let added = (window.start...window.end).map { counts[$0] - baseline.means[$0] }
  let average = added.reduce(0, +) / Double(added.count)
  let most = added.max() ?? 0
  func isUsual(_ t: Int) -> Bool {
    let mean = baseline.means[t]
    let deviation = (mean + baseline.dispersion * mean * mean).squareRoot()
    let own = counts[t] - mean
    return own <= max(0.15 * mean, deviation, 0.15 * average)
      || own <= min(max(3, 3 * deviation), 0.15 * most)
  }
  while window.start <= window.end, isUsual(window.end) { window.end -= 1 }
  while window.start <= window.end, isUsual(window.start) { window.start += 1 }
  return window.start <= window.end ? window : nil
}

/// Runs at most one period apart as one, in order of time.
func merged(_ runs: [FoundRun], observed: [Bool]) -> [FoundRun] {
  var result: [FoundRun] = []
  for run in runs.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
    guard var last = result.last, run.start <= last.end + 2,
      run.start <= last.end || observed[(last.end + 1)..<run.start].allSatisfy({ $0 })
    else {
      result.append(run)
      continue
    }
    last.end = max(last.end, run.end)
    last.q = min(last.q, run.q)
    if last.channel != run.channel { last.channel = .both }
    result[result.count - 1] = last
  }
  return result
}
