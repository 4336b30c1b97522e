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
    for value in inRanges(list(made, followed, evidence)).evidence { print(value) }
  }

  static func time(_ rows: Int) {
    var generator = SplitMix64(seed: 3)
    let followed = (0..<rows).map { 15_000 + Double($0) / Double(rows) * 4000 }
    let made = followed.map { max(13_228, $0 - generator.logNormal(median: 400, sigma: 1.3)) }
    let evidence = (0..<rows).map { _ in -4 + 2 * generator.normal() }
    let clock = ContinuousClock()
    let order = list(made, followed, evidence)
    var found = OrderEvidence(evidence: [], neighbourhoods: [:])
    let duration = clock.measure { found = inRanges(order) }
    print("\(rows) rows: \(duration), \(found.neighbourhoods.count) with evidence")
  }

  static func list(_ made: [Double], _ followed: [Double], _ evidence: [Double]) -> FollowRanks {
    let sorted = evidence.sorted()
    return FollowRanks(
      made: made, followed: followed, evidence: evidence, usual: sorted[sorted.count / 2])
  }

  /// In the ranges that `classify` takes.
  static func inRanges(_ order: FollowRanks) -> OrderEvidence {
    var whole = OrderEvidence(evidence: [], neighbourhoods: [:])
    for start in stride(from: 0, to: order.count, by: 1 << 16) {
      let part = order.evidence(of: start..<min(order.count, start + 1 << 16))
      whole.evidence += part.evidence
      whole.neighbourhoods.merge(part.neighbourhoods) { first, _ in first }
    }
    return whole
  }
}
