import Plans
import Synchronization

/// One step of the plan while it runs.
final class RunningStep: Sendable {
  let depth: Int
  let description: String
  let rows = Atomic<Int>(0)
  private let time = Mutex<Double>(0)
  private let chosen = Mutex("")

  init(_ description: String, depth: Int) {
    self.description = description
    self.depth = depth
  }

  /// Adds rows that came out.
  func count(_ more: Int) { rows.wrappingAdd(more, ordering: .relaxed) }

  /// Says how many rows came out in all.
  func setCount(_ count: Int) { rows.store(count, ordering: .relaxed) }

  /// Adds time that it took.
  func take(_ seconds: Double) { time.withLock { $0 += seconds } }

  var seconds: Double { time.withLock { $0 } }

  /// Says how it is done, where there was a choice.
  func choose(_ way: String) { chosen.withLock { $0 = way } }

  var way: String { chosen.withLock { $0 } }
}

/// The steps of an evaluation, each before its inputs.
final class StepLog: Sendable {
  private let running = Mutex<[RunningStep]>([])

  /// Begins a step.
  func begin(_ plan: Plan, depth: Int) -> RunningStep {
    let step = RunningStep(plan.title, depth: depth)
    running.withLock { $0.append(step) }
    return step
  }

  /// Adds the steps of another evaluation behind its own.
  func add(_ other: StepLog) {
    let more = other.running.withLock { $0 }
    running.withLock { $0 += more }
  }

  var steps: [Evaluation.Step] {
    running.withLock { running in
      running.map {
        Evaluation.Step(
          depth: $0.depth, description: $0.description,
          rowCount: $0.rows.load(ordering: .relaxed), seconds: $0.seconds, way: $0.way)
      }
    }
  }
}

/// Sentences for the reader, in the order in which they arose, none twice.
final class NoteLog: Sendable {
  private let kept = Mutex<[String]>([])

  /// Adds a note.
  func add(_ note: String) {
    kept.withLock { notes in
      if !notes.contains(note) { notes.append(note) }
    }
  }

  var notes: [String] { kept.withLock { $0 } }
}
