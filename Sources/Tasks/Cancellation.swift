import Synchronization

/// A flag that asks running work to stop; every block of rows polls it.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  /// Whether work should stop; costs one relaxed load.
  package var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks for the stop; may be called from a signal handler.
  package func request() { flag.store(true, ordering: .relaxed) }

  /// Makes the flag ready for the next statement.
  package func reset() { flag.store(false, ordering: .relaxed) }
}

/// Thrown by work that was asked to stop.
package struct Interrupted: Error {
  package init() {}
}
