import Glibc

/// Starts a thread that runs `body` with `argument`; nil where there is none to be had.
///
/// Signals sent to the program are for the main thread, which may be waiting for one: a thread of ours that
/// took it would leave the wait as it is. Those that a thread's own memory access raises stay as they are, since
/// the system kills a program that holds them back.
func startThread(
  _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?,
  _ argument: UnsafeMutableRawPointer? = nil
) -> pthread_t? {
  var held = sigset_t()
  var before = sigset_t()
  sigfillset(&held)
  for signal in [SIGBUS, SIGSEGV, SIGFPE, SIGILL] { sigdelset(&held, signal) }
  // A new thread begins with what holds for its maker.
  pthread_sigmask(SIG_BLOCK, &held, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  var thread = pthread_t()
  return pthread_create(&thread, nil, body, argument) == 0 ? thread : nil
}
