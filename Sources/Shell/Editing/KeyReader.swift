import CLibEdit
import Glibc
import Tasks

/// Reads keys from the terminal, and waits for signals while it does: none gets lost between a look
/// at a flag and the wait.
///
/// What the terminal reports in bytes becomes one key each: a character, or one of `Key`. Bytes that
/// are no UTF-8 are dropped, and so are the C1 controls, which stand for `Key`s here.
final class KeyReader {
  private var bytes: [UInt8] = []
  private var position = 0
  private var injected: [Unicode.Scalar] = []
  /// What signals were let through before the wait began.
  private var openMask = sigset_t()
  private var isWaiting = false

  private static let pasteStart = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// More is not a text that somebody edits.
  private static let longestPaste = 1 << 22

  /// Holds signals back until the next wait; to be called before keys are read.
  func begin() {
    guard !isWaiting else { return }
    var held = sigset_t()
    sigemptyset(&held)
    for signal in Interrupts.waitedFor { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &openMask)
    isWaiting = true
  }

  /// Lets signals through as before.
  func end() {
    guard isWaiting else { return }
    pthread_sigmask(SIG_SETMASK, &openMask, nil)
    isWaiting = false
  }

  /// Has these keys come before any that are typed.
  func inject(_ keys: Unicode.Scalar...) { injected += keys }

  /// The next key; nil at the end of the input.
  func next() -> Unicode.Scalar? {
    while true {
      if !injected.isEmpty { return injected.removeFirst() }
      if Interrupts.isEnding { return nil }
      if Interrupts.takeResize() { return Key.resize }
      if Interrupts.cancellation.isRequested {
        Interrupts.cancellation.reset()
        return Key.interrupt
      }
      if skip(Self.pasteStart) { return Key.paste }
      if skip(Self.pasteEnd) { continue }
      if let scalar = decode() { return scalar }
      if !fill() { return nil }
    }
  }

  /// The text of a paste whose start was read, line ends as `\n`, without other control characters;
  /// nil when it was interrupted or the input ended.
  func readPaste() -> String? {
    var pasted: [UInt8] = []
    while true {
      if skip(Self.pasteEnd) { break }
      // What may be the begin of the end waits for the rest.
      let isCutOff = !rest.isEmpty && Self.pasteEnd.starts(with: rest)
      if position < bytes.count && !isCutOff {
        pasted.append(bytes[position])
        position += 1
        continue
      }
      if pasted.count > Self.longestPaste || !fill() { return nil }
      if Interrupts.cancellation.isRequested || Interrupts.isEnding { return nil }
    }
    return Self.cleaned(pasted)
  }

  /// Whether what was typed or pasted already goes on with a line that begins with `|`.
  var nextLineIsContinuation: Bool {
    for byte in rest where byte != 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D {
      return byte == UInt8(ascii: "|")
    }
    return false
  }

  private var rest: ArraySlice<UInt8> { bytes[position...] }

  private func skip(_ sequence: [UInt8]) -> Bool {
    guard rest.starts(with: sequence) else { return false }
    position += sequence.count
    return true
  }

  /// The next character of the bytes that are there; nil when more are needed.
  private func decode() -> Unicode.Scalar? {
    while position < bytes.count {
      let first = bytes[position]
      let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if length > bytes.count - position { return nil }
      let text = String(validating: bytes[position..<position + max(1, length)], as: UTF8.self)
      guard let scalar = text?.unicodeScalars.first, text?.unicodeScalars.count == 1,
        !(0x80...0x9F).contains(scalar.value)
      else {
        position += 1
        continue
      }
      position += length
      return scalar
    }
    return nil
  }

  /// Waits for bytes or a signal; false at the end of the input.
  private func fill() -> Bool {
    if position > 0 {
      bytes.removeFirst(position)
      position = 0
    }
    if decoy_wait_for_input(STDIN_FILENO, &openMask) < 0 { return errno == EINTR }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &chunk, chunk.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    bytes += chunk[..<count]
    return count > 0
  }

  static func cleaned(_ pasted: [UInt8]) -> String {
    let lines = String(decoding: pasted, as: UTF8.self).unicodeScalars
    var text = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in lines {
      defer { previous = scalar }
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if previous != "\r" { text.append("\n") }
      case "\t": text.append(scalar)
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}

/// Keys that no keyboard has: C1 controls, bound to what the editor does by itself.
enum Key {
  static let restore: Unicode.Scalar = "\u{80}"
  static let paste: Unicode.Scalar = "\u{81}"
  static let interrupt: Unicode.Scalar = "\u{82}"
  static let resize: Unicode.Scalar = "\u{83}"
  static let leave: Unicode.Scalar = "\u{84}"
  static let previousEntry: Unicode.Scalar = "\u{85}"
  static let nextEntry: Unicode.Scalar = "\u{86}"
  static let previousLine: Unicode.Scalar = "\u{87}"
  static let nextLine: Unicode.Scalar = "\u{88}"
}
