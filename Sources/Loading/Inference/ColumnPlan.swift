import Calendars
import Formats
import Synchronization

/// How the cells of one column are read, as far as is known.
struct ColumnPlan: Sendable {
  let traits: ColumnTraits
  /// What occurs in the sample and in the chunks that are surely part of the text.
  var kinds: CellKinds = []
  var type = CellType.nothing
  /// How most times are written.
  var format = ParsedTime.Format.isoSeconds
  /// Whether text is kept as codes into a dictionary.
  var usesCodes = false

  init(traits: ColumnTraits) { self.traits = traits }

  /// Takes note of values; the type follows when it is sure.
  mutating func note(_ seen: CellKinds) {
    kinds.formUnion(seen)
    let wanted = CellType(of: kinds, traits: traits)
    if wanted != .string || CellType.isSettled(kinds, traits: traits) { type = wanted }
  }

  /// The type that holds the values of this plan and these.
  func type(with seen: CellKinds) -> CellType {
    CellType(of: kinds.union(seen), traits: traits)
  }
}

/// The plans of all columns of a table, shared by the workers.
final class PlanBoard: Sendable {
  private struct State {
    var plans: [ColumnPlan]
    var names: [String]
    /// The position of each name; the first of equal ones.
    var positions: [String: Int]
  }

  private let state: Mutex<State>
  private let traits: @Sendable (String) -> ColumnTraits

  /// Takes the plans of the columns known so far, their names, and what a name says of a later one.
  init(
    _ plans: [ColumnPlan], names: [String], traits: @escaping @Sendable (String) -> ColumnTraits
  ) {
    var positions: [String: Int] = [:]
    for (position, name) in names.enumerated() where positions[name] == nil {
      positions[name] = position
    }
    state = Mutex(State(plans: plans, names: names, positions: positions))
    self.traits = traits
  }

  var current: [ColumnPlan] { state.withLock { $0.plans } }
  var names: [String] { state.withLock { $0.names } }

  /// The column of a name, unless it is one of those taken; a new one when there is none.
  func column(_ name: String, besides taken: [Int]) -> Int {
    state.withLock { state in
      if let position = state.positions[name], !taken.contains(position) { return position }
      var free = name
      var number = 2
      while state.positions[free] != nil {
        free = "\(name)_\(number)"
        number += 1
      }
      let position = state.plans.count
      state.positions[free] = position
      state.names.append(free)
      state.plans.append(ColumnPlan(traits: traits(free)))
      return position
    }
  }

  /// Notes what a chunk that surely is part of the text holds: its seen kinds by table column.
  func note(_ seen: [(column: Int, kinds: CellKinds)]) {
    state.withLock { state in
      for (column, kinds) in seen { state.plans[column].note(kinds) }
    }
  }

  /// Gives up the dictionary of a column, whose texts are too many.
  func giveUpCodes(_ column: Int) {
    state.withLock { $0.plans[column].usesCodes = false }
  }
}
