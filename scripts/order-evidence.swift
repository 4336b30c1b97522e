// Order evidence of a list, for scripts/evaluate-batches.py, which compiles this with Sources/Statistics.
//
// Reads a follower a line, oldest first: made, followed (days), weight of evidence. Prints the order
// evidence of each. With `time ROWS`: the seconds it takes for so many made-up followers, one thread.

@main
struct OrderEvidenceTool {
  static func main() {
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == "time", let rows = Int(arguments[2]) {
      time(rows)
    } else {
      read()
    }
  }

  static func read() {
    var made: [Double] = []
    var followed: [Double] = []
    var evidence: [Double] = []
    while let line = readLine() {
      let numbers = line.split(separator: " ").map { Double($0) ?? .nan }
      made.append(numbers[0])
      followed.append(numbers[1])
      evidence.append(numbers[2])
    }
    for value in inRanges(made, followed, evidence).evidence { print(value) }
  }

  static func time(_ rows: Int) {
    var generator = SplitMix64(seed: 3)
    let followed = (0..<rows).map { 15_000 + Double($0) / Double(rows) * 4000 }
    let made = followed.map { max(13_228, $0 - generator.logNormal(median: 400, sigma: 1.3)) }
    let evidence = (0..<rows).map { _ in -4 + 2 * generator.normal() }
    let clock = ContinuousClock()
    var found = OrderEvidence(evidence: [], neighbourhoods: [:])
    let duration = clock.measure { found = inRanges(made, followed, evidence) }
    print("\(rows) rows: \(duration), \(found.neighbourhoods.count) with evidence")
  }

  /// The order evidence of a list in its order, in the ranges that `classify` takes; all dates are days.
  static func inRanges(
    _ made: [Double], _ followed: [Double], _ evidence: [Double]
  ) -> OrderEvidence {
    func times(_ days: [Double]) -> [Int64] {
      days.map { $0.isNaN ? .min : Int64($0 * 86_400_000_000) }
    }
    let rows = (0..<evidence.count).map(Int32.init)
    var dates = [FollowDates](repeating: .zero, count: rows.count)
    FollowDates.write(created: times(made), followed: times(followed), to: &dates)
    let usual = evidence.sorted()[evidence.count / 2]
    var whole = OrderEvidence(evidence: [], neighbourhoods: [:])
    rows.withUnsafeBufferPointer { rows in
      dates.withUnsafeBufferPointer { dates in
        evidence.withUnsafeBufferPointer { evidence in
          guard let dates = dates.baseAddress, let evidence = evidence.baseAddress else { return }
          let ranks = FollowRanks(rows: rows, dates: dates, evidence: evidence, usual: usual)
          for start in stride(from: 0, to: rows.count, by: 1 << 16) {
            let part = ranks.evidence(of: start..<min(rows.count, start + 1 << 16))
            whole.evidence += part.evidence
            whole.neighbourhoods.merge(part.neighbourhoods) { first, _ in first }
          }
        }
      }
    }
    return whole
  }
}
