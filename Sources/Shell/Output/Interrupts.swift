import Glibc
import Synchronization
package import Tasks

/// What signals ask for: Ctrl-C has the running statement stop; nothing is killed half-way through a
/// write.
package enum Interrupts {
  /// One for the whole process: a signal handler can reach nothing else.
  package static let cancellation = Cancellation()
  /// Whether a second Ctrl-C ends the program; never in the shell.
  private static let endsAtSecond = Atomic<Bool>(true)
  private static let hasResized = Atomic<Bool>(false)
  private static let hasEnd = Atomic<Bool>(false)

  /// Lets SIGINT request the stop, a second one end the program, and SIGPIPE become an error of
  /// `write`.
  package static func install() {
    // Made before the handler can need it.
    _ = cancellation
    handle(SIGINT) { _ in
      if Interrupts.cancellation.isRequested, Interrupts.endsAtSecond.load(ordering: .relaxed) {
        _exit(130)
      }
      Interrupts.cancellation.request()
    }
    signal(SIGPIPE, SIG_IGN)
  }

  /// Makes ready for the shell: no number of Ctrl-C ends it, a new size of the terminal is noted,
  /// and SIGTERM and SIGHUP stop the statement and end the shell in order.
  package static func installForShell() {
    endsAtSecond.store(false, ordering: .relaxed)
    handle(SIGWINCH) { _ in Interrupts.hasResized.store(true, ordering: .relaxed) }
    for signal in [SIGTERM, SIGHUP] {
      handle(signal) { _ in
        Interrupts.hasEnd.store(true, ordering: .relaxed)
        Interrupts.cancellation.request()
      }
    }
  }

  /// The signals that the shell waits for.
  static let waitedFor = [SIGINT, SIGWINCH, SIGTERM, SIGHUP]

  /// Whether the terminal has a new size since the last call.
  static func takeResize() -> Bool { hasResized.exchange(false, ordering: .relaxed) }

  /// Whether the system wants the program to end.
  static var isEnding: Bool { hasEnd.load(ordering: .relaxed) }

  /// Sets a handler without SA_RESTART, so that a waiting read returns.
  private static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigaction(signal, &action, nil)
  }
}
