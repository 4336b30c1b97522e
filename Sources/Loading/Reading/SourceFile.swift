import Diagnostics
import Formats
import Glibc
import Synchronization

/// A file to load, or standard input.
final class SourceFile: Sendable {
  /// As the user wrote it, or as the pattern matched.
  let path: String
  /// Standard input, kept so that it can be read twice.
  private let input: Mutex<KeptStream?>

  private init(path: String, input: sending KeptStream?) {
    self.path = path
    self.input = Mutex(input)
  }

  /// A file of a path.
  convenience init(path: String) { self.init(path: path, input: nil) }

  /// Standard input.
  static func standardInput() -> SourceFile {
    SourceFile(
      path: "standard input",
      input: KeptStream(FileStream(descriptor: STDIN_FILENO, isSeekable: false)))
  }

  /// Opens it for reading.
  func open() throws(LoadFailure) -> OpenFile {
    if let kept = input.withLock({ kept in kept.map { KeptInput(stream: $0) } }) {
      _ = kept.stream.rewind()
      return OpenFile(descriptor: nil, size: nil, stream: kept.stream)
    }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw openFailure(path, errno) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw LoadFailure(
        "'\(shown(path))' is a directory", hint: "to load its files: load \"\(shown(path))/*.csv\"")
    }
    if status.st_mode & S_IFMT == S_IFREG {
      return OpenFile(
        descriptor: descriptor, size: Int(status.st_size),
        stream: FileStream(descriptor: descriptor, isSeekable: true))
    }
    // A pipe with a name: what it gave is kept, and taken again when asked.
    let kept = KeptInput(
      stream: KeptStream(
        FileStream(descriptor: descriptor, isSeekable: false, isOwner: true)))
    input.withLock { $0 = kept.stream }
    return OpenFile(descriptor: nil, size: nil, stream: kept.stream)
  }
}

/// Passes a stream out of a lock: a load reads one file in one place at a time.
private struct KeptInput: @unchecked Sendable {
  // @unchecked: `StreamFeed` guards it with its own lock while workers run.
  let stream: KeptStream
}

/// An open file; closed when the last user is gone.
final class OpenFile: @unchecked Sendable {
  // @unchecked: the stream is used by one thread, or under the lock of a feed.
  let descriptor: Int32?
  let size: Int?
  let stream: any ByteStream

  init(descriptor: Int32?, size: Int?, stream: any ByteStream) {
    self.descriptor = descriptor
    self.size = size
    self.stream = stream
  }

  deinit { if let descriptor { close(descriptor) } }
}

/// A path or name as a message shows it: hidden characters are escaped.
func shown(_ path: String) -> String {
  var text = ""
  let scalars = Array(path.unicodeScalars)
  for (index, scalar) in scalars.enumerated() {
    let previous = index > 0 ? scalars[index - 1] : nil
    let next = index + 1 < scalars.count ? scalars[index + 1] : nil
    if HiddenText.isHidden(scalar, after: previous, before: next) {
      text += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}
