import Columns
import Formats

extension SourceFile {
  /// The file, where it is an Arrow file or stream; nil where it is something else.
  ///
  /// A plain file is mapped; what comes through a pipe or is compressed is read into memory.
  func arrowFile() throws(LoadFailure) -> ArrowFile? {
    let file = try open()
    guard file.databaseTable == nil else { return nil }
    do {
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
    } catch let failure as ReadFailure {
      throw LoadFailure("'\(shown(path))' cannot be read: \(failure.reason)")
    } catch let problem as ArrowProblem {
      throw LoadFailure(problem, path: path)
    } catch {
      throw LoadFailure("'\(shown(path))' cannot be read")
    }
  }

  private func arrowFile(
    _ file: OpenFile, _ encoding: TextEncoding
  ) throws -> ArrowFile {
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
    return try ArrowFile(bytes)
  }
}

extension LoadFailure {
  /// What is wrong with an Arrow file, and what to do.
  init(_ problem: ArrowProblem, path: String) {
    let reason = shown(problem.reason)
    if problem.kind == .damaged {
      self.init(
        "'\(shown(path))' is damaged: \(reason)", hint: "make it again from what it was made of")
    } else {
      self.init("'\(shown(path))' cannot be read: \(reason)", hint: problem.hint)
    }
  }
}
