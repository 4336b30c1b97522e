import Diagnostics

/// How the values of literals are written.
enum LiteralText {
  /// A text between quotes, with escapes for the quote, backslashes and what a terminal would not
  /// show as it is: control characters and marks of direction.
  static func quoted(_ text: String, _ quote: Character) -> String {
    var result = String(quote)
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let previous = index > 0 ? scalars[index - 1] : nil
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where Character(scalar) == quote: result += "\\\(quote)"
      case _ where HiddenText.isHidden(scalar, after: previous, before: next):
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    result.append(quote)
    return result
  }

  /// A pattern between slashes.
  static func regex(_ pattern: String, flags: String) -> String {
    var result = "/"
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if scalar == "/", !isEscaped { result += "\\" }
      result.unicodeScalars.append(scalar)
      isEscaped = scalar == "\\" && !isEscaped
    }
    return result + "/" + flags
  }

  /// A duration in the largest units, `1h30min`; `0s` when it is none.
  static func duration(_ microseconds: Int64) -> String {
    var rest = microseconds.magnitude
    var parts = ""
    for unit in NumberLiteral.units where rest >= unit.microseconds {
      parts += "\(rest / unit.microseconds)\(unit.name)"
      rest %= unit.microseconds
    }
    return (microseconds < 0 ? "-" : "") + (parts.isEmpty ? "0s" : parts)
  }
}
