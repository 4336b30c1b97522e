import Glibc

/// Lines from a terminal that cannot be drawn on (`TERM=dumb`): the system's own editing, no keys of
/// ours, nothing but text sent.
final class PlainLines: LineReading {
  private let keys = KeyReader()

  func remember(_ entry: String) {}

  /// No key asks for it.
  func prefill(_ text: String) {}

  var hasContinuation: Bool { keys.nextLineIsContinuation }

  func readLine(_ request: LineRequest) -> LineOutcome {
    StandardError.put(request.prompt + " ")
    keys.begin()
    defer { keys.end() }
    var line = String.UnicodeScalarView()
    while let key = keys.next() {
      switch key {
      case "\n", "\r": return .line(String(line))
      case Key.interrupt:
        // The system has shown the ^C.
        StandardError.put("\n")
        return .interrupted
      case Key.resize, Key.paste: break
      default: line.append(key)
      }
    }
    if line.isEmpty { StandardError.put("\n") }
    return line.isEmpty ? .end : .line(String(line))
  }
}
