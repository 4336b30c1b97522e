import Plans
import Synchronization

/// What decides whether a row of a pipeline goes on.
struct Condition: Sendable {
  enum Test: Sendable {
    /// A bool expression over the source that must be true.
    case expression(ScalarExpression)
    /// Whether the keys are (not) among those of a join's right side.
    case membership(JoinTable, keys: [ScalarExpression], isNegated: Bool)
    /// Whether the keys may be among those of a join's other side.
    case mayMatch(KeyFilter, keys: [ScalarExpression])
  }

  let test: Test
  let counter: ConditionCounter
}

/// What a condition did to the rows, over all workers.
final class ConditionCounter: Sendable {
  /// The condition in the words of the language.
  let label: String
  let step: RunningStep
  private let nulls = Atomic<Int>(0)

  init(label: String, step: RunningStep) {
    self.label = label
    self.step = step
  }

  /// Adds rows that were dropped because the condition was null.
  func countNulls(_ more: Int) { if more != 0 { nulls.wrappingAdd(more, ordering: .relaxed) } }

  /// Forgets the counts, before the rows are read again.
  func reset() {
    nulls.store(0, ordering: .relaxed)
    step.setCount(0)
  }

  /// `12 rows dropped: friends > 1000 is null`; nil when there were none.
  var note: String? {
    let count = nulls.load(ordering: .relaxed)
    if count == 0 { return nil }
    return "\(count) \(count == 1 ? "row" : "rows") dropped: \(label) is null"
  }
}
