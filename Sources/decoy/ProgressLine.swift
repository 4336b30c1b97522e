import Glibc
import Synchronization
import Tasks

/// A line on the terminal that says how far long work is; wiped before anything else is written.
///
/// Shown only on a terminal, and only for work that takes longer than half a second.
final class ProgressLine: Sendable {
  private let progress: Progress
  private let isOver = Atomic<Bool>(false)
  /// One terminal, one line on it.
  private static let isShown = Mutex(false)

  private init(_ progress: Progress) { self.progress = progress }

  /// Runs `work` with the line shown for it.
  static func during<Result>(_ progress: Progress, _ work: () throws -> Result) rethrows -> Result {
    guard Terminal.isTerminal(STDERR_FILENO) else { return try work() }
    let line = ProgressLine(progress)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ProgressLine>.fromOpaque(argument).takeRetainedValue().watch()
        return nil
      }, Unmanaged.passRetained(line).toOpaque())
    defer {
      line.isOver.store(true, ordering: .relaxed)
      if status == 0 { pthread_join(thread, nil) }
    }
    return try work()
  }

  /// Takes the line away until it is next due.
  static func wipe() {
    isShown.withLock { isShown in
      if isShown { put("\r\u{1B}[K") }
      isShown = false
    }
  }

  private func watch() {
    var ticks = 0
    while !isOver.load(ordering: .relaxed) {
      usleep(20_000)
      ticks += 1
      if ticks >= 25, ticks % 5 == 0, progress.total > 0, progress.done < progress.total { show() }
    }
    Self.wipe()
  }

  private func show() {
    let share = progress.done * 100 / max(1, progress.total)
    Self.isShown.withLock { isShown in
      Self.put("\r\u{1B}[K\(share) %")
      isShown = true
    }
  }

  private static func put(_ text: String) {
    var text = text
    _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
