package import Columns

/// A report for a reader: the sentences of its rows under headings.
///
/// Reads the text columns `account`, `section` and `text`; a new account begins a page, a new section
/// a heading. Rows without a text are for programs only.
package struct ReportPage {
  private let style: Style
  private static let indent = "  "

  package init(style: Style) { self.style = style }

  /// The lines of the report, without line ends, none wider than the style's width.
  package func lines(_ table: Table) -> [String] {
    var lines: [String] = []
    var (account, section) = ("", "")
    for row in 0..<table.rowCount {
      let cells = Dictionary(uniqueKeysWithValues: zip(table.schema.names, table.row(row)))
      guard case .string(let text)? = cells["text"] else { continue }
      if case .string(let own)? = cells["account"], own != account || lines.isEmpty {
        if !lines.isEmpty { lines.append("") }
        lines += heading("Audit of \(own)", rule: "═")
        (account, section) = (own, "")
      }
      if case .string(let own)? = cells["section"], own != section {
        lines += [""] + heading(own, rule: nil)
        section = own
      }
      lines += paragraph(text)
    }
    return lines
  }

  private func heading(_ text: String, rule: Character?) -> [String] {
    let title = DisplayWidth.cut(SafeText.escaped(text), to: style.width ?? Int.max)
    let line = rule.map { String(repeating: $0, count: DisplayWidth.of(title)) }
    return [style.paint(title, .header)] + (line.map { [style.paint($0, .faint)] } ?? [])
  }

  private func paragraph(_ text: String) -> [String] {
    let words = SafeText.escaped(text).split(separator: " ").map(String.init)
    let width = style.width.map { max(1, $0 - Self.indent.count) } ?? Int.max
    return wrapped(words, to: width).map { Self.indent + SafeText.painted($0, style) }
  }
}
