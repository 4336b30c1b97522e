/// Reads the common part of RE2's syntax as a pattern over bytes.
///
/// Characters, `.`, classes of ASCII, `\d \w \s` and their opposites, groups, `|`, `* + ?` and counts, `^`,
/// `$`, `\b` and `\B`. What else there is (flags, `\p`, classes of other letters) is left to RE2: nil.
/// Takes patterns that RE2 has compiled, so that faults need no words.
struct BytePatternParser {
  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var groupCount = 0
  /// Something was met that is left to RE2.
  private var isForeign = false

  static func parse(_ text: String) -> BytePattern? {
    var parser = BytePatternParser(text)
    let pattern = parser.alternatives()
    return parser.isForeign || parser.place < parser.scalars.count ? nil : pattern
  }

  private init(_ text: String) { scalars = Array(text.unicodeScalars) }

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
      return .character(ByteSet("\n").asciiComplement, beyondASCII: true)
    }
    if take("^") { return .textStart }
    if take("$") { return .textEnd }
    guard let scalar = next, !"*+?".unicodeScalars.contains(scalar) else { return foreign() }
    place += 1
    return .sequence(String(scalar).utf8.map { .byte(ByteSet($0...$0)) })
  }

  private mutating func foreign() -> BytePattern {
    isForeign = true
    return .sequence([])
  }

  private mutating func group() -> BytePattern {
    var number: Int?
    if next != "?" || scalars[place...].dropFirst().first != ":" {
      groupCount += 1
      number = groupCount
    }
    if take("?") {
      if take("P<") || take("<") {
        while let scalar = next, scalar != ">" {
          _ = scalar
          place += 1
        }
        if !take(">") { return foreign() }
      } else if !take(":") {
        return foreign()
      }
    }
    let inner = alternatives()
    if !take(")") { return foreign() }
    return number.map { .group($0, inner) } ?? inner
  }

  private mutating func escape() -> BytePattern {
    guard let scalar = next else { return foreign() }
    if let (set, beyond) = Self.classes[scalar] {
      place += 1
      return .character(set, beyondASCII: beyond)
    }
    if take("A") { return .textStart }
    if take("z") { return .textEnd }
    if take("b") { return .wordEdge(isEdge: true) }
    if take("B") { return .wordEdge(isEdge: false) }
    return escapedByte().map { .byte(ByteSet($0...$0)) } ?? foreign()
  }

  private static let classes: [Unicode.Scalar: (ByteSet, Bool)] = [
    "d": (.digits, false), "D": (ByteSet.digits.asciiComplement, true),
    "w": (.wordCharacters, false), "W": (ByteSet.wordCharacters.asciiComplement, true),
    "s": (.spaces, false), "S": (ByteSet.spaces.asciiComplement, true),
  ]

  private static let controls: [Unicode.Scalar: UInt8] = [
    "n": 10, "t": 9, "r": 13, "f": 12, "v": 11, "a": 7,
  ]

  /// What stands behind a backslash as one byte; nil, nothing taken, where it is more.
  private mutating func escapedByte() -> UInt8? {
    guard let scalar = next, scalar.isASCII else { return nil }
    let byte = UInt8(scalar.value)
    let isPunctuation = byte > 32 && byte < 127 && !ByteSet.wordCharacters.contains(byte)
    guard let found = Self.controls[scalar] ?? (isPunctuation ? byte : nil) else { return nil }
    place += 1
    return found
  }

  // MARK: Classes in brackets

  private mutating func bracket() -> BytePattern {
    let isNegated = take("^")
    var set = ByteSet()
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
    return isNegated
      ? .character(set.asciiComplement, beyondASCII: true) : .byte(set)
  }

  /// One character of a class, or nil where a class such as `\d` was put into the set, or where it is
  /// foreign.
  private mutating func member(_ set: inout ByteSet) -> UInt8? {
    if take("\\") {
      if let scalar = next, let (known, beyond) = Self.classes[scalar] {
        if beyond { isForeign = true }
        place += 1
        set = set.union(known)
        return nil
      }
      if let byte = escapedByte() { return byte }
      isForeign = true
      return nil
    }
    guard let scalar = next, scalar.isASCII,
      !(scalar == "[" && scalars[place...].starts(with: "[:".unicodeScalars))
    else {
      isForeign = true
      return nil
    }
    place += 1
    return UInt8(scalar.value)
  }
}
