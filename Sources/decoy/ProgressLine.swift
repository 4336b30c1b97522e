import Glibc
import Synchronization
import Tasks

/// A line on the terminal that says how far long work is; wiped when the work ends.
///
/// Shown only on a terminal, and only for work that takes longer than half a second.
final class ProgressLine: Sendable {
  private let progress: Progress
  private let isOver = Atomic<Bool>(false)

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

  private func watch() {
    var ticks = 0
    var isShown = false
    while !isOver.load(ordering: .relaxed) {
      usleep(20_000)
      ticks += 1
      guard ticks >= 25, ticks % 5 == 0, progress.total > 0 else { continue }
      let share = min(100, progress.done * 100 / progress.total)
      put("\r\u{1B}[K\(share) %")
      isShown = true
    }
    if isShown { put("\r\u{1B}[K") }
  }

  private func put(_ text: String) {
    var text = text
    _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
