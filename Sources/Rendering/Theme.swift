/// A set of colours, for the background of the terminal.
package enum Theme: String, Sendable, Hashable, CaseIterable {
  case dark, light, none

  /// The graphic rendition of a role: the numbers between `ESC [` and `m`; nil for plain text.
  func code(of role: Style.Role) -> String? {
    switch self {
    case .dark: dark(role)
    case .light: light(role)
    case .none: nil
    }
  }

  private func dark(_ role: Style.Role) -> String {
    switch role {
    case .error: "1;91"
    case .warning: "1;93"
    case .note: "36"
    case .header: "1"
    case .faint, .suggestion: "38;5;245"
    case .caret: "1;92"
    case .escape: "38;5;208"
    case .prompt: "1;36"
    case .word: "96"
    }
  }

  private func light(_ role: Style.Role) -> String {
    switch role {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "36"
    case .header: "1"
    case .faint, .suggestion: "38;5;243"
    case .caret: "1;32"
    case .escape: "38;5;130"
    case .prompt: "1;34"
    case .word: "34"
    }
  }
}
