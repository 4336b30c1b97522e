import Synchronization

/// The words of logs by group, kept for the other aggregates that read the same log.
///
/// Readers leave them as they are.
final class GroupedLogs: Sendable {
  private let known = Mutex<[Int: GroupedWords]>([:])

  /// The words of the log of a specification; made by `make` the first time.
  func value(
    _ specification: Int, _ make: () throws(EvaluationFailure) -> GroupedWords
  ) throws(EvaluationFailure) -> GroupedWords {
    if let grouped = known.withLock({ $0[specification] }) { return grouped }
    let grouped = try make()
    known.withLock { $0[specification] = grouped }
    return grouped
  }
}
