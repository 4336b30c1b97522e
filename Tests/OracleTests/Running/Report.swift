import Columns

extension OracleCase {
  /// The program and its tables, as a reader repeats them.
  var report: String {
    var lines = [pipeline.program]
    for name in tables.keys.sorted() where pipeline.program.contains(name) {
      guard let table = tables[name] else { continue }
      lines.append(
        "\(name): " + table.fields.map { "\($0.name) \($0.type.rawValue)" }.joined(separator: ", "))
      for row in table.rows.prefix(12) {
        lines.append("  " + row.map(cell).joined(separator: ","))
      }
      if table.rows.count > 12 { lines.append("  … \(table.rows.count) rows") }
    }
    return lines.joined(separator: "\n")
  }

  private func cell(_ value: Scalar) -> String {
    guard case .string(let text) = value else { return value == .null ? "" : printed(value) }
    return Term.literal(.string(text), .string).program
  }
}
