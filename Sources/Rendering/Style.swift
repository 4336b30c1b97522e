/// How results look on the place they are written to.
package struct Style: Sendable {
  /// Whether colours may be used.
  package var hasColour: Bool
  /// Whether numbers get thin spaces between thousands: on a terminal only, never for programs.
  package var groupsThousands: Bool
  /// Columns of the terminal; nil for no limit.
  package var width: Int?
  /// Rows that a table shows; the middle of longer ones is left out, and said.
  package var rows: Int

  package init(
    hasColour: Bool = false, groupsThousands: Bool = false, width: Int? = 120, rows: Int = 40
  ) {
    self.hasColour = hasColour
    self.groupsThousands = groupsThousands
    self.width = width
    self.rows = rows
  }

  /// The few roles that text plays.
  enum Role: String {
    case error = "31;1"
    case warning = "33;1"
    case note = "36"
    case header = "1"
    case faint = "2"
    case caret = "32;1"
  }

  func paint(_ text: String, _ role: Role) -> String {
    hasColour && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
