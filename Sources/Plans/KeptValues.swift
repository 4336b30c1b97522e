import Synchronization

/// What analyses of one evaluation keep for those that come after them.
///
/// Rows that were put in order once need not be again. Dropped with the evaluation.
package final class KeptValues: Sendable {
  private let values = Mutex<[any Sendable]>([])

  package init() {}

  /// The first kept value of a type for which a condition holds.
  package func first<Value: Sendable>(_ isWanted: (Value) -> Bool) -> Value? {
    for case let value as Value in values.withLock({ $0 }) where isWanted(value) { return value }
    return nil
  }

  package func keep(_ value: some Sendable) { values.withLock { $0.append(value) } }
}
