import CLibEdit
import Glibc
import Rendering

/// Lines typed with libedit: emacs keys, or vi's by `~/.editrc`; history, search, completion, paste.
///
/// libedit draws and keeps the line; keys come from a `KeyReader`. Where more than one step is
/// needed, a function of a key injects another key (`Key`), so that every step is libedit's own.
/// Lists and the like are printed after leaving the line and before coming back to it.
final class LineEditor: LineReading {
  let handle: OpaquePointer
  let keys = KeyReader()
  /// What the keys of completion ask; offsets are UTF-8 bytes of `before` and the line.
  let complete: (String, Int) -> Completion
  /// How the prompt is painted.
  let paint: (String) -> String
  private let history: OpaquePointer
  private let descriptor: Int32
  private var promptPointer: UnsafeMutablePointer<wchar_t>?
  private var promptWidth = 0
  /// The width of the window for which the line is drawn.
  private var drawnWidth = 0
  /// The lines before the one that is typed, with their line end.
  private(set) var before = ""
  /// What to do after a line was left by a key of ours.
  var leaving: Leaving?
  /// The line to come back to.
  private var restored: (text: String, cursor: Int)?

  enum Leaving {
    case outcome(LineOutcome)
    case list([Candidate])
  }

  private static let entries: Int32 = 5000

  /// Draws on standard output or standard error; nil when there is no memory.
  init?(
    descriptor: Int32, paint: @escaping (String) -> String,
    complete: @escaping (String, Int) -> Completion
  ) {
    decoy_use_utf8()
    guard let handle = decoy_editor_new("decoy", descriptor == STDERR_FILENO ? 1 : 0),
      let history = decoy_history_new(Self.entries)
    else { return nil }
    self.handle = handle
    self.history = history
    self.descriptor = descriptor
    self.paint = paint
    self.complete = complete
    decoy_editor_set_context(handle, Unmanaged.passUnretained(self).toOpaque())
    decoy_editor_set_prompt(
      handle, { editor in LineEditor.of(editor)?.promptPointer }, Self.promptMark)
    decoy_editor_set_reader(handle) { editor, key in
      guard let next = LineEditor.of(editor)?.keys.next() else { return 0 }
      key.pointee = wchar_t(next.value)
      return 1
    }
    decoy_editor_set_history(handle, history)
    bindKeys()
  }

  deinit {
    decoy_editor_free(handle)
    decoy_history_free(history)
    promptPointer?.deallocate()
  }

  static func of(_ editor: OpaquePointer) -> LineEditor? {
    decoy_editor_context(editor).map {
      Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue()
    }
  }

  func remember(_ entry: String) {
    decoy_history_enter(history, Self.wide(entry))
  }

  var hasContinuation: Bool { keys.nextLineIsContinuation }

  // MARK: A line

  func readLine(_ request: LineRequest) -> LineOutcome {
    setPrompt(request.prompt)
    promptWidth = DisplayWidth.of(request.prompt) + 1
    drawnWidth = Terminal.width(descriptor) ?? 80
    before = request.before
    keys.begin()
    put("\u{1B}[?2004h")
    defer {
      put("\u{1B}[?2004l")
      keys.end()
    }
    while true {
      leaving = nil
      // libedit shows the prompt first: what is typed at it at once would still be edited, echoed
      // and, where it is Ctrl-D, swallowed by the terminal.
      decoy_editor_prepare_terminal(handle, 1)
      takeSignalKeys()
      if restored != nil { keys.inject(Key.restore) }
      var count: Int32 = 0
      let line = decoy_editor_read(handle, &count)
      switch leaving {
      case .outcome(let outcome):
        if outcome == .interrupted { put("^C\n") }
        return outcome
      case .list(let candidates): list(candidates)
      case nil:
        guard let line, count > 0 else { return .end }
        let text = Self.text(line, Int(count))
        return .line(text.hasSuffix("\n") ? String(text.dropLast()) : text)
      }
    }
  }

  /// Has the next line begin with this text, the cursor at its end.
  func prefill(_ text: String) { restored = (text, text.unicodeScalars.count) }

  /// Has Ctrl-C and Ctrl-Z come as keys, in the order in which they were typed; libedit sets the
  /// terminal anew for every line.
  func takeSignalKeys() {
    var state = termios()
    guard tcgetattr(STDIN_FILENO, &state) == 0 else { return }
    withUnsafeMutableBytes(of: &state.c_cc) { characters in
      characters[Int(VINTR)] = 0
      characters[Int(VSUSP)] = 0
    }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &state)
  }

  // MARK: The text

  /// The line as it is, and the cursor in characters (Unicode scalars).
  var line: (text: [Unicode.Scalar], cursor: Int) {
    var cursor = 0
    var length = 0
    guard let start = decoy_editor_line(handle, &cursor, &length) else { return ([], 0) }
    return (Array(Self.text(start, length).unicodeScalars), cursor)
  }

  func insert(_ text: String) {
    if !text.isEmpty { _ = decoy_editor_insert(handle, Self.wide(text)) }
  }

  /// Leaves the line from its end, so that what is printed next stands under it.
  func leave(_ leaving: Leaving) -> UInt8 {
    self.leaving = leaving
    let (text, cursor) = line
    if case .list = leaving {
      var kept = String.UnicodeScalarView()
      kept.append(contentsOf: text)
      restored = (String(kept), cursor)
    }
    decoy_editor_move(handle, Int32(text.count - cursor))
    keys.inject(Key.leave)
    return UInt8(DECOY_REFRESH)
  }

  func restore() {
    guard let (text, cursor) = restored else { return }
    restored = nil
    insert(text)
    decoy_editor_move(handle, Int32(cursor - text.unicodeScalars.count))
  }

  private func list(_ candidates: [Candidate]) {
    let list = CandidateList(
      candidates, width: Terminal.width(descriptor) ?? 80,
      height: Terminal.height(descriptor) ?? 24)
    put("\n" + list.lines.joined(separator: "\n") + "\n")
  }

  /// A text of libedit; a character that is none becomes U+FFFD.
  private static func text(_ start: UnsafePointer<wchar_t>, _ count: Int) -> String {
    var text = String.UnicodeScalarView()
    for index in 0..<max(0, count) {
      text.append(Unicode.Scalar(UInt32(bitPattern: start[index])) ?? "\u{FFFD}")
    }
    return String(text)
  }

  /// A text for libedit, with the 0 that ends it.
  private static func wide(_ text: String) -> [wchar_t] {
    text.unicodeScalars.filter { $0 != "\0" }.map { wchar_t($0.value) } + [0]
  }

  // MARK: The screen

  /// Escape sequences of the prompt stand between marks, so that libedit does not count them.
  private static let promptMark: wchar_t = 1

  private func setPrompt(_ text: String) {
    var marked = ""
    var isInEscape = false
    for scalar in paint(text).unicodeScalars {
      if scalar == "\u{1B}" {
        isInEscape = true
        marked += "\u{1}"
      }
      marked.unicodeScalars.append(scalar)
      if isInEscape && scalar == "m" {
        isInEscape = false
        marked += "\u{1}"
      }
    }
    // A literal may not end the prompt.
    let prompt = Self.wide(marked + " ")
    promptPointer?.deallocate()
    let pointer = UnsafeMutablePointer<wchar_t>.allocate(capacity: prompt.count)
    pointer.initialize(from: prompt, count: prompt.count)
    promptPointer = pointer
  }

  /// How many rows of the window stand between the begin of the prompt and the end of a text, after a
  /// change of its size.
  ///
  /// Where a row is just full, the cursor is behind it when the terminal wrapped the line anew, and in
  /// the next when libedit drew it.
  func rowsAbove(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    let width = max(1, Terminal.width(descriptor) ?? 80)
    let isWrappedAnew = width != drawnWidth
    drawnWidth = width
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var rows = lines.count - 1
    for (index, line) in lines.enumerated() {
      var content = String.UnicodeScalarView()
      content.append(contentsOf: line)
      let columns = DisplayWidth.of(String(content)) + (index == 0 ? promptWidth : 0)
      let isDrawn = index == lines.count - 1 && !isWrappedAnew
      rows += (isDrawn ? columns : max(0, columns - 1)) / width
    }
    return rows
  }

  func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        let count = write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        if count > 0 { start += count }
        if count < 0 && errno != EINTR { return }
      }
    }
  }
}
