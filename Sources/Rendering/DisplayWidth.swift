/// How many columns of a terminal a text takes.
package enum DisplayWidth {
  /// The width of a text that holds no control characters; O(n).
  package static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The width of one grapheme cluster: 2 if any part of it is wide or shown as an emoji.
  ///
  /// Sums of `wcwidth` are wrong for joined emoji and flags, which terminals draw as one sign.
  package static func of(_ character: Character) -> Int {
    if character.isASCII { return 1 }
    var isVisible = false
    var previous: Unicode.Scalar?
    for scalar in character.unicodeScalars {
      let isEmojiForm = scalar.value == 0xFE0F && previous?.properties.isEmoji == true
      if isEmojiForm || scalar.properties.isEmojiPresentation || isWide(scalar) { return 2 }
      isVisible = isVisible || !isZeroWidth(scalar)
      previous = scalar
    }
    return isVisible ? 1 : 0
  }

  /// The longest beginning of an escaped text that fits, with `…` behind it where it was cut.
  ///
  /// Nothing is cut apart. Never wider than `width`, which is at least 1.
  package static func cut(_ escaped: String, to width: Int) -> String {
    if of(escaped) <= width { return escaped }
    var result = ""
    var used = 0
    for unit in SafeText.units(of: escaped) {
      let next = of(unit)
      if used + next > width - 1 { break }
      used += next
      result += unit
    }
    return result + "…"
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }

  /// East Asian Wide and Fullwidth of Unicode 16, without the emoji that say so themselves.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
      0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
      0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
