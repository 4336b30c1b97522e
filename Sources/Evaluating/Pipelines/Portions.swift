import Synchronization

/// What each portion gave, in order of portions, filled by workers in any order.
final class Portions<Value: Sendable>: Sendable {
  private let values: Mutex<[Value?]>

  init(count: Int) { values = Mutex(Array(repeating: nil, count: count)) }

  /// Sets what a portion gave.
  func set(_ portion: Int, _ value: Value) { values.withLock { $0[portion] = value } }

  /// Those that were set, in order.
  var all: [Value] { values.withLock { $0.compactMap { $0 } } }
}
