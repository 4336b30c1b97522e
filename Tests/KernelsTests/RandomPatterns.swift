@testable import Kernels

/// Patterns and texts that are likely to meet.
struct RandomPatterns {
  var numbers: RandomNumbers

  mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<(choices.count), using: &numbers)]
  }

  mutating func pattern(depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 6 : 12), using: &numbers) {
    case 0, 1: return pick(["a", "b", "1", "é", "x", "s", "日"])
    case 2:
      return pick([
        "[a-c]", "[^a]", "\\d", "\\w", "\\S", "\\s", "[^\\d]", "[a\\d-]", "[]a]", ".", "[^b-x]",
        "\\W", "[[:alpha:]]", "\\b", "\\B", "[é-日]", "[^\\x00-\\x7F]", "\\p{Han}", "[^é]", "(?i)",
        "(?i:bs)",
        "[K日]", "(?s:.)",
      ])
    case 3: return "^"
    case 4: return "$"
    case 5: return pick(["ab", "1a", "\\.", "\\n", "abc", "bca", "\\bab1", "1xa"])
    case 6: return "(\(pattern(depth: depth + 1))|\(pattern(depth: depth + 1)))"
    case 7:
      return "(?:\(pattern(depth: depth + 1)))"
        + pick(["*", "+", "?", "{2}", "{1,3}", "{2,}", "{0,2}", "*?"])
    case 8: return pattern(depth: depth + 1) + pattern(depth: depth + 1)
    case 9: return pattern(depth: depth + 1) + "|" + pattern(depth: depth + 1)
    case 10:
      return pick(["a", "[ab]", "é", "."]) + pick(["*", "+", "?", "{2}", "{1,3}", "{2,}", "{3}"])
    default:
      return (0..<3).map { _ in pattern(depth: depth + 1) }.joined()
    }
  }

  mutating func text() -> String {
    (0..<Int.random(in: 0..<(9), using: &numbers)).map { _ in
      pick([
        "a", "b", "c", "1", "2", "é", "É", "x", "\n", " ", ".", "日", "本", "-", "]", "S", "ſ", "B",
      ])
    }.joined()
  }
}

extension TestTexts {
  /// The bits that a search writes for all texts.
  func bits(
    _ search: (TextRows, Int, UnsafeMutablePointer<UInt64>) -> Void
  ) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (texts.count + 63) / 64)
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let base = bytes.baseAddress, let first = offsets.baseAddress else { return }
        search(TextRows(base: base, offsets: first), texts.count, &bits)
      }
    }
    return bits
  }
}
