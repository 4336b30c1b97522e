import Calendars
import Columns
import Formats

/// A cell that shows why a column is kept as text.
struct OddCell: Sendable, CustomStringConvertible {
  /// From 1, among the rows of the table.
  let row: Int
  let text: String

  /// `'12k' in row 7`, control characters escaped, long texts cut.
  var description: String {
    let start = text.unicodeScalars.prefix(40)
    var cut = String(String.UnicodeScalarView(start))
    if start.count < text.unicodeScalars.count { cut += "…" }
    return "'\(shown(cut))' in row \(grouped(row))"
  }
}

extension OddCell {
  /// ` (with null = "unknown" it is null)`, where the text can be given so.
  var nullRemedy: String {
    let isPlain = text.count <= 30 && !text.contains("\"") && !text.contains("\\")
    return isPlain && shown(text) == text ? " (with null = \"\(text)\" it is null)" : ""
  }

  /// The first text of a column that is one of these kinds; nil where there is none.
  ///
  /// Stops at the first: some 100 ns a cell before it.
  static func first(of column: Column, _ isWanted: (CellKinds) -> Bool) -> OddCell? {
    guard column.type == .string else { return nil }
    var before = 0
    for segment in column.segments {
      var known: [UInt16: Bool] = [:]
      for row in 0..<segment.rowCount where !segment.isNull(at: row) {
        let code = segment.code(at: row)
        if let code, let isOdd = known[code] {
          if !isOdd { continue }
        }
        guard case .string(let text) = segment.scalar(at: row, of: .string) else { continue }
        let isOdd = isWanted(kind(text))
        if let code { known[code] = isOdd }
        if isOdd { return OddCell(row: before + row + 1, text: text) }
      }
      before += segment.rowCount
    }
    return nil
  }

  /// How many of the first rows' texts are one of these kinds, and how many are there.
  static func count(
    of column: Column, rows limit: Int, _ isWanted: (CellKinds) -> Bool
  ) -> (found: Int, total: Int) {
    var (found, total) = (0, 0)
    var left = limit
    for segment in column.segments where left > 0 {
      for row in 0..<min(left, segment.rowCount) {
        guard case .string(let text) = segment.scalar(at: row, of: .string) else { continue }
        total += 1
        found += isWanted(kind(text)) ? 1 : 0
      }
      left -= segment.rowCount
    }
    return (found, total)
  }

  private static func kind(_ text: String) -> CellKinds {
    var text = text
    return text.withUTF8 { bytes in
      let cell = trimmed(bytes)
      if cell.isEmpty || NullRule.standard.isSoft(cell) { return [] }
      var format: ParsedTime.Format?
      return cellKind(cell, zone: .utc, format: &format)
    }
  }
}

extension Segment {
  /// The code of a row's text in a dictionary; nil where texts are stored themselves.
  fileprivate func code(at row: Int) -> UInt16? {
    switch values {
    case .codes8(let codes, _): UInt16(codes.pointer[row])
    case .codes16(let codes, _): codes.pointer[row]
    default: nil
    }
  }
}
