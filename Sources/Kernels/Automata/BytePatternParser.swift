/// Reads the common part of RE2's syntax as a pattern over bytes.
///
/// Characters, `.`, classes of scalars, `\d \w \s`, `\p` and their opposites, groups, `|`, `* + ?` and counts,
/// `^`, `$`, `\b` and `\B`, and the flags `i` and `s`. What else there is (other flags, cases of rare letters)
/// is left to RE2: nil. Takes patterns that RE2 has compiled, so that faults need no words.
struct BytePatternParser {
  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var groupCount = 0
  private var flags: Flags
  /// Something was met that is left to RE2.
  private var isForeign = false

  private struct Flags {
    var ignoresCase = false
    /// Whether `.` takes the end of a line, too.
    var crossesLines = false
  }

  static func parse(_ text: String, ignoringCase: Bool = false) -> BytePattern? {
    var parser = BytePatternParser(text, Flags(ignoresCase: ignoringCase))
    let pattern = parser.alternatives()
    return parser.isForeign || parser.place < parser.scalars.count ? nil : pattern
  }

  private init(_ text: String, _ flags: Flags) {
    scalars = Array(text.unicodeScalars)
    self.flags = flags
  }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  private mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[place...].starts(with: wanted) else { return false }
    place += wanted.count
    return true
  }

  // MARK: Structure

  private mutating func alternatives() -> BytePattern {
    let outer = flags
    defer { flags = outer }
    var all = [sequence()]
    while !isForeign, take("|") { all.append(sequence()) }
    return all.count == 1 ? all[0] : .either(all)
  }

  private mutating func sequence() -> BytePattern {
    var parts: [BytePattern] = []
    while !isForeign, let scalar = next, scalar != "|", scalar != ")" {
      parts.append(repetition(of: atom()))
    }
    return .sequence(parts)
  }

  private mutating func repetition(of pattern: BytePattern) -> BytePattern {
    let times: (least: Int, most: Int?)
    if take("*") {
      times = (0, nil)
    } else if take("+") {
      times = (1, nil)
    } else if take("?") {
      times = (0, 1)
    } else if let count = count() {
      times = count
    } else {
      return pattern
    }
    return .repeated(pattern, least: times.least, most: times.most, isLazy: take("?"))
  }

  /// `{2}`, `{2,}` or `{2,5}`; nil, nothing taken, for a brace that is a character.
  private mutating func count() -> (least: Int, most: Int?)? {
    let start = place
    guard take("{"), let least = number() else {
      place = start
      return nil
    }
    if take("}") { return (least, least) }
    guard take(",") else {
      place = start
      return nil
    }
    if take("}") { return (least, nil) }
    guard let most = number(), take("}") else {
      place = start
      return nil
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      place += 1
    }
    return Int(digits)
  }

  // MARK: Atoms

  private mutating func atom() -> BytePattern {
    if take("(") { return group() }
    if take("[") { return bracket() }
    if take("\\") { return escape() }
    if take(".") {
      let lineEnd: ScalarSet = flags.crossesLines ? ScalarSet() : ScalarSet(0xA...0xA)
      return lineEnd.complement.pattern
    }
    if take("^") { return .textStart }
    if take("$") { return .textEnd }
    guard let scalar = next, !"*+?".unicodeScalars.contains(scalar) else { return foreign() }
    place += 1
    return one(of: ScalarSet(scalar.value...scalar.value))
  }

  /// One character of a set, in any case where the flag says so.
  private mutating func one(of set: ScalarSet, isNegated: Bool = false) -> BytePattern {
    var set = set
    if flags.ignoresCase {
      guard let closed = LetterCases.closed(set) else { return foreign() }
      set = closed
    }
    if isNegated { set = set.complement }
    // Very many ranges make an automaton that takes longer to build than it saves.
    return set.ranges.count > Self.mostRanges ? foreign() : set.pattern
  }

  private static let mostRanges = 64

  private mutating func foreign() -> BytePattern {
    isForeign = true
    return .sequence([])
  }

  private mutating func group() -> BytePattern {
    var number: Int?
    let outer = flags
    if take("?P<") || take("?<") {
      while let scalar = next, scalar != ">" {
        _ = scalar
        place += 1
      }
      if !take(">") { return foreign() }
      number = nextGroup()
    } else if take("?") {
      guard takeFlags() else { return foreign() }
      // Flags alone hold up to the end of what is around them.
      if take(")") { return .sequence([]) }
      guard take(":") else { return foreign() }
    } else {
      number = nextGroup()
    }
    let inner = alternatives()
    flags = outer
    if !take(")") { return foreign() }
    return number.map { .group($0, inner) } ?? inner
  }

  private mutating func nextGroup() -> Int {
    groupCount += 1
    return groupCount
  }

  /// Takes letters of flags that are set; false for others, and for those that are cleared.
  private mutating func takeFlags() -> Bool {
    while let scalar = next, scalar != ":", scalar != ")" {
      switch scalar {
      case "i": flags.ignoresCase = true
      case "s": flags.crossesLines = true
      default: return false
      }
      place += 1
    }
    return true
  }

  private mutating func escape() -> BytePattern {
    if let known = knownClass() { return one(of: known.set, isNegated: known.isNegated) }
    if take("A") { return .textStart }
    if take("z") { return .textEnd }
    if take("b") { return .wordEdge(isEdge: true) }
    if take("B") { return .wordEdge(isEdge: false) }
    return escapedScalar().map { one(of: ScalarSet($0...$0)) } ?? foreign()
  }

  /// A class behind a backslash, such as `\d`; nil, nothing taken, where there is none.
  private mutating func knownClass() -> (set: ScalarSet, isNegated: Bool)? {
    guard let scalar = next else { return nil }
    if let (set, isNegated) = Self.classes[scalar] {
      place += 1
      return (set, isNegated)
    }
    // Their cases are those of RE2's own tables.
    guard scalar == "p" || scalar == "P", !flags.ignoresCase else { return nil }
    let start = place
    place += 1
    if take("{") {
      while let scalar = next, scalar != "}" {
        _ = scalar
        place += 1
      }
    }
    place += 1
    guard place <= scalars.count else { return nil }
    let name = String(String.UnicodeScalarView(scalars[start..<place]))
    if let set = ScalarClasses.scalars(ofClass: "\\" + name) { return (set, false) }
    isForeign = true
    return nil
  }

  private static let classes: [Unicode.Scalar: (ScalarSet, isNegated: Bool)] = [
    "d": (.digits, false), "D": (.digits, true), "w": (.wordCharacters, false),
    "W": (.wordCharacters, true), "s": (.spaces, false), "S": (.spaces, true),
  ]

  private static let controls: [Unicode.Scalar: UInt32] = [
    "n": 10, "t": 9, "r": 13, "f": 12, "v": 11, "a": 7,
  ]

  /// What stands behind a backslash as one scalar; nil, nothing taken, where it is none.
  private mutating func escapedScalar() -> UInt32? {
    guard let scalar = next, scalar.isASCII else { return nil }
    if scalar == "x" { return hexadecimal() }
    let byte = UInt8(scalar.value)
    let isPunctuation = byte > 32 && byte < 127 && !ByteSet.wordCharacters.contains(byte)
    guard let found = Self.controls[scalar] ?? (isPunctuation ? scalar.value : nil) else {
      return nil
    }
    place += 1
    return found
  }

  /// `x7F` or `x{1F680}`.
  private mutating func hexadecimal() -> UInt32? {
    let start = place
    place += 1
    var digits = ""
    let isBraced = take("{")
    while let scalar = next, scalar.properties.isASCIIHexDigit, isBraced || digits.count < 2 {
      digits.unicodeScalars.append(scalar)
      place += 1
    }
    guard !isBraced || take("}"), let value = UInt32(digits, radix: 16) else {
      place = start
      return nil
    }
    return value
  }

  // MARK: Classes in brackets

  private mutating func bracket() -> BytePattern {
    let isNegated = take("^")
    var set = ScalarSet()
    var isFirst = true
    while let scalar = next, isFirst || scalar != "]" {
      isFirst = false
      guard let low = member(&set) else {
        if isForeign { return foreign() }
        continue
      }
      var high = low
      if next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" {
        place += 1
        guard let end = member(&set), end >= low else { return foreign() }
        high = end
      }
      set.insert(low...high)
    }
    guard take("]") else { return foreign() }
    return one(of: set, isNegated: isNegated)
  }

  /// One scalar of a class, or nil where a class such as `\d` was put into the set, or where it is
  /// foreign.
  private mutating func member(_ set: inout ScalarSet) -> UInt32? {
    if take("\\") {
      if let known = knownClass() {
        // Which cases RE2 adds to the opposite of a class is its own affair.
        if known.isNegated && flags.ignoresCase { isForeign = true }
        set.insert(known.isNegated ? known.set.complement : known.set)
        return nil
      }
      if let scalar = escapedScalar() { return scalar }
      isForeign = true
      return nil
    }
    guard let scalar = next, !(scalar == "[" && scalars[place...].starts(with: "[:".unicodeScalars))
    else {
      isForeign = true
      return nil
    }
    place += 1
    return scalar.value
  }
}
