import Columns
import Glibc
import Testing

/// Writes cases with the engine's answers into a folder for scripts/oracle; does nothing unless it is asked to.
@Suite struct ExportTests {
  @Test(arguments: 0..<8)
  func casesAreWrittenForTheOtherEngine(batch: Int) throws {
    guard let folder = getenv("DECOY_ORACLE_EXPORT").map({ String(cString: $0) }) else { return }
    let file = try #require(fopen("\(folder)/\(batch).jsonl", "w"))
    defer { fclose(file) }
    for number in stride(from: batch, to: PipelineTests.count, by: PipelineTests.batches) {
      let seed = PipelineTests.seed &* 1_000_003 &+ UInt64(number)
      guard let line = Self.line(CaseGenerator.make(seed: seed), number, seed) else { continue }
      fputs(line + "\n", file)
    }
  }

  /// The case as JSON; nil where it has no SQL, no sure answer, or too many rows to write down.
  private static func line(_ made: OracleCase, _ number: Int, _ seed: UInt64) -> String? {
    guard made.tables.values.allSatisfy({ $0.rows.count <= 100 }),
      let query = SQLWriter.query(made),
      (try? Reference(tables: made.tables).rows(of: made.pipeline)) != nil,
      case .rows(let answer) = made.answer(EngineSetting(threads: 1))
    else { return nil }
    let names = answer.fields.map { json($0.name) }.joined(separator: ",")
    let rows = answer.rows.map { "[" + $0.map(json).joined(separator: ",") + "]" }
    return "{\"number\":\(number),\"seed\":\(seed),\"program\":\(json(made.pipeline.program)),"
      + "\"report\":\(json(made.report)),\"sql\":\(json(query)),\"names\":[\(names)],"
      + "\"rows\":[\(rows.joined(separator: ","))]}"
  }

  private static func json(_ value: Scalar) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .float(let number): "{\"f\":\"\(number)\"}"
    case .string(let text): json(text)
    default: "\(value.integer ?? 0)"
    }
  }

  private static func json(_ text: String) -> String {
    let body = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20: "\\u" + padHex(scalar.value)
      default: String(scalar)
      }
    }
    return "\"\(body.joined())\""
  }

  private static func padHex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
