import Columns
import Diagnostics
import Formats
import Glibc
import Results
import Tasks

/// One line in, one line out: how other programs talk to a session.
extension Session {
  /// Runs the program in a line of JSON (`{"program": "…"}`) and gives the answer, one line of JSON
  /// with its line end.
  ///
  /// The answer holds the last statement's result, the notes of all, and every error. The session
  /// lives on after an error.
  package func answer(line: [UInt8]) -> (bytes: [UInt8], end: ProgramEnd) {
    let started = monotonicSeconds()
    switch jsonTextField("program", of: line) {
    case .failure(let problem):
      let diagnostic = Diagnostic(
        problem.message, hint: "send {\"program\": \"…\"}", at: nil)
      return (Self.failure([(diagnostic, nil)]), .failed)
    case .success(let program):
      let source = Source(name: "batch", text: program)
      var answer = BatchAnswer()
      let end = run(source) { answer.take($0) }
      if end == .interrupted {
        answer.errors.append((Diagnostic("interrupted", at: nil, blame: .interrupt), nil))
      }
      if !answer.errors.isEmpty { return (Self.failure(answer.errors), end) }
      return (answer.success(settings.workers) { monotonicSeconds() - started }, end)
    }
  }

  private static func failure(_ errors: [(Diagnostic, Source?)]) -> [UInt8] {
    var bytes = Array("{\"ok\": false, \"errors\": [".utf8)
    for (index, (diagnostic, source)) in errors.enumerated() {
      if index > 0 { bytes += ", ".utf8 }
      let place = diagnostic.range.flatMap { range in source.map { ($0, range) } }
      let position = place.map { $0.position(of: $1.start) }
      let length = place.map { $0.text(in: $1.start..<$1.end).count } ?? 0
      bytes += "{\"line\": \(position?.line ?? 0), \"column\": \(position?.column ?? 0), ".utf8
      bytes += "\"length\": \(length), \"message\": ".utf8
      appendJSONString(diagnostic.message, to: &bytes)
      bytes += ", \"hint\": ".utf8
      if let hint = diagnostic.hint {
        appendJSONString(hint, to: &bytes)
      } else {
        bytes += "null".utf8
      }
      bytes += "}".utf8
    }
    return bytes + Array("]}\n".utf8)
  }
}

/// What a program gave, gathered for one answer.
private struct BatchAnswer {
  var errors: [(Diagnostic, Source?)] = []
  private var table: Table?
  private var notes: [String] = []

  mutating func take(_ event: SessionEvent) {
    switch event {
    case .loadReport(let lines):
      table = nil
      notes += lines
    case .diagnostic(let diagnostic, let source):
      if diagnostic.severity == .error {
        errors.append((diagnostic, source))
      } else {
        notes.append(diagnostic.message)
      }
    case .result(let result):
      notes += result.notes
      switch result.content {
      case .table(let table), .report(let table), .comparison(let table),
        .scalar(_, let table):
        self.table = table
      case .text(let lines):
        table = Table(
          name: "text", fields: [Field(name: "line", type: .string)],
          rows: lines.map { [.string($0)] })
      case .nothing: table = nil
      }
    }
  }

  func success(_ workers: Workers, seconds: () -> Double) -> [UInt8] {
    var bytes = Array("{\"ok\": true, \"columns\": [".utf8)
    for (index, field) in (table?.schema.fields ?? []).enumerated() {
      if index > 0 { bytes += ", ".utf8 }
      bytes += "{\"name\": ".utf8
      appendJSONString(field.name, to: &bytes)
      bytes += ", \"type\": \"\(field.type.rawValue)\"}".utf8
    }
    bytes += "], \"rows\": [".utf8
    if let table {
      let start = bytes.count
      do {
        try writeJSONRows(table, on: workers) { bytes += $0 }
      } catch {
        // Interrupted when all was there: the answer is given whole. An array cannot fail.
        bytes.removeSubrange(start...)
        try? writeJSONRows(table) { bytes += $0 }
      }
    }
    bytes += "], \"notes\": [".utf8
    for (index, note) in notes.enumerated() {
      if index > 0 { bytes += ", ".utf8 }
      appendJSONString(note, to: &bytes)
    }
    bytes += "], \"seconds\": \(fixedPoint(seconds()))}\n".utf8
    return bytes
  }

  /// Six decimals, never an exponent.
  private func fixedPoint(_ seconds: Double) -> String {
    let micros = Int((seconds * 1_000_000).rounded())
    let fraction = String(micros % 1_000_000)
    return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}

private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
