import Formats
import Synchronization

/// The chunks of one file as they come from the workers, in any order.
///
/// A chunk is sure when all before it are there and each ends where the next begins; only sure
/// chunks may tell others what the columns hold, because a chunk that begins inside quotes sees
/// nonsense.
final class ChunkLedger: Sendable {
  private struct State {
    var chunks: [Int: ParsedChunk] = [:]
    var nextSure = 0
    var sureEnd: Int?
  }

  private let state: Mutex<State>
  private let board: PlanBoard
  private let roster: FieldRoster

  /// Takes the plans of all columns, and the file's fields.
  init(board: PlanBoard, roster: FieldRoster) {
    self.board = board
    self.roster = roster
    state = Mutex(State())
  }

  /// Adds a chunk, and tells the board what is sure by now.
  func add(_ chunk: ParsedChunk) {
    let sure = state.withLock { state -> [ParsedChunk] in
      state.chunks[chunk.index] = chunk
      var sure: [ParsedChunk] = []
      while let next = state.chunks[state.nextSure], next.start == state.sureEnd ?? next.start {
        state.sureEnd = next.end
        state.nextSure += 1
        sure.append(next)
      }
      return sure
    }
    for chunk in sure {
      let seen = zip(roster.columns, chunk.columns).map { (column: $0, kinds: $1.outcome.seen) }
      board.note(seen)
    }
  }

  /// All chunks in order.
  var chunks: [ParsedChunk] {
    state.withLock { state in state.chunks.values.sorted { $0.index < $1.index } }
  }
}
