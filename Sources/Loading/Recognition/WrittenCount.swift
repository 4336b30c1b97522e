/// What stands between the thousands of a column's numbers.
enum DigitGrouping: CaseIterable {
  case comma, point, space, apostrophe

  /// Plain, no-break, narrow and thin ones of each kind.
  fileprivate var marks: Set<Character> {
    switch self {
    case .comma: [","]
    case .point: ["."]
    case .space: [" ", "\u{A0}", "\u{202F}", "\u{2009}"]
    case .apostrophe: ["'", "\u{2019}"]
    }
  }

  /// What stands before the fraction of a rounded count, `12.3K`.
  fileprivate var decimalMark: Character { self == .point ? "," : "." }
}

/// A count as pages show it: `1,234`, `+5.120`, `12.3K`, `1.2M`.
struct WrittenCount {
  let value: Int64
  /// Whether digits were left out.
  let isRounded: Bool
  /// Whether marks stand between thousands.
  let isGrouped: Bool

  init?(_ text: String, _ grouping: DigitGrouping) {
    var digits = text.trimmingSpaces()
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    var power = 0
    switch digits.last {
    case "k", "K": power = 3
    case "m", "M": power = 6
    case "b", "B": power = 9
    default: break
    }
    isRounded = power > 0
    if isRounded { digits = String(digits.dropLast()).trimmingSpaces() }
    let parts =
      isRounded
      ? digits.split(separator: grouping.decimalMark, omittingEmptySubsequences: false)
      : [digits[...]]
    guard (1...2).contains(parts.count), var whole = WrittenCount.joined(parts[0], grouping) else {
      return nil
    }
    isGrouped = whole.count < parts[0].count
    if parts.count == 2 {
      guard (1...power).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else {
        return nil
      }
      whole += parts[1]
      power -= parts[1].count
    }
    guard let number = Int64(whole + String(repeating: "0", count: power)) else { return nil }
    value = isNegative ? -number : number
  }

  /// Digits, with or without a mark before each three.
  private static func joined(_ text: Substring, _ grouping: DigitGrouping) -> String? {
    let groups = text.split(omittingEmptySubsequences: false) { grouping.marks.contains($0) }
    guard let first = groups.first, (1...18).contains(first.count),
      groups.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      groups.count == 1 || first.count <= 3 && groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.joined()
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
