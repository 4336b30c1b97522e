import Synchronization

/// How much of a long piece of work is done, counted in units of its own (bytes, rows).
package final class Progress: Sendable {
  private let doneUnits = Atomic<Int>(0)
  private let totalUnits = Atomic<Int>(0)

  package init() {}

  package var done: Int { doneUnits.load(ordering: .relaxed) }
  /// 0 when the whole is not known.
  package var total: Int { totalUnits.load(ordering: .relaxed) }

  /// Begins a piece of work of `total` units.
  package func begin(total: Int) {
    doneUnits.store(0, ordering: .relaxed)
    totalUnits.store(total, ordering: .relaxed)
  }

  /// Adds what a block has done; call it per block, not per row.
  package func advance(by units: Int) {
    doneUnits.wrappingAdd(units, ordering: .relaxed)
  }
}
