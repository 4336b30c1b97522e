import Glibc
import Synchronization
package import Tasks

/// A line on the terminal that says how far long work is; wiped before anything else is written.
///
/// Shown only on a terminal, and only for work that takes longer than half a second.
package final class ProgressLine: @unchecked Sendable {
  private let progress: Progress
  /// Posted when the work is over.
  ///
  /// The only state that threads share; a semaphore is made for that.
  private let isOver = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  /// One terminal, one line on it.
  private static let isShown = Mutex(false)

  private init(_ progress: Progress) {
    self.progress = progress
    sem_init(isOver, 0, 0)
  }

  deinit {
    sem_destroy(isOver)
    isOver.deallocate()
  }

  /// Runs `work` with the line shown for it.
  package static func during<Result>(
    _ progress: Progress, _ work: () throws -> Result
  ) rethrows -> Result {
    guard Terminal.understandsEscapes(STDERR_FILENO) else { return try work() }
    let line = ProgressLine(progress)
    let watching = BackgroundTask { line.watch() }
    defer {
      sem_post(line.isOver)
      watching?.wait()
    }
    return try work()
  }

  /// Takes the line away until it is next due.
  package static func wipe() {
    isShown.withLock { isShown in
      if isShown { StandardError.put("\r\u{1B}[K") }
      isShown = false
    }
  }

  private func watch() {
    var milliseconds = 500
    while !waitForEnd(milliseconds) {
      if progress.total > 0, progress.done < progress.total { show() }
      milliseconds = 100
    }
    Self.wipe()
  }

  /// Whether the work ended within the time.
  private func waitForEnd(_ milliseconds: Int) -> Bool {
    var limit = timespec()
    clock_gettime(CLOCK_REALTIME, &limit)
    limit.tv_nsec += milliseconds * 1_000_000
    limit.tv_sec += limit.tv_nsec / 1_000_000_000
    limit.tv_nsec %= 1_000_000_000
    while sem_timedwait(isOver, &limit) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  private func show() {
    let share = progress.done * 100 / max(1, progress.total)
    Self.isShown.withLock { isShown in
      StandardError.put("\r\u{1B}[K\(share) %")
      isShown = true
    }
  }
}
