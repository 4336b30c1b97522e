import Glibc
import Synchronization

/// Work on a thread of its own, beside the loops of a program, whose end can be waited for.
package final class BackgroundTask: Sendable {
  private let thread: Mutex<pthread_t?>

  /// Begins at once; nil, with nothing begun, where there is no thread to be had.
  package init?(_ work: @escaping @Sendable () -> Void) {
    let start = Unmanaged.passRetained(Start(work))
    let thread = startThread(
      { argument in
        guard let argument else { return nil }
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      }, start.toOpaque())
    guard let thread else {
      start.release()
      return nil
    }
    self.thread = Mutex(thread)
  }

  deinit { thread.withLock { if let thread = $0 { pthread_detach(thread) } } }

  /// Returns when the work has ended, however often and from wherever it is called.
  package func wait() {
    thread.withLock { thread in
      if let running = thread { pthread_join(running, nil) }
      thread = nil
    }
  }

  /// What a new thread is given, boxed to pass through C.
  private final class Start: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
