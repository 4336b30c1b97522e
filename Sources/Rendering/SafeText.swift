/// Text from data made safe to show: nothing in it can move the cursor, colour the screen or turn
/// the direction of writing.
package enum SafeText {
  /// The text with control characters, bidirectional controls and line separators written as
  /// escapes (`\n`, `\t`, `\u{1b}`); O(n).
  package static func escaped(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ !isHostile($0) }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let scalar where isHostile(scalar):
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: false
    case 0...0x1F, 0x7F...0x9F: true
    // Marks, embeddings, overrides and isolates of direction; separators; invisible operators.
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB:
      true
    default: false
    }
  }
}
