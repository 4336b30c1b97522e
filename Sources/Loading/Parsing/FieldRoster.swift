import Synchronization

/// The fields of one file: the table's column of each, in the order in which they were met.
///
/// The fields of CSV stand in its header; keys of JSON come up while it is read, by any worker.
final class FieldRoster: Sendable {
  /// The fields that were known before the rows were read.
  let knownCount: Int
  private let state: Mutex<State>
  private let board: PlanBoard

  private struct State {
    var columns: [Int]
    var fields: [String: Int]
  }

  /// Takes the names of the known fields, and their columns.
  init(names: [String], columns: [Int], board: PlanBoard) {
    knownCount = columns.count
    self.board = board
    var fields: [String: Int] = [:]
    for (field, name) in names.enumerated() where fields[name] == nil { fields[name] = field }
    state = Mutex(State(columns: columns, fields: fields))
  }

  /// The table's column of each field so far.
  var columns: [Int] { state.withLock { $0.columns } }

  /// The plans of the first `count` fields: those given, and what the names say of the rest.
  func plans(_ known: [ColumnPlan], count: Int) -> [ColumnPlan] {
    let current = board.current
    return known + columns[known.count..<count].map { ColumnPlan(traits: current[$0].traits) }
  }

  /// The field of a name; a new one when no worker has met it.
  func field(_ name: String) -> Int {
    state.withLock { state in
      if let field = state.fields[name] { return field }
      let field = state.columns.count
      state.fields[name] = field
      state.columns.append(board.column(name, besides: state.columns))
      return field
    }
  }
}
