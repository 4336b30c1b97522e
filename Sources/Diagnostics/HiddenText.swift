/// Which characters a terminal does not show as they are: controls, marks of direction, invisible
/// ones.
///
/// What is written for a person shows them escaped, files never.
package enum HiddenText {
  /// Whether a character is hidden between its neighbours (nil at an end of the text).
  ///
  /// Joiners and variation selectors are hidden except where writing or emoji need them: between
  /// two emoji, behind an emoji or an ideograph, between letters of a script that joins. Constant
  /// time.
  package static func isHidden(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF: return false
    case 0...0x1F, 0x7F...0x9F, 0xAD: return true
    case 0x200C, 0x200D: return !joins(previous, next)
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return !mayVary(previous)
    case 0xE0020...0xE007F: return !isFlagPart(previous)
    case 0xFFF9...0xFFFB, 0x2028, 0x2029: return true
    default:
      let properties = scalar.properties
      return properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
    }
  }

  private static func joins(_ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    guard let previous, let next else { return false }
    return isEmojiPart(previous) && isEmoji(next)
      || isOfJoiningScript(previous) && isOfJoiningScript(next)
  }

  private static func mayVary(_ previous: Unicode.Scalar?) -> Bool {
    guard let previous else { return false }
    return previous.properties.isEmoji || previous.properties.isIdeographic
      || isOfJoiningScript(previous)
  }

  /// Tags spell the name of a flag behind a black flag: England, Scotland, Wales.
  private static func isFlagPart(_ previous: Unicode.Scalar?) -> Bool {
    guard let previous else { return false }
    return previous.value == 0x1F3F4 || (0xE0020...0xE007E).contains(previous.value)
  }

  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x7F && scalar.properties.isEmoji
  }

  private static func isEmojiPart(_ scalar: Unicode.Scalar) -> Bool {
    isEmoji(scalar) || scalar.value == 0xFE0F
  }

  /// Arabic and its kin, the scripts of India and its east, Mongolian.
  private static func isOfJoiningScript(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0620...0x08FF, 0x0900...0x0DFF, 0x0E00...0x109F, 0x1780...0x18AF, 0xFB50...0xFDCF,
      0xFE70...0xFEFC:
      true
    default: false
    }
  }
}
