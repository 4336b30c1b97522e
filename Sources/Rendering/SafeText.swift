import Diagnostics

/// Text from data made safe to show: nothing in it can move the cursor, colour the screen, turn the
/// direction of writing, or pass for an escape that Decoy wrote.
package enum SafeText {
  /// More marks on one letter are left out: they would be drawn over the rows around it.
  private static let marksPerLetter = 4

  /// The text with hidden characters written as escapes (`\n`, `\t`, `\u{1b}`); O(n).
  ///
  /// Exact: backslashes of the text are doubled where they would read as the begin of an escape, so
  /// no two texts look alike by it. A mark without a letter is an escape too.
  package static func escaped(_ text: String) -> String {
    isPlain(text) ? text : escaped(text, doublesBackslashes: true)
  }

  /// The same of a line of a program, in which backslashes are the reader's own.
  package static func escapedLine(_ line: String) -> String {
    isPlain(line) ? line : escaped(line, doublesBackslashes: false)
  }

  /// An escaped text in which the escapes have a colour of their own, where there are colours.
  package static func painted(_ escaped: String, _ style: Style) -> String {
    guard style.hasColour, escaped.utf8.contains(UInt8(ascii: "\\")) else { return escaped }
    return units(of: escaped).map { unit in
      unit.utf8.count > 1 && unit.hasPrefix("\\") ? style.paint(unit, .escape) : unit
    }.joined()
  }

  /// A sentence that may quote programs and data, escaped and painted; literals in it have their
  /// backslashes doubled already.
  package static func shown(_ sentence: String, _ style: Style) -> String {
    painted(escapedLine(sentence), style)
  }

  /// The parts of an escaped text that must not be cut apart: characters, escapes, and doubled
  /// backslashes before what would read as an escape.
  static func units(of escaped: String) -> [String] {
    var units: [String] = []
    var rest = Substring(escaped)
    while let first = rest.first {
      guard first == "\\" else {
        units.append(String(first))
        rest = rest.dropFirst()
        continue
      }
      let run = rest.prefix { $0 == "\\" }.count
      let tail = escapeTail(rest.dropFirst(run))
      let pairs = tail > 0 ? run / 2 : 0
      units += Array(repeating: "\\\\", count: pairs)
      units += Array(repeating: "\\", count: tail > 0 ? 0 : run)
      rest = rest.dropFirst(tail > 0 ? 2 * pairs : run)
      if tail > 0, !run.isMultiple(of: 2) {
        units.append(String(rest.prefix(tail + 1)))
        rest = rest.dropFirst(tail + 1)
      }
    }
    return units
  }

  /// The characters that make an escape with a backslash before them; 0 for none.
  private static func escapeTail(_ text: Substring) -> Int {
    guard let first = text.first else { return 0 }
    if "nrt".contains(first) { return 1 }
    guard first == "u", text.dropFirst().first == "{" else { return 0 }
    let digits = text.dropFirst(2).prefix(7).prefix { $0.isHexDigit }.count
    return text.dropFirst(2 + digits).first == "}" ? digits + 3 : 0
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
  }

  private static func escaped(_ text: String, doublesBackslashes: Bool) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var hasLetter = false
    var marks = 0
    var backslashes = 0
    for (index, scalar) in scalars.enumerated() {
      let isMark = isMark(scalar)
      let isHidden = isMark ? !hasLetter : isHidden(scalars, index)
      if doublesBackslashes, backslashes > 0, isHidden || readsAsEscape(scalars, index) {
        result.append(contentsOf: repeatElement("\\", count: backslashes))
      }
      backslashes = scalar == "\\" ? backslashes + 1 : 0
      marks = isMark ? marks + 1 : 0
      if isHidden {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      } else if marks <= marksPerLetter {
        result.append(scalar)
      }
      if !isMark { hasLetter = !isHidden }
    }
    return String(result)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark:
      return !scalar.properties.isVariationSelector
        && !scalar.properties.isDefaultIgnorableCodePoint
    default: return false
    }
  }

  private static func isHidden(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    HiddenText.isHidden(
      scalars[index], after: index > 0 ? scalars[index - 1] : nil,
      before: index + 1 < scalars.count ? scalars[index + 1] : nil)
  }

  /// Whether the text from a place on would read as an escape with a backslash before it.
  private static func readsAsEscape(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    switch scalars[index] {
    case "n", "r", "t": true
    case "u": index + 1 < scalars.count && scalars[index + 1] == "{"
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }
}
