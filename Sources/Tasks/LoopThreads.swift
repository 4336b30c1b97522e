import Glibc

/// The threads of one loop, the caller's own among them.
///
/// Work is begun by those that come while it lasts. On a busy machine a thread may get its turn only
/// milliseconds later, when a short loop is long done: it then finds nothing and waits for the next. Where
/// no thread comes, those that run take all blocks.
final class LoopThreads: @unchecked Sendable {
  // @unchecked: what changes is read and written under the mutex.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let isEmpty = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var work: ((Int) -> Void)?
  private var running = 0
  private var isOver = false

  private init(_ work: @escaping (Int) -> Void) {
    self.work = work
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(isEmpty, nil)
  }

  deinit {
    pthread_cond_destroy(isEmpty)
    pthread_mutex_destroy(mutex)
    isEmpty.deallocate()
    mutex.deallocate()
  }

  /// Calls `work` with 0 here and with up to `count` - 1 on threads of their own, and returns when all
  /// calls have.
  static func run(_ count: Int, _ work: @escaping (Int) -> Void) {
    if count < 2 { return work(0) }
    let threads = LoopThreads(work)
    for worker in 1..<count { threads.start(worker) }
    work(0)
    threads.finish()
  }

  private func start(_ worker: Int) {
    WaitingThreads.shared.call {
      guard self.enter() else { return }
      self.perform(worker)
      self.leave()
    }
  }

  /// A call of its own, so that its hold on the work has ended when the thread leaves.
  @inline(never) private func perform(_ worker: Int) { work?(worker) }

  /// Whether there is still work for a thread, which is then waited for until it leaves.
  private func enter() -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if isOver { return false }
    running += 1
    return true
  }

  private func leave() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    running -= 1
    if running == 0 { pthread_cond_signal(isEmpty) }
  }

  /// Lets nobody begin any more, and waits for those that have.
  private func finish() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isOver = true
    while running > 0 { pthread_cond_wait(isEmpty, mutex) }
    work = nil
  }
}
