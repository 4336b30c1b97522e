import Calendars
import Columns

/// The cells of one column as text of one width.
struct TextColumn {
  let name: String
  let typeName: String
  let isText: Bool
  /// nil is a null.
  private(set) var cells: [String?]
  private(set) var width: Int
  private let isRightAligned: Bool

  private static let nullText = "null"

  init(field: Field, cells: [Scalar], style: Style, zone: TimeZoneRules) {
    name = SafeText.escaped(field.name)
    typeName = field.type.rawValue
    isText = field.type == .string
    isRightAligned = field.type.isNumeric || field.type == .duration
    let decimals = NumberText.decimals(of: cells.compactMap(\.float))
    var style = style
    // An id is a name made of digits, not a quantity.
    if field.name == "id" || field.name.hasSuffix("_id") { style.groupsThousands = false }
    self.cells = cells.map { CellText.of($0, decimals: decimals, style: style, zone: zone) }
    width = 0
    width = naturalWidth
  }

  /// The width that shows every cell whole.
  var naturalWidth: Int {
    let widest = cells.map { DisplayWidth.of($0 ?? Self.nullText) }.max() ?? 0
    return max(widest, DisplayWidth.of(name), typeName.count)
  }

  /// The column with longer cells cut, the cut marked with `…`.
  func fitted(to width: Int) -> TextColumn {
    var fitted = self
    fitted.width = width
    fitted.cells = cells.map { $0.map { Self.cut($0, to: width) } }
    return fitted
  }

  func line(_ row: Int, _ style: Style) -> String {
    guard let cell = cells[row] else { return padded(Self.nullText, .faint, style) }
    return pad(cell, painted: cell)
  }

  func padded(_ text: String, _ role: Style.Role, _ style: Style) -> String {
    let text = Self.cut(text, to: width)
    return pad(text, painted: style.paint(text, role))
  }

  private func pad(_ text: String, painted: String) -> String {
    let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    return isRightAligned ? space + painted : painted + space
  }

  private static func cut(_ text: String, to width: Int) -> String {
    if DisplayWidth.of(text) <= width { return text }
    var result = ""
    var used = 0
    for character in text {
      let next = DisplayWidth.of(character)
      if used + next > width - 1 { break }
      used += next
      result.append(character)
    }
    return result + "…"
  }
}

extension Scalar {
  fileprivate var float: Double? {
    if case .float(let value) = self { value } else { nil }
  }
}
