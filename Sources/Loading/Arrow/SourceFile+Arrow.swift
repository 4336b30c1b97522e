import Columns
import Formats

extension SourceFile {
  /// The file, where it is an Arrow file or stream; nil where it is something else.
  ///
  /// A plain file is mapped; what comes through a pipe or is compressed is read into memory.
  func arrowFile() throws(LoadFailure) -> ArrowFile? {
    let file = try open()
    guard file.databaseTable == nil else { return nil }
    do throws(ReadFailure) {
      var encoding = TextEncoding()
      let raw = try firstBytes(file.stream, limit: 8).bytes
      _ = file.stream.rewind()
      encoding.compression = Compression(head: raw)
      if encoding.compression != nil {
        let head = try firstBytes(textStream(file, encoding), limit: 8).bytes
        _ = file.stream.rewind()
        guard ArrowFile.isArrow(head) else { return nil }
      } else {
        guard ArrowFile.isArrow(raw) else { return nil }
      }
      return try arrowFile(file, encoding)
    } catch {
      throw LoadFailure("'\(shown(path))' cannot be read: \(error.reason)")
    }
  }

  private func arrowFile(
    _ file: OpenFile, _ encoding: TextEncoding
  ) throws(ReadFailure) -> ArrowFile {
    var mapped: MappedFile?
    if let descriptor = file.descriptor, encoding.compression == nil {
      mapped = MappedFile(mapping: descriptor, path: path)
    }
    let bytes: MappedFile
    if let mapped {
      bytes = mapped
    } else {
      bytes = try MappedFile(reading: textStream(file, encoding), path: path)
    }
    do throws(ArrowProblem) { return try ArrowFile(bytes) } catch { throw ReadFailure(error) }
  }
}

extension ReadFailure {
  init(_ problem: ArrowProblem) {
    let reason = problem.kind == .damaged ? "it is damaged: \(problem.reason)" : problem.reason
    self.init(reason: reason + (problem.hint.map { " (\($0))" } ?? ""))
  }
}
