import Tasks

/// All groups of an aggregation, in order of first appearance where somebody asks for it.
struct MergedGroups: Sendable {
  /// States of disjoint sets of groups.
  let parts: [GroupStates]
  /// For each group of the result, its part and its number there.
  let places: Store<GroupPlace>
  /// For each part, the result's index of each number, or -1; empty where no logs are read.
  private let indexes: [Store<Int32>]
  /// The states of the workers, with the part and number that each of their groups went to; only
  /// where logs are to be read.
  let logged: [LoggedStates]
  /// The texts of each key's numbers.
  let texts: [KeyTexts?]
  /// Keeps texts alive that states refer to.
  private var owner: ScatteredParts?

  /// The groups of parts that have a row, and the one group of no keys in any case.
  init(
    _ parts: [GroupStates], _ logged: [LoggedStates], texts: [KeyTexts?],
    _ layout: AggregationLayout, _ workers: Workers
  ) throws(EvaluationFailure) {
    self.parts = parts
    self.logged = logged
    self.texts = texts
    let total = parts.reduce(1) { $0 + $1.firsts.count }
    let keepsAll = layout.grouping.keys.isEmpty
    places =
      layout.isOrderFree
      ? MergedGroups.inAnyOrder(parts, total, keepsAll: keepsAll)
      : try MergedGroups.inOrder(parts, total, keepsAll: keepsAll, workers)
    if logged.isEmpty {
      indexes = []
      return
    }
    indexes = parts.map { Store<Int32>(repeating: -1, count: max(2, $0.firsts.count)) }
    for index in 0..<places.count {
      let place = places.pointer[index]
      indexes[Int(place.part)].pointer[Int(place.group)] = Int32(truncatingIfNeeded: index)
    }
  }

  /// The same, for texts that lie in scattered rows.
  func keeping(_ parts: ScatteredParts) -> MergedGroups {
    var kept = self
    kept.owner = parts
    return kept
  }

  private static func inAnyOrder(
    _ parts: [GroupStates], _ total: Int, keepsAll: Bool
  ) -> Store<GroupPlace> {
    let places = Store<GroupPlace>(undefined: total)
    var count = 0
    for (part, states) in parts.enumerated() {
      let firsts = states.firsts.pointer
      for group in stride(from: 1, to: states.firsts.count, by: 1) {
        places.pointer[count] = GroupPlace(
          part: UInt32(truncatingIfNeeded: part), group: UInt32(truncatingIfNeeded: group))
        count &+= keepsAll || firsts[group] != GroupStates.none ? 1 : 0
      }
    }
    places.setCount(count)
    return places
  }

  /// By the first row of each.
  private static func inOrder(
    _ parts: [GroupStates], _ total: Int, keepsAll: Bool, _ workers: Workers
  ) throws(EvaluationFailure) -> Store<GroupPlace> {
    let pairs = Store<SortPair>(capacity: total)
    for (part, states) in parts.enumerated() {
      for group in stride(from: 1, to: states.firsts.count, by: 1) {
        let first = states.firsts.pointer[group]
        if first == GroupStates.none && !keepsAll { continue }
        pairs.append(SortPair(word: UInt64(bitPattern: first), place: part << 32 | group))
      }
    }
    let sorted = try RadixSort(pairs, workers).sorted()
    let places = Store<GroupPlace>(undefined: max(1, sorted.count))
    places.setCount(sorted.count)
    for index in 0..<sorted.count {
      let place = sorted.pointer[index].place
      places.pointer[index] = GroupPlace(
        part: UInt32(truncatingIfNeeded: place >> 32),
        group: UInt32(truncatingIfNeeded: place & 0xFFFF_FFFF))
    }
    return places
  }

  var count: Int { places.count }

  /// The result's index of a worker's group; -1 where it has none.
  func index(_ states: LoggedStates, _ group: UInt32) -> Int32 {
    let part = states.partOf.map { Int($0.pointer[Int(group)]) } ?? 0
    let number = states.numberOf.map { Int($0.pointer[Int(group)]) } ?? Int(group)
    return indexes[part].pointer[number]
  }

  /// The result's index of each of a worker's groups; -1 where it has none.
  func indexes(of states: LoggedStates) -> Store<Int32> {
    let count = states.states.firsts.count
    let all = Store<Int32>(repeating: -1, count: max(1, count))
    for group in 0..<count { all.pointer[group] = index(states, UInt32(truncatingIfNeeded: group)) }
    return all
  }
}

/// The place of a group: which part, and which number in it.
struct GroupPlace: BitwiseCopyable, Sendable {
  let part: UInt32
  let group: UInt32
}

/// States whose logs are to be read, and where their groups went; nil: to the same numbers of part 0.
struct LoggedStates: Sendable {
  let states: GroupStates
  let partOf: Store<UInt8>?
  let numberOf: Store<UInt32>?
}
