extension PosixZoneRule {
  /// Reads the text of a rule; nil when it is none, or names summer time without saying when.
  init?(_ text: String) {
    var rest = Substring(text).utf8[...]
    guard Self.skipName(&rest), let west = Self.clock(&rest) else { return nil }
    standardOffset = -west
    if rest.isEmpty { return }
    guard Self.skipName(&rest) else { return nil }
    var offset = standardOffset + 3600
    if rest.first != UInt8(ascii: ",") {
      guard let west = Self.clock(&rest) else { return nil }
      offset = -west
    }
    guard let start = Self.yearDay(&rest), let end = Self.yearDay(&rest), rest.isEmpty else {
      return nil
    }
    summer = Summer(offset: offset, start: start, end: end)
  }

  /// `CET` or `<+03>`.
  private static func skipName(_ rest: inout Substring.UTF8View.SubSequence) -> Bool {
    if rest.first == UInt8(ascii: "<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[rest.index(after: end)...]
      return true
    }
    let name = rest.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
    rest = rest.dropFirst(name.count)
    return name.count >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds; hours up to 167.
  private static func clock(_ rest: inout Substring.UTF8View.SubSequence) -> Int? {
    var sign = 1
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      sign = rest.removeFirst() == UInt8(ascii: "-") ? -1 : 1
    }
    guard let hours = number(&rest, upTo: 167) else { return nil }
    var seconds = hours * 3600
    for scale in [60, 1] {
      guard rest.first == UInt8(ascii: ":") else { break }
      rest.removeFirst()
      guard let part = number(&rest, upTo: 59) else { return nil }
      seconds += part * scale
    }
    return sign * seconds
  }

  private static func yearDay(_ rest: inout Substring.UTF8View.SubSequence) -> YearDay? {
    guard rest.popFirst() == UInt8(ascii: ","), let day = day(&rest) else { return nil }
    guard rest.first == UInt8(ascii: "/") else { return YearDay(day: day, seconds: 7200) }
    rest.removeFirst()
    return clock(&rest).map { YearDay(day: day, seconds: $0) }
  }

  private static func day(_ rest: inout Substring.UTF8View.SubSequence) -> YearDay.Day? {
    switch rest.first {
    case UInt8(ascii: "J"):
      rest.removeFirst()
      guard let number = number(&rest, upTo: 365), number >= 1 else { return nil }
      return .julian(number)
    case UInt8(ascii: "M"):
      rest.removeFirst()
      guard let month = number(&rest, upTo: 12), month >= 1,
        rest.popFirst() == UInt8(ascii: "."), let week = number(&rest, upTo: 5), week >= 1,
        rest.popFirst() == UInt8(ascii: "."), let weekday = number(&rest, upTo: 6)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    default:
      return number(&rest, upTo: 365).map { .zeroBased($0) }
    }
  }

  private static func number(
    _ rest: inout Substring.UTF8View.SubSequence, upTo limit: Int
  ) -> Int? {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return value <= limit ? value : nil
  }
}
