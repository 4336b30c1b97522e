import Glibc

/// What the program talks to.
package enum Terminal {
  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Whether the terminal of a descriptor understands the usual escape sequences.
  ///
  /// Known from the environment alone: a terminal is never asked, since it may not answer.
  package static func understandsEscapes(_ descriptor: Int32) -> Bool {
    guard isTerminal(descriptor), let term = environment("TERM") else { return false }
    return term != "dumb" && !term.isEmpty
  }

  /// The columns of the terminal behind a descriptor, or nil where there is none.
  package static func width(_ descriptor: Int32) -> Int? {
    size(descriptor).flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil }
  }

  /// The rows of the terminal behind a descriptor, or nil where there is none.
  package static func height(_ descriptor: Int32) -> Int? {
    size(descriptor).flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil }
  }

  /// The value of an environment variable.
  package static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func size(_ descriptor: Int32) -> winsize? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }
}
