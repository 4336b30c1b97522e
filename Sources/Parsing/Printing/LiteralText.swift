/// How the values of literals are written.
enum LiteralText {
  /// A text between quotes, with escapes for the quote, backslashes and what a terminal would not
  /// show as it is: control characters and marks of direction.
  static func quoted(_ text: String, _ quote: Character) -> String {
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where Character(scalar) == quote: result += "\\\(quote)"
      case _ where isHidden(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    result.append(quote)
    return result
  }

  /// Whether a terminal would not show a character as it is.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
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
