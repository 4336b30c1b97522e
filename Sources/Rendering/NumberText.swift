import Glibc

/// Numbers as a reader wants them; files get every digit from their own writers.
enum NumberText {
  /// An integer, thousands apart by a thin space where asked; four digits stay together.
  static func integer(_ value: Int64, grouped: Bool) -> String {
    grouped ? group(String(value)) : String(value)
  }

  /// The decimals that a column of numbers is shown with, so that their points stand in line.
  ///
  /// Six significant digits of each, at most four decimals beside a number from 0.1 on.
  static func decimals(of values: [Double]) -> Int {
    let wanted = values.map(decimals).max() ?? 0
    let largest = values.filter(isPlain).map(\.magnitude).max() ?? 0
    return min(wanted, largest >= 0.1 ? 4 : largest >= 0.001 ? 6 : 9)
  }

  /// The decimals that show a number to six significant digits, trailing zeros left out.
  private static func decimals(_ value: Double) -> Int {
    guard isPlain(value), value != 0 else { return 0 }
    let magnitude = Int(log10(Swift.abs(value)).rounded(.down))
    var decimals = min(9, max(value.magnitude >= 100_000 ? 1 : 0, 5 - magnitude))
    let text = fixed(value, decimals: decimals)
    guard text.contains(".") else { return 0 }
    for digit in text.reversed() {
      if digit != "0" { break }
      decimals -= 1
    }
    return max(0, decimals)
  }

  /// A float with this number of decimals; very large and small ones in scientific notation.
  static func float(_ value: Double, decimals: Int, grouped: Bool) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
    guard isPlain(value) else { return "\(value)" }
    let text = fixed(value, decimals: decimals)
    return grouped ? group(text) : text
  }

  private static func isPlain(_ value: Double) -> Bool {
    value.isFinite && (value == 0 || (1e-6..<1e15).contains(value.magnitude))
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 48)
    let length = withVaList([Int32(decimals), value]) { vsnprintf(&buffer, 48, "%.*f", $0) }
    return String(
      decoding: buffer.prefix(Int(max(0, min(length, 47)))).map { UInt8(bitPattern: $0) },
      as: UTF8.self)
  }

  private static func group(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, whole.count > 4 else { return text }
    var grouped = ""
    for (position, digit) in whole.enumerated() {
      if position > 0 && (whole.count - position) % 3 == 0 { grouped += "\u{202F}" }
      grouped.append(digit)
    }
    return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
  }
}
