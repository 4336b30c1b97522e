import Tasks

/// One value for each worker of a parallel loop, made by the worker at first use.
final class PerWorker<Value>: @unchecked Sendable {
  // @unchecked: a worker touches its own place only; all are read after the loop.
  private let places: UnsafeMutablePointer<Value?>
  private let count: Int

  init(_ workers: Workers) {
    count = workers.count
    places = .allocate(capacity: count)
    places.initialize(repeating: nil, count: count)
  }

  deinit {
    places.deinitialize(count: count)
    places.deallocate()
  }

  /// The worker's value.
  func value(
    _ worker: Int, _ make: () throws(EvaluationFailure) -> Value
  ) throws(EvaluationFailure) -> Value {
    if let known = places[worker] { return known }
    let made = try make()
    places[worker] = made
    return made
  }

  /// Those of the workers that ran, in order of worker.
  var all: [Value] { numbered.map(\.value) }

  /// The same with the workers' numbers.
  var numbered: [(worker: Int, value: Value)] {
    (0..<count).compactMap { worker in places[worker].map { (worker, $0) } }
  }
}

extension Workers {
  /// As `forEach`, with the one kind of error that evaluation has.
  func run(
    _ total: Int, _ body: @Sendable (_ worker: Int, _ index: Int) throws(EvaluationFailure) -> Void
  ) throws(EvaluationFailure) {
    do { try forEach(total, body) } catch { throw EvaluationFailure(error) }
  }
}

extension EvaluationFailure {
  /// The failure of a parallel loop.
  init(_ error: any Error) {
    self = (error as? EvaluationFailure) ?? .interrupted
  }
}
