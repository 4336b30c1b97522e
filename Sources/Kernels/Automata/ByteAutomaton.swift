import CKernels

/// A deterministic automaton that tells whether a text has a match anywhere: one table look-up a byte.
///
/// Made of the graph by the subset construction (M. Rabin and D. Scott, IBM Journal 3, 1959), for patterns
/// with few states; RE2 takes the others.
struct ByteAutomaton: Sendable {
  /// The next state for a state and a byte; states are numbered in steps of 256.
  private(set) var table: [UInt16]
  /// By state number 1 where a text that ends there matches, else 0.
  private(set) var matchesAtEnd: [UInt8]
  private(set) var start: UInt16 = 0

  /// The states that nothing leads out of, the two lowest: a match was found, or none can be.
  static let found: UInt16 = 0
  static let lost: UInt16 = 256
  /// State numbers fit into 16 bits.
  private static let mostStates = 255

  /// Whether texts are read from their end, for patterns whose matches all end there: few bytes are read.
  private let isBackward: Bool

  /// nil for a pattern that has too many states.
  init?(_ pattern: BytePattern) {
    isBackward = pattern.endsWithText && !pattern.startsWithText
    guard let graph = ByteGraph(isBackward ? pattern.reversed : pattern) else { return nil }
    table = [UInt16](repeating: Self.found, count: 256)
    table += [UInt16](repeating: Self.lost, count: 256)
    matchesAtEnd = [1, 0]
    guard let start = addStates(graph) else { return nil }
    self.start = start
  }

  /// What tells states from each other.
  private struct State: Hashable {
    /// Steps that are reached; those that wait for the next byte are among them.
    let steps: Set<Int>
    var isStart = false
    /// Whether the byte before belongs to a word; false where that does not matter.
    var isBehindWord = false

    func place(atEnd: Bool, beforeWord: Bool) -> ByteGraph.Place {
      ByteGraph.Place(atStart: isStart, atEnd: atEnd, isWordEdge: isBehindWord != beforeWord)
    }
  }

  /// Makes all states; the first one, or nil when there are too many.
  private mutating func addStates(_ graph: ByteGraph) -> UInt16? {
    var numbers: [State: UInt16] = [:]
    var open: [State] = []
    /// The number of a state, which is made where it is new.
    func number(_ state: State, _ automaton: inout ByteAutomaton) -> UInt16? {
      if state.steps.contains(0) { return Self.found }
      if state.steps.isEmpty { return Self.lost }
      if let known = numbers[state] { return known }
      guard automaton.matchesAtEnd.count < Self.mostStates else { return nil }
      let number = UInt16(automaton.matchesAtEnd.count * 256)
      automaton.table += [UInt16](repeating: Self.lost, count: 256)
      let atEnd = graph.reached(from: state.steps, state.place(atEnd: true, beforeWord: false))
      automaton.matchesAtEnd.append(atEnd.contains(0) ? 1 : 0)
      numbers[state] = number
      open.append(state)
      return number
    }
    let first = graph.reached(from: [graph.start], ByteGraph.Place(atStart: true))
    // What matches nothing but the empty text waits for its end.
    guard let start = number(State(steps: first, isStart: true), &self) else { return nil }
    // A match may begin at every byte; only the first of them stands at the start of the text.
    let anywhere = graph.reached(from: [graph.start], ByteGraph.Place())
    var done = 0
    while done < open.count {
      let row = (done + 2) * 256
      for move in Self.moves(graph, open[done]) {
        var next = State(steps: [0])
        if let targets = move.targets {
          let reached = graph.reached(from: targets, ByteGraph.Place()).union(anywhere)
          next = State(steps: reached, isBehindWord: graph.hasWordEdges && move.isWord)
        }
        guard let target = number(next, &self) else { return nil }
        for byte in move.bytes { table[row + Int(byte)] = target }
      }
      done += 1
    }
    return start
  }

  /// Bytes that lead from a state to the same steps; no steps where a match ends before them.
  private struct Move {
    let bytes: [UInt8]
    let isWord: Bool
    let targets: [Int]?
  }

  private static func moves(_ graph: ByteGraph, _ state: State) -> [Move] {
    var moves: [Move] = []
    for isWord in [false, true] {
      let steps = graph.reached(from: state.steps, state.place(atEnd: false, beforeWord: isWord))
      let kinds = graph.byteKinds.filter { ByteSet.wordCharacters.contains($0[0]) == isWord }
      if steps.contains(0) {
        moves.append(Move(bytes: kinds.flatMap { $0 }, isWord: isWord, targets: nil))
        continue
      }
      var byTargets: [[Int]: [UInt8]] = [:]
      for bytes in kinds {
        var targets: [Int] = []
        for step in steps {
          if case .byte(let set, let next) = graph.steps[step], set.contains(bytes[0]) {
            targets.append(next)
          }
        }
        byTargets[targets.sorted(), default: []] += bytes
      }
      moves += byTargets.map { Move(bytes: $0.value, isWord: isWord, targets: $0.key) }
    }
    return moves
  }
}

extension ByteAutomaton {
  /// Takes those rows out of some that have no match; bits.
  func match(_ rows: TextRows, count: Int, among bits: UnsafeMutablePointer<UInt64>) {
    ck_run_automaton(
      rows.base, rows.starts, rows.ends, count, table, matchesAtEnd, UInt32(start),
      isBackward ? 1 : 0, bits)
  }
}
