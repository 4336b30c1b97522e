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
  /// The width that shows every cell and the name whole.
  let naturalWidth: Int
  /// The width below which the column is left out: numbers are shown whole or not at all.
  let leastWidth: Int
  private let isRightAligned: Bool

  private static let nullText = "null"
  /// Wider cells are cut.
  static let widestCell = 60
  /// What texts and the names of columns are cut to before columns are left out.
  static let narrowestText = 12

  init(field: Field, cells: [Scalar], style: Style, zone: TimeZoneRules) {
    name = SafeText.escaped(Self.shortened(field.name))
    typeName = field.type.rawValue
    isText = field.type == .string
    isRightAligned = field.type.isNumeric || field.type == .duration
    let decimals = NumberText.decimals(of: cells.compactMap(\.float))
    var style = style
    // An id is a name made of digits, not a quantity.
    if field.name == "id" || field.name.hasSuffix("_id") { style.groupsThousands = false }
    self.cells = cells.map {
      CellText.of(Self.shortened($0), decimals: decimals, style: style, zone: zone)
    }
    let widest = self.cells.map { DisplayWidth.of($0 ?? Self.nullText) }.max() ?? 0
    let nameWidth = DisplayWidth.of(name)
    naturalWidth = min(max(widest, nameWidth, typeName.count), Self.widestCell)
    let leastCell = isText ? min(widest, Self.narrowestText) : widest
    leastWidth = min(
      naturalWidth, max(leastCell, min(nameWidth, Self.narrowestText), typeName.count))
    width = naturalWidth
  }

  /// The column with longer cells cut, the cut marked with `…`.
  func fitted(to width: Int) -> TextColumn {
    var fitted = self
    fitted.width = max(1, width)
    fitted.cells = cells.map { $0.map { DisplayWidth.cut($0, to: fitted.width) } }
    return fitted
  }

  func line(_ row: Int, _ style: Style) -> String {
    guard let cell = cells[row] else { return padded(Self.nullText, .faint, style) }
    return pad(cell, painted: SafeText.painted(cell, style))
  }

  func padded(_ text: String, _ role: Style.Role, _ style: Style) -> String {
    let text = DisplayWidth.cut(text, to: width)
    return pad(text, painted: style.paint(text, role))
  }

  private func pad(_ text: String, painted: String) -> String {
    let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    return isRightAligned ? space + painted : painted + space
  }

  /// A very long text is cut before it is looked at: only its begin can be seen.
  private static func shortened(_ value: Scalar) -> Scalar {
    if case .string(let text) = value { .string(shortened(text)) } else { value }
  }

  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > longestText else { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.prefix(longestText / 4))
    return String(scalars) + "…"
  }

  /// Bytes; more than a cell can show, combining marks and all.
  private static let longestText = 2000
}

extension Scalar {
  fileprivate var float: Double? {
    if case .float(let value) = self { value } else { nil }
  }
}
