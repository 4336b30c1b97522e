package import Diagnostics

/// A diagnostic as lines: what and what to do, the line of the program, and a mark under the place.
package struct DiagnosticText {
  let style: Style
  /// Whether to begin with `file:line:column:`, for scripts.
  let showsPlace: Bool

  package init(style: Style, showsPlace: Bool) {
    self.style = style
    self.showsPlace = showsPlace
  }

  /// At most three lines, without line ends.
  package func lines(_ diagnostic: Diagnostic, in source: Source?) -> [String] {
    let role: Style.Role =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    var headline = style.paint("\(diagnostic.severity.rawValue):", role)
    headline += " " + SafeText.shown(diagnostic.message, style)
    if let hint = diagnostic.hint { headline += ": " + SafeText.shown(hint, style) }
    guard let source, let range = diagnostic.range else { return [headline] }
    let place = source.position(of: range.start)
    if showsPlace {
      let file = SafeText.escaped(source.name)
      headline = "\(file):\(place.line):\(place.column): " + headline
    }
    return [headline] + excerpt(source, range, place)
  }

  private func excerpt(
    _ source: Source, _ range: SourceRange, _ place: (line: Int, column: Int)
  ) -> [String] {
    let lineStart = source.lineStarts[place.line - 1]
    let line = source.line(place.line)
    let lineEnd = lineStart + line.utf8.count
    let before = SafeText.escapedLine(source.text(in: lineStart..<min(range.start, lineEnd)))
    let end = max(min(range.end, lineEnd), min(range.start, lineEnd))
    let marked = SafeText.escapedLine(source.text(in: min(range.start, lineEnd)..<end))
    let after = SafeText.escapedLine(source.text(in: end..<lineEnd))
    let window = (style.width ?? 120) - 4
    let (lead, shown) = cut(before, marked, after, to: max(20, window))
    let width = max(1, min(DisplayWidth.of(marked), window - DisplayWidth.of(lead)))
    let mark = "^" + String(repeating: "~", count: max(0, width - 1))
    let space = String(repeating: " ", count: DisplayWidth.of(lead))
    return ["  " + shown, "  " + space + style.paint(mark, .caret)]
  }

  /// A part of a long line that holds the start of the mark; `lead` is what stands before it.
  private func cut(
    _ before: String, _ marked: String, _ after: String, to width: Int
  ) -> (lead: String, shown: String) {
    var lead = before
    if DisplayWidth.of(before) > width / 2 { lead = "…" + String(before.suffix(width / 2)) }
    let rest = marked + after
    let room = width - DisplayWidth.of(lead)
    let shown = DisplayWidth.of(rest) > room ? String(rest.prefix(max(1, room - 1))) + "…" : rest
    return (lead, lead + shown)
  }
}
