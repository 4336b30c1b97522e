import Glibc
import Synchronization
import Tasks

/// Ctrl-C asks the running statement to stop; it never kills half-way through a write.
enum Interrupts {
  /// One for the whole process: a signal handler can reach nothing else.
  static let cancellation = Cancellation()

  /// Lets SIGINT request the stop, a second one end the program, and SIGPIPE become an error of
  /// `write`.
  static func install() {
    // Made before the handler can need it.
    _ = cancellation
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interrupts.cancellation.isRequested { _exit(130) }
      Interrupts.cancellation.request()
    }
    sigaction(SIGINT, &action, nil)
    signal(SIGPIPE, SIG_IGN)
  }
}
