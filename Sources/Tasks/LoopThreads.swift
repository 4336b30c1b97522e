import Glibc

/// The threads of one loop, the caller's own among them.
///
/// Work is begun by those that come while it lasts. On a busy machine a new thread may get its turn only
/// milliseconds later, when a short loop is long done: it then finds nothing and goes.
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

  /// What a new thread is given, boxed to pass through C.
  private final class Start {
    let threads: LoopThreads
    let worker: Int

    init(_ threads: LoopThreads, _ worker: Int) {
      self.threads = threads
      self.worker = worker
    }
  }

  private func start(_ worker: Int) {
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(self, worker))
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        if start.threads.enter() {
          start.threads.perform(start.worker)
          start.threads.leave()
        }
        return nil
      }, start.toOpaque())
    // No thread to be had: the ones that run take all blocks.
    if status == 0 { pthread_detach(thread) } else { start.release() }
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
