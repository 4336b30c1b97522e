/// A deterministic automaton that tells whether a text has a match anywhere: one table look-up a byte.
///
/// Made of the graph by the subset construction (M. Rabin and D. Scott, IBM Journal 3, 1959), for patterns
/// with few states; RE2 takes the others.
struct ByteAutomaton: Sendable {
  /// The next state for a state and a byte; states are numbered in steps of 256.
  private var table: [UInt16]
  /// By state number whether a text that ends there matches.
  private var matchesAtEnd: [Bool]
  private var start: UInt16 = 0

  /// The states that nothing leads out of, the two lowest: a match was found, or none can be.
  private static let found: UInt16 = 0
  private static let lost: UInt16 = 256
  /// State numbers fit into 16 bits.
  private static let mostStates = 255

  /// nil for a pattern that is not understood here or has too many states.
  init?(_ text: String) {
    guard let pattern = BytePatternParser.parse(text), let graph = ByteGraph(pattern) else {
      return nil
    }
    table = [UInt16](repeating: Self.found, count: 256)
    table += [UInt16](repeating: Self.lost, count: 256)
    matchesAtEnd = [true, false]
    guard let start = addStates(graph) else { return nil }
    self.start = start
  }

  /// Makes all states; the first one, or nil when there are too many.
  private mutating func addStates(_ graph: ByteGraph) -> UInt16? {
    var states: [Set<Int>: UInt16] = [:]
    var open: [Set<Int>] = []
    /// The number of a state, which is made where it is new.
    func state(_ steps: Set<Int>, _ automaton: inout ByteAutomaton, isStart: Bool) -> UInt16? {
      if steps.contains(0) { return Self.found }
      let atEnd = graph.reached(from: Array(steps), atStart: isStart, atEnd: true).contains(0)
      if steps.isEmpty { return Self.lost }
      if !isStart, let known = states[steps] { return known }
      guard automaton.matchesAtEnd.count < Self.mostStates else { return nil }
      let number = UInt16(automaton.matchesAtEnd.count * 256)
      automaton.table += [UInt16](repeating: Self.lost, count: 256)
      automaton.matchesAtEnd.append(atEnd)
      if !isStart { states[steps] = number }
      open.append(steps)
      return number
    }
    // A match may begin at every byte; only the first of them stands at the start of the text.
    let anywhere = graph.reached(from: [graph.start], atStart: false, atEnd: false)
    let first = graph.reached(from: [graph.start], atStart: true, atEnd: false)
    guard let start = state(first, &self, isStart: true) else { return nil }
    var done = 0
    while done < open.count {
      let steps = open[done]
      let row = (done + 2) * 256
      done += 1
      for (bytes, targets) in Self.moves(graph, steps) {
        let reached = graph.reached(from: targets, atStart: false, atEnd: false).union(anywhere)
        guard let next = state(reached, &self, isStart: false) else { return nil }
        for byte in bytes { table[row + Int(byte)] = next }
      }
    }
    return start
  }

  /// The bytes that lead from some steps to the same others, together.
  private static func moves(_ graph: ByteGraph, _ steps: Set<Int>) -> [([UInt8], [Int])] {
    var byTargets: [[Int]: [UInt8]] = [:]
    for byte in UInt8.min...UInt8.max {
      var targets: [Int] = []
      for step in steps {
        if case .byte(let set, let next) = graph.steps[step], set.contains(byte) {
          targets.append(next)
        }
      }
      byTargets[targets.sorted(), default: []].append(byte)
    }
    return byTargets.map { ($0.value, $0.key) }
  }

  /// The rows with a match; bits, spare bits of the last word 0.
  func match(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    table.withUnsafeBufferPointer { table in
      matchesAtEnd.withUnsafeBufferPointer { matchesAtEnd in
        for word in 0..<(count + 63) / 64 {
          var found: UInt64 = 0
          for row in word * 64..<min(count, word * 64 + 64) {
            var place = Int(rows.starts[row])
            let end = Int(rows.ends[row])
            var state = start
            while place < end {
              state = table[Int(state) &+ Int(rows.base[place])]
              if state <= Self.lost { break }
              place &+= 1
            }
            let isMatch: UInt64 = matchesAtEnd[Int(state &>> 8)] ? 1 : 0
            found |= isMatch &<< UInt64(truncatingIfNeeded: row & 63)
          }
          bits[word] = found
        }
      }
    }
  }
}
