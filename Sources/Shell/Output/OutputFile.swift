import Diagnostics
import Engine
import Formats
import Glibc

/// A file that results go to, one after the other, until another is named.
final class OutputFile {
  let path: String
  let form: ResultWriter.Form
  let output: StandardOutput
  private let descriptor: Int32

  /// Makes the file; one that is there is never touched.
  ///
  /// The ending says the form unless one is given.
  init(_ path: String, form: ResultWriter.Form?) throws(Diagnostic) {
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    let byEnding = OutputFormat(named: ending).map { ResultWriter.Form.file($0) }
    self.path = path
    self.form = byEnding ?? form ?? .table
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    let code = errno
    output = StandardOutput(descriptor: descriptor, name: "'\(path)'")
    guard descriptor >= 0 else {
      let reason = code == EEXIST ? "it exists already" : String(cString: strerror(code))
      throw Diagnostic(
        "cannot write '\(path)': \(reason)",
        hint: code == EEXIST ? "name another, or remove it first" : nil, at: nil, blame: .system)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
