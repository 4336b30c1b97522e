import Glibc
package import Rendering

/// When colours are used.
package enum Colours: String, Sendable, CaseIterable {
  case auto, always, never

  /// The looks of text on a descriptor.
  package func style(of descriptor: Int32, theme: Theme = .dark) -> Style {
    let isTerminal = Terminal.isTerminal(descriptor)
    let allows =
      Terminal.environment("NO_COLOR") == nil && Terminal.understandsEscapes(descriptor)
    return Style(
      hasColour: self == .always || self == .auto && isTerminal && allows, theme: theme,
      groupsThousands: isTerminal, width: Terminal.width(descriptor) ?? 120)
  }
}
