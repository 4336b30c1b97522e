/// The first value of a JSON text, as far as the text goes: which keys lead to objects, and which to
/// lists of objects.
///
/// Lenient: what is no JSON ends it. The first object of a list stands for all.
struct JSONOutline {
  indirect enum Value {
    case object([(key: String, value: Value)])
    /// Its first element; nil when it is empty.
    case list(Value?)
    case scalar(isText: Bool)
  }

  private(set) var root: Value
  /// Whether an object follows on the same line.
  private(set) var isFollowed = false
  /// Whether nothing follows, as far as the text goes.
  private(set) var isAlone = false
  private var text: [UInt8]
  private var place = 0
  private static let deepest = 8

  init?(_ head: [UInt8]) {
    text = head
    root = .scalar(isText: false)
    guard let value = value(depth: 0) else { return nil }
    root = value
    while place < text.count, text[place] == 0x20 || text[place] == 0x09 { place += 1 }
    isFollowed = place < text.count && text[place] == UInt8(ascii: "{")
    skipSpaces()
    isAlone = place >= text.count
    text = []
  }
}

extension JSONOutline {
  private mutating func skipSpaces() {
    while place < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[place]) { place += 1 }
  }

  private mutating func value(depth: Int) -> Value? {
    skipSpaces()
    guard place < text.count else { return nil }
    switch text[place] {
    case UInt8(ascii: "{"):
      return depth < JSONOutline.deepest ? object(depth: depth) : skipped()
    case UInt8(ascii: "["):
      return depth < JSONOutline.deepest ? list(depth: depth) : skipped()
    case UInt8(ascii: "\""):
      _ = string()
      return .scalar(isText: true)
    default:
      let ends: [UInt8] = Array(",]} \n\r\t".utf8)
      while place < text.count, !ends.contains(text[place]) { place += 1 }
    }
    return .scalar(isText: false)
  }

  private mutating func object(depth: Int) -> Value {
    var members: [(key: String, value: Value)] = []
    place += 1
    while members.count < 1000 {
      skipSpaces()
      guard place < text.count, text[place] == UInt8(ascii: "\"") else { break }
      let key = string()
      skipSpaces()
      guard place < text.count, text[place] == UInt8(ascii: ":") else { break }
      place += 1
      guard let value = value(depth: depth + 1) else { break }
      members.append((key, value))
      skipSpaces()
      guard place < text.count, text[place] == UInt8(ascii: ",") else { break }
      place += 1
    }
    if place < text.count, text[place] == UInt8(ascii: "}") { place += 1 }
    return .object(members)
  }

  private mutating func list(depth: Int) -> Value {
    let start = place
    place += 1
    skipSpaces()
    guard place < text.count, text[place] != UInt8(ascii: "]") else {
      place += 1
      return .list(nil)
    }
    let first = value(depth: depth + 1)
    place = start
    _ = skipped()
    return .list(first)
  }

  private mutating func string() -> String {
    place += 1
    let start = place
    while place < text.count, text[place] != UInt8(ascii: "\"") {
      place += text[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(place, text.count)
    place = end + 1
    return String(decoding: text[min(start, end)..<end], as: UTF8.self)
  }

  /// Goes behind a list or an object.
  private mutating func skipped() -> Value {
    var depth = 0
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\""):
        _ = string()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      place += 1
      if depth == 0 { break }
    }
    return .scalar(isText: false)
  }
}
