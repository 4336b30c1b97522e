import CLibEdit
import Diagnostics
import Glibc
import Rendering

/// What the keys do.
extension LineEditor {
  private typealias Function = @convention(c) (OpaquePointer, wint_t) -> UInt8

  /// Names every function before `~/.editrc` is read, and binds the keys.
  ///
  /// To bind an unknown name is not safe in libedit. The keys after the file are indispensable.
  func bindKeys() {
    decoy_editor_use_emacs(handle)
    for (name, help, function) in Self.functions { decoy_editor_add(handle, name, help, function) }
    decoy_editor_bind(handle, "^R", "em-inc-search-prev")
    decoy_editor_bind(handle, "^S", "em-inc-search-next")
    decoy_editor_read_settings(handle)
    bindBoth("^I", "decoy-complete")
    bindBoth("^C", "decoy-interrupt")
    bindBoth("^Z", "decoy-suspend")
    bindBoth("^D", "decoy-end")
    bindBoth("^P", "decoy-up")
    bindBoth("^N", "decoy-down")
    for (key, name) in Self.innerKeys { bindBoth(String(Character(key)), name) }
    if decoy_editor_is_vi(handle) == 0 {
      for prefix in ["[", "O"] {
        decoy_editor_bind(handle, "\u{1B}\(prefix)A", "decoy-up")
        decoy_editor_bind(handle, "\u{1B}\(prefix)B", "decoy-down")
      }
      // Where the begin of a paste came in two parts.
      decoy_editor_bind(handle, "\u{1B}[200~", "decoy-paste")
    } else {
      decoy_editor_bind_command(handle, "k", "decoy-up")
      decoy_editor_bind_command(handle, "j", "decoy-down")
    }
  }

  private func bindBoth(_ keys: String, _ name: String) {
    decoy_editor_bind(handle, keys, name)
    if decoy_editor_is_vi(handle) != 0 { decoy_editor_bind_command(handle, keys, name) }
  }

  private static let innerKeys: [(Unicode.Scalar, String)] = [
    (Key.restore, "decoy-restore"), (Key.paste, "decoy-paste"),
    (Key.interrupt, "decoy-interrupt"), (Key.resize, "decoy-resize"), (Key.leave, "decoy-leave"),
    (Key.previousEntry, "ed-prev-history"), (Key.nextEntry, "ed-next-history"),
    (Key.previousLine, "ed-prev-line"), (Key.nextLine, "ed-next-line"),
  ]

  private static let functions: [(String, String, Function)] = [
    ("decoy-complete", "Completes a word", { editor, _ in of(editor)?.completeWord() ?? failed }),
    (
      "decoy-interrupt", "Gives the line up",
      { editor, _ in of(editor)?.leave(.outcome(.interrupted)) ?? failed }
    ),
    ("decoy-suspend", "Stops the program", { editor, _ in of(editor)?.suspend() ?? failed }),
    ("decoy-end", "Deletes a character or ends", { editor, _ in of(editor)?.end() ?? failed }),
    ("decoy-up", "A line up or an entry back", { editor, _ in of(editor)?.goUp() ?? failed }),
    (
      "decoy-down", "A line down or an entry on", { editor, _ in of(editor)?.goDown() ?? failed }
    ),
    ("decoy-paste", "Inserts pasted text", { editor, _ in of(editor)?.paste() ?? failed }),
    (
      "decoy-restore", "Comes back to a line",
      { editor, _ in
        of(editor)?.restore()
        return UInt8(DECOY_REFRESH)
      }
    ),
    (
      "decoy-resize", "Takes a new size of the window",
      { editor, _ in of(editor)?.resize() ?? failed }
    ),
    ("decoy-leave", "Leaves the line", { _, _ in UInt8(DECOY_NEWLINE) }),
  ]

  private static var failed: UInt8 { UInt8(DECOY_ERROR) }

  private func goUp() -> UInt8 {
    let (text, cursor) = line
    if text.isEmpty && !before.isEmpty { return leave(.outcome(.wantsWhole)) }
    keys.inject(text[..<cursor].contains("\n") ? Key.previousLine : Key.previousEntry)
    return UInt8(DECOY_NORMAL)
  }

  private func goDown() -> UInt8 {
    let (text, cursor) = line
    keys.inject(text[cursor...].contains("\n") ? Key.nextLine : Key.nextEntry)
    return UInt8(DECOY_NORMAL)
  }

  /// Ctrl-D: ends in an empty line, else deletes the character at the cursor.
  private func end() -> UInt8 {
    let (text, cursor) = line
    if text.isEmpty { return leave(.outcome(.end)) }
    guard cursor < text.count else { return UInt8(DECOY_ERROR) }
    decoy_editor_move(handle, 1)
    decoy_editor_delete_before(handle, 1)
    return UInt8(DECOY_REFRESH)
  }

  private func paste() -> UInt8 {
    guard let text = keys.readPaste() else { return UInt8(DECOY_ERROR) }
    insert(text)
    return UInt8(DECOY_REFRESH)
  }

  /// Draws the line anew from its first row, after the terminal has wrapped it to its new width.
  private func resize() -> UInt8 {
    let (text, cursor) = line
    let rows = rowsAbove(text[..<cursor])
    put("\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J")
    decoy_editor_resize(handle)
    decoy_editor_refresh(handle)
    return UInt8(DECOY_NORMAL)
  }

  /// Ctrl-Z: the terminal is as other programs expect it while this one stands still.
  private func suspend() -> UInt8 {
    put("\u{1B}[?2004l\n")
    decoy_editor_prepare_terminal(handle, 0)
    keys.end()
    raise(SIGTSTP)
    keys.begin()
    decoy_editor_prepare_terminal(handle, 1)
    takeSignalKeys()
    put("\u{1B}[?2004h")
    decoy_editor_refresh(handle)
    return UInt8(DECOY_NORMAL)
  }

  /// Tab: one candidate is inserted, of several what they begin with, else they are listed.
  private func completeWord() -> UInt8 {
    let (scalars, cursor) = line
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    let line = String(text)
    let offset = text.prefix(cursor).reduce(0) { $0 + UTF8.width($1) }
    let start = before.utf8.count
    let completion = complete(before + line, start + offset)
    guard completion.range.start >= start, let first = completion.candidates.first else {
      return UInt8(DECOY_ERROR)
    }
    let bytes = Array(line.utf8)
    let range = completion.range.start - start..<min(completion.range.end - start, bytes.count)
    guard range.lowerBound <= offset, range.upperBound >= offset else { return UInt8(DECOY_ERROR) }
    let typed = String(decoding: bytes[range.lowerBound..<offset], as: UTF8.self)
    let rest = String(decoding: bytes[offset..<range.upperBound], as: UTF8.self)
    if completion.candidates.count > 1 {
      let common = completion.commonPrefix
      guard common.utf8.count > typed.utf8.count else { return leave(.list(completion.candidates)) }
      replace(typed, rest: "", with: common)
      return UInt8(DECOY_REFRESH)
    }
    let isFollowed = range.upperBound < bytes.count
    replace(typed, rest: rest, with: first.text + (first.isWhole && !isFollowed ? " " : ""))
    return UInt8(DECOY_REFRESH)
  }

  /// Replaces what stands before and behind the cursor.
  private func replace(_ typed: String, rest: String, with text: String) {
    decoy_editor_move(handle, Int32(rest.unicodeScalars.count))
    decoy_editor_delete_before(
      handle, Int32(typed.unicodeScalars.count + rest.unicodeScalars.count))
    insert(text)
  }
}
