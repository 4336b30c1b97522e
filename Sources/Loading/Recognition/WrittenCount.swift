/// A count as pages show it: `1,234`, `12.3K`, `1.2M`.
struct WrittenCount {
  let value: Int64
  /// Whether digits were left out.
  let isRounded: Bool

  init?(_ text: String) {
    var digits = text.trimmingSpaces()
    var power = 0
    switch digits.last {
    case "k", "K": power = 3
    case "m", "M": power = 6
    case "b", "B": power = 9
    default: break
    }
    isRounded = power > 0
    if isRounded { digits = String(digits.dropLast()).trimmingSpaces() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.count == 1 || isRounded,
      var whole = WrittenCount.grouped(parts[0])
    else { return nil }
    if parts.count == 2 {
      guard (1...power).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else {
        return nil
      }
      whole += parts[1]
      power -= parts[1].count
    }
    guard let number = Int64(whole + String(repeating: "0", count: power)) else { return nil }
    value = number
  }

  /// Digits, with or without a comma before each three.
  private static func grouped(_ text: Substring) -> String? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
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
