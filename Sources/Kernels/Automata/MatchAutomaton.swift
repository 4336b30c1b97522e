/// A deterministic automaton that tells at each byte whether a match ends there.
///
/// Its states are steps of the graph in the order in which RE2 prefers their matches; what comes behind a
/// match that is there already is left out (R. Cox, Regular Expression Matching in the Wild, 2010).
struct MatchAutomaton: Sendable {
  enum Search {
    /// Of the matches that begin first the preferred one, wherever it begins.
    case preferred
    /// All that begin at the first byte.
    case all
  }

  /// The next state for a state and a byte; states are numbered in steps of 256.
  private(set) var table: [UInt16]
  /// By state number: bit 0 whether a match ends here, bit 1 whether one does if the text ends here.
  private(set) var matches: [UInt8]
  /// The states of a text's first byte and of any other.
  private(set) var (start, inside): (UInt16, UInt16) = (0, 0)

  /// The state that nothing leads out of: no more matches.
  static let lost: UInt16 = 0
  private static let mostStates = 255

  /// nil for a pattern of too many states.
  init?(_ graph: ByteGraph, _ search: Search) {
    table = [UInt16](repeating: Self.lost, count: 256)
    matches = [0]
    var builder = Builder(graph: graph, search: search)
    let first = builder.state(after: [graph.start], isSearching: true, isStart: true)
    let other = builder.state(after: [graph.start], isSearching: true, isStart: false)
    guard let start = number(first, &builder), let inside = number(other, &builder) else {
      return nil
    }
    (self.start, self.inside) = (start, inside)
    var done = 0
    while done < builder.open.count {
      let row = (done + 1) * 256
      for (bytes, next) in builder.moves(builder.open[done]) {
        guard let target = number(next, &builder) else { return nil }
        for byte in bytes { table[row + Int(byte)] = target }
      }
      done += 1
    }
  }

  /// Whether no match begins with another one, so that all that begin at a place end at one place.
  var isPrefixFree: Bool {
    var isSeen = [Bool](repeating: false, count: matches.count)
    var open = matches.indices.filter { matches[$0] != 0 }
    while let state = open.popLast() {
      for next in Set(table[state * 256..<(state + 1) * 256]) where next != Self.lost {
        let next = Int(next >> 8)
        if matches[next] != 0 { return false }
        if !isSeen[next] { open.append(next) }
        isSeen[next] = true
      }
    }
    return true
  }

  /// The number of a state, which is made where it is new.
  private mutating func number(_ state: State, _ builder: inout Builder) -> UInt16? {
    if state.steps.isEmpty { return Self.lost }
    if let known = builder.numbers[state] { return known }
    guard matches.count < Self.mostStates else { return nil }
    let number = UInt16(matches.count * 256)
    table += [UInt16](repeating: Self.lost, count: 256)
    let atEnd = builder.graph.ordered(
      from: state.steps, ByteGraph.Place(atStart: state.isStart, atEnd: true))
    matches.append((state.steps.contains(0) ? 1 : 0) | (atEnd.contains(0) ? 2 : 0))
    builder.numbers[state] = number
    builder.open.append(state)
    return number
  }

  private struct State: Hashable {
    let steps: [Int]
    /// Whether a match may still begin.
    let isSearching: Bool
    let isStart: Bool
  }

  private struct Builder {
    let graph: ByteGraph
    let search: Search
    var numbers: [State: UInt16] = [:]
    var open: [State] = []

    /// The state in which one is at some steps.
    func state(after steps: [Int], isSearching: Bool, isStart: Bool) -> State {
      var steps = steps
      if isSearching && search == .preferred { steps.append(graph.start) }
      let reached = graph.ordered(from: steps, ByteGraph.Place(atStart: isStart))
      guard search == .preferred else {
        return State(steps: reached.sorted(), isSearching: false, isStart: isStart)
      }
      let match = reached.firstIndex(of: 0)
      let kept = match.map { Array(reached[...$0]) } ?? reached
      return State(steps: kept, isSearching: isSearching && match == nil, isStart: isStart)
    }

    /// The bytes that lead to the same state, together.
    func moves(_ state: State) -> [([UInt8], State)] {
      var byTargets: [[Int]: [UInt8]] = [:]
      for bytes in graph.byteKinds {
        let targets = state.steps.compactMap { step -> Int? in
          guard case .byte(let set, let next) = graph.steps[step], set.contains(bytes[0]) else {
            return nil
          }
          return next
        }
        byTargets[targets, default: []] += bytes
      }
      return byTargets.map { targets, bytes in
        (bytes, self.state(after: targets, isSearching: state.isSearching, isStart: false))
      }
    }
  }
}

extension MatchAutomaton {
  /// No place in a text.
  static let nowhere = UInt32.max

  /// Runs over texts, by plain pointers.
  struct Reader {
    fileprivate let table: UnsafePointer<UInt16>
    fileprivate let matches: UnsafePointer<UInt8>
    fileprivate let (start, inside): (UInt16, UInt16)
  }

  /// Calls `body` with a reader that is valid while it runs.
  func read(_ body: (Reader) -> Void) {
    table.withUnsafeBufferPointer { table in
      matches.withUnsafeBufferPointer { matches in
        guard let table = table.baseAddress, let matches = matches.baseAddress else { return }
        body(Reader(table: table, matches: matches, start: start, inside: inside))
      }
    }
  }
}

extension MatchAutomaton.Reader {
  /// Where the last match ends that is met on the way from a place in a text, or its start.
  @inline(__always)
  func lastEnd(
    _ base: UnsafePointer<UInt8>, _ first: UInt32, _ last: UInt32, isTextStart: Bool
  ) -> UInt32 {
    var state = isTextStart ? start : inside
    var place = first
    var found = MatchAutomaton.nowhere
    while state != MatchAutomaton.lost {
      let flags = matches[Int(state &>> 8)]
      if place == last { return flags & 2 != 0 ? place : found }
      found = flags & 1 != 0 ? place : found
      state = table[Int(state) &+ Int(base[Int(place)])]
      place &+= 1
    }
    return found
  }

  /// Where the longest match begins that is met on the way back from its end to a place in the text, or its
  /// start; `nowhere` without one.
  @inline(__always)
  func firstStart(
    _ base: UnsafePointer<UInt8>, _ first: UInt32, _ end: UInt32, isTextStart: Bool, isTextEnd: Bool
  ) -> UInt32 {
    let matchesAtFirst: UInt8 = isTextStart ? 2 : 1
    var state = isTextEnd ? start : inside
    var place = end
    var found = MatchAutomaton.nowhere
    while state != MatchAutomaton.lost {
      let flags = matches[Int(state &>> 8)]
      if place == first { return flags & matchesAtFirst != 0 ? place : found }
      found = flags & 1 != 0 ? place : found
      place &-= 1
      state = table[Int(state) &+ Int(base[Int(place)])]
    }
    return found
  }

  /// Where the first match ends that is met on the way from a place in a text; `last` without one.
  @inline(__always)
  func firstEnd(
    _ base: UnsafePointer<UInt8>, _ first: UInt32, _ last: UInt32, isTextStart: Bool
  ) -> UInt32 {
    var state = isTextStart ? start : inside
    var place = first
    while place < last, matches[Int(state &>> 8)] & 1 == 0 {
      state = table[Int(state) &+ Int(base[Int(place)])]
      place &+= 1
    }
    return place
  }

  /// As `firstEnd`, on the way back from a place behind a match, by the automaton of what is reversed.
  @inline(__always)
  func firstStart(
    _ base: UnsafePointer<UInt8>, _ last: UInt32, downTo first: UInt32, isTextEnd: Bool
  ) -> UInt32 {
    var state = isTextEnd ? start : inside
    var place = last
    while place > first, matches[Int(state &>> 8)] & 1 == 0 {
      place &-= 1
      state = table[Int(state) &+ Int(base[Int(place)])]
    }
    return place
  }
}
