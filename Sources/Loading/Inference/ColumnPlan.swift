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
  private let plans: Mutex<[ColumnPlan]>

  init(_ plans: [ColumnPlan]) { self.plans = Mutex(plans) }

  var current: [ColumnPlan] { plans.withLock { $0 } }

  /// Notes what a chunk that surely is part of the text holds: its seen kinds by table column.
  func note(_ seen: [(column: Int, kinds: CellKinds)]) {
    plans.withLock { plans in
      for (column, kinds) in seen { plans[column].note(kinds) }
    }
  }

  /// Gives up the dictionary of a column, whose texts are too many.
  func giveUpCodes(_ column: Int) {
    plans.withLock { $0[column].usesCodes = false }
  }
}
