import Glibc
import Synchronization

/// Runs loops over blocks on all cores.
///
/// Threads are made for each loop: that costs 20 to 60 µs, which blocks of thousands of rows hide,
/// and leaves nothing at work between statements. A thread that comes late, when all blocks are taken, is
/// not waited for.
package struct Workers: Sendable {
  /// The number of threads, the caller's own among them; at least 1.
  package let count: Int
  package let cancellation: Cancellation
  package let progress: Progress

  /// Takes the number of threads; nil is one for each core of the machine.
  package init(
    count: Int? = nil, cancellation: Cancellation = Cancellation(), progress: Progress = Progress()
  ) {
    self.count = max(1, count ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.cancellation = cancellation
    self.progress = progress
  }

  /// Calls `body(worker, index)` once for each index below `total`, in ascending order of start.
  ///
  /// `worker` is below `count` and never runs twice at once, so that it may index scratch space.
  /// When bodies throw, the error of the lowest index is thrown, whatever the number of threads;
  /// blocks above it may not have run. Polls `cancellation` before each block.
  package func forEach(
    _ total: Int, _ body: @Sendable (_ worker: Int, _ index: Int) throws -> Void
  ) throws {
    if total <= 0 { return }
    let loop = BlockLoop(total: total)
    withoutActuallyEscaping(body) { body in
      LoopThreads.run(min(count, total)) { worker in
        while let index = loop.next() {
          if cancellation.isRequested {
            loop.fail(at: index, with: Interrupted())
            return
          }
          do { try body(worker, index) } catch { loop.fail(at: index, with: error) }
        }
      }
    }
    if let error = loop.failure { throw error }
  }

  /// As `forEach`, keeping what each block gives, in the order of the blocks.
  package func map<Result: Sendable>(
    _ total: Int, _ body: @Sendable (_ worker: Int, _ index: Int) throws -> Result
  ) throws -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: max(0, total)))
    try forEach(total) { worker, index in
      let result = try body(worker, index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}

/// The shared state of one parallel loop: the next block and the first failure.
private final class BlockLoop: Sendable {
  private let nextIndex = Atomic<Int>(0)
  private let stopBefore: Atomic<Int>
  private let error = Mutex<(index: Int, error: any Error)?>(nil)

  init(total: Int) { stopBefore = Atomic(total) }

  func next() -> Int? {
    let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < stopBefore.load(ordering: .relaxed) ? index : nil
  }

  func fail(at index: Int, with failure: any Error) {
    error.withLock { current in
      if let current, current.index <= index { return }
      current = (index, failure)
      stopBefore.store(index, ordering: .relaxed)
    }
  }

  var failure: (any Error)? { error.withLock { $0?.error } }
}
