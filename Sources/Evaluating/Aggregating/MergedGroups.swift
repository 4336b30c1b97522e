/// All groups of an aggregation, in order of first appearance.
struct MergedGroups: Sendable {
  /// States of disjoint sets of groups.
  let parts: [GroupStates]
  /// For each group of the result, its part and its number there.
  let places: Store<GroupPlace>
  /// For each part, the result's index of each number, or -1.
  let indexes: [Store<Int32>]
  /// The states of the workers, with the part and number that each of their groups went to; only
  /// where logs are to be read.
  let logged: [LoggedStates]
  /// The texts of each key's numbers.
  let texts: [UnifiedTexts?]

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
