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

  /// The mark that is one byte.
  fileprivate var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .point: 0x2E
    case .space: 0x20
    case .apostrophe: 0x27
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

  /// Takes a cell without spaces around it.
  init?(_ cell: UnsafeBufferPointer<UInt8>, _ grouping: DigitGrouping) {
    // Most counts are digits and a mark: without a text of their own they take a tenth of the time.
    if let plain = WrittenCount(digits: cell, mark: grouping.byte) {
      self = plain
    } else {
      self.init(String(decoding: cell, as: UTF8.self), grouping)
    }
  }

  /// Up to 18 digits with a sign or none, and a byte before each three or none; nil of all else.
  private init?(digits cell: UnsafeBufferPointer<UInt8>, mark: UInt8) {
    let hasSign = cell.first == 0x2D || cell.first == 0x2B
    let start = hasSign ? 1 : 0
    guard cell.count > start, cell.count - start <= 18 else { return nil }
    var (number, run, groups) = (Int64(0), 0, 0)
    for place in start..<cell.count {
      let byte = cell[place]
      if byte &- 0x30 < 10 {
        number = number &* 10 &+ Int64(byte &- 0x30)
        run += 1
      } else {
        // Thousands do not begin with 0: that is a fraction.
        guard byte == mark, groups == 0 ? (1...3).contains(run) && cell[start] != 0x30 : run == 3
        else { return nil }
        groups += 1
        run = 0
      }
    }
    guard groups == 0 || run == 3 else { return nil }
    value = cell.first == 0x2D ? -number : number
    isRounded = false
    isGrouped = groups > 0
  }

  private init?(_ text: String, _ grouping: DigitGrouping) {
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
      groups.count == 1
        || first.count <= 3 && first.first != "0"
          && groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.joined()
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
