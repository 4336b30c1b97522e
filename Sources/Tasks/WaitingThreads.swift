import Glibc

/// Threads that stay, and wait for work.
///
/// A query of a millisecond has several loops: to wake a thread takes a few microseconds, to make one ten
/// times as many. There are as many as were ever wanted at once.
final class WaitingThreads: @unchecked Sendable {
  // @unchecked: what changes is read and written under the mutex.
  static let shared = WaitingThreads()

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let hasWork = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// What nobody has taken yet.
  private var open: [() -> Void] = []
  private var waiting = 0

  private init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(hasWork, nil)
  }

  /// Has a thread call `work`, at once or when the system lets it; where no thread is to be had, maybe never.
  func call(_ work: @escaping () -> Void) {
    pthread_mutex_lock(mutex)
    open.append(work)
    let areEnough = open.count <= waiting
    pthread_mutex_unlock(mutex)
    if areEnough {
      pthread_cond_signal(hasWork)
    } else if !addThread() {
      withdraw()
    }
  }

  /// Takes back what nobody may ever come for, so that it does not pile up.
  private func withdraw() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    _ = open.popLast()
  }

  /// Whether there is a thread more.
  private func addThread() -> Bool {
    let thread = startThread { _ in
      while true { WaitingThreads.shared.next()() }
    }
    if let thread { pthread_detach(thread) }
    return thread != nil
  }

  /// Waits for work and takes it.
  private func next() -> () -> Void {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while open.isEmpty {
      waiting += 1
      pthread_cond_wait(hasWork, mutex)
      waiting -= 1
    }
    return open.removeFirst()
  }
}
