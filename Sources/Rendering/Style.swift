/// How results look on the place they are written to.
package struct Style: Sendable {
  /// Whether colours may be used.
  package var hasColour: Bool
  /// The colours, where they may be used.
  package var theme: Theme
  /// Whether numbers get thin spaces between thousands: on a terminal only, never for programs.
  package var groupsThousands: Bool
  /// Columns of the terminal; nil for no limit.
  package var width: Int?
  /// Rows that a table shows; the middle of longer ones is left out, and said.
  package var rows: Int

  package init(
    hasColour: Bool = false, theme: Theme = .dark, groupsThousands: Bool = false,
    width: Int? = 120, rows: Int = 40
  ) {
    self.hasColour = hasColour && theme != .none
    self.theme = theme
    self.groupsThousands = groupsThousands
    self.width = width
    self.rows = rows
  }

  /// The few roles that text plays.
  package enum Role: Sendable, Hashable, CaseIterable {
    case error, warning, note, header, faint, caret
    /// What stands for a character that is not shown as it is.
    case escape
    /// What waits for the reader to type.
    case prompt
    /// What could be typed next.
    case suggestion
    /// A name of the language in the help: a verb, a function, a dot command.
    case word
  }

  /// The text in the colour of a role, or as it is where there are no colours.
  ///
  /// The text must be free of control characters: `SafeText.escaped`.
  package func paint(_ text: String, _ role: Role) -> String {
    guard hasColour, !text.isEmpty, let code = theme.code(of: role) else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
