package import Columns

/// A comparison for a reader: a line a metric, an account a column, and beside each account after the
/// first what differs from it.
///
/// Reads `metric account value lo hi n unit versus difference difference_lo difference_hi p_holm`. Where
/// the window is too narrow for all accounts, the lines are nil and the rows print as they are.
package struct ComparisonPage {
  private let style: Style
  private static let gap = "  "

  package init(style: Style) { self.style = style }

  /// The lines, without line ends; nil where they do not fit.
  package func lines(_ table: Table) -> [String]? {
    let rows = (0..<table.rowCount).map { row in
      Dictionary(uniqueKeysWithValues: zip(table.schema.names, table.row(row)))
    }
    let accounts = Self.texts("account", rows)
    let metrics = Self.texts("metric", rows)
    guard !accounts.isEmpty else { return nil }
    var grid = [[""] + accounts.flatMap { heads($0, accounts[0]) }]
    for metric in metrics {
      let own = rows.filter { $0["metric"] == .string(metric) }
      var line = [title(metric, own)]
      for (index, account) in accounts.enumerated() {
        let cells = own.first { $0["account"] == .string(account) }
        line.append(cells.map { Self.value($0) } ?? "–")
        if index > 0 { line.append(cells.map { Self.difference($0) } ?? "–") }
      }
      grid.append(line)
    }
    return drawn(grid)
  }

  private func heads(_ account: String, _ first: String) -> [String] {
    account == first
      ? [SafeText.escaped(account)]
      : [SafeText.escaped(account), "against \(SafeText.escaped(first))"]
  }

  private func title(_ metric: String, _ rows: [[String: Scalar]]) -> String {
    guard case .string(let unit)? = rows.first?["unit"], unit != "share", unit != metric else {
      return metric
    }
    return "\(metric) (\(unit.split(separator: ";").first ?? ""))"
  }

  private func drawn(_ grid: [[String]]) -> [String]? {
    let widths = grid[0].indices.map { column in
      grid.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    let total = widths.reduce(0, +) + Self.gap.count * (widths.count - 1)
    if let limit = style.width, total > limit { return nil }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
    let lines = grid.map { line in
      line.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(line[column]))
        return column == 0 ? line[column] + space : space + line[column]
      }.joined(separator: Self.gap)
    }
    return [style.paint(lines[0], .header), style.paint(rule, .faint)] + lines.dropFirst()
  }

  // MARK: Cells

  private static func texts(_ name: String, _ rows: [[String: Scalar]]) -> [String] {
    var seen: [String] = []
    for row in rows {
      if case .string(let text)? = row[name], !seen.contains(text) { seen.append(text) }
    }
    return seen
  }

  private static func value(_ cells: [String: Scalar]) -> String {
    let isShare = cells["unit"] == .string("share") || cells["unit"] == .string("of stated")
    let text = cells["value"]?.number.map { number($0, isShare) }
    guard let low = cells["lo"]?.number, let high = cells["hi"]?.number else { return text ?? "–" }
    let range = "\(number(low, isShare)) to \(number(high, isShare))"
    return text.map { "\($0) (\(range))" } ?? range
  }

  private static func difference(_ cells: [String: Scalar]) -> String {
    guard let value = cells["difference"]?.number else { return "" }
    let isShare = cells["unit"] == .string("share")
    var isFactor = false
    if case .string(let unit)? = cells["unit"] { isFactor = unit.hasSuffix("factor") }
    var text = isFactor ? "×\(number(value, false))" : signed(value, isShare)
    if let p = cells["p_holm"]?.number {
      text += p < 0.001 ? ", p < 0.001" : ", p \((p * 1000).rounded() / 1000)"
    }
    return text
  }

  private static func signed(_ value: Double, _ isShare: Bool) -> String {
    (value < 0 ? "−" : "+") + number(abs(value), isShare)
  }

  /// Three significant digits; shares in percent.
  private static func number(_ value: Double, _ isShare: Bool) -> String {
    if isShare { return "\((value * 1000).rounded() / 10) %" }
    let size = abs(value)
    if size >= 100 || value == value.rounded() {
      return NumberText.integer(Int64(max(-9e18, min(9e18, value.rounded()))), grouped: false)
    }
    let scale = size >= 10 ? 10.0 : size >= 1 ? 100 : 1000
    return ((value * scale).rounded() / scale).description
  }
}
