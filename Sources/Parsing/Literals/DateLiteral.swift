/// Checks the form of a date as written; its value is the calendar's to find.
enum DateLiteral {
  /// What is wrong with `2024-03-01T12:00`, or nil.
  ///
  /// Months, days and times must be in their usual ranges; whether a month has 31 days is not
  /// looked at.
  static func fault(in bytes: ArraySlice<UInt8>) -> LiteralFault? {
    var fields = Fields(bytes)
    guard fields.take(4, nil) != nil, let month = fields.take(2, "-") else { return .form }
    guard 1...12 ~= month else { return .subtraction("no month \(month)") }
    if fields.isAtEnd { return nil }
    guard let day = fields.take(2, "-") else { return .form }
    guard 1...31 ~= day else { return .subtraction("no day \(day)") }
    if fields.isAtEnd { return nil }
    return fields.isAt("T") ? timeFault(&fields) : .form
  }

  private static func timeFault(_ fields: inout Fields) -> LiteralFault? {
    guard let hour = fields.take(2, "T"), let minute = fields.take(2, ":") else { return .time }
    var second = 0
    if fields.isAt(":") {
      guard let value = fields.take(2, ":") else { return .time }
      second = value
      fields.skipFraction()
    }
    guard hour <= 24, minute <= 59, second <= 60 else {
      return LiteralFault(message: "no such time of day")
    }
    return fields.isAtEnd || zoneIsRead(&fields) ? nil : .time
  }

  private static func zoneIsRead(_ fields: inout Fields) -> Bool {
    if fields.isAt("Z") { return fields.isLast }
    let sign: Unicode.Scalar = fields.isAt("+") ? "+" : "-"
    guard let hour = fields.take(2, sign), let minute = fields.take(2, ":") else { return false }
    return hour <= 23 && minute <= 59 && fields.isAtEnd
  }
}

/// Groups of digits behind marks, from left to right.
private struct Fields {
  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  var isAtEnd: Bool { offset == bytes.endIndex }
  var isLast: Bool { offset == bytes.endIndex - 1 }

  func isAt(_ mark: Unicode.Scalar) -> Bool { !isAtEnd && bytes[offset] == UInt8(ascii: mark) }

  /// The number in `count` digits behind a mark; nil, and nothing taken, when they are not there.
  mutating func take(_ count: Int, _ mark: Unicode.Scalar?) -> Int? {
    if let mark, !isAt(mark) { return nil }
    let start = offset + (mark == nil ? 0 : 1)
    guard start + count <= bytes.endIndex else { return nil }
    var value = 0
    for byte in bytes[start..<(start + count)] {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    offset = start + count
    return value
  }

  mutating func skipFraction() {
    guard isAt(".") else { return }
    offset += 1
    while !isAtEnd, bytes[offset].isDigit { offset += 1 }
  }
}

extension LiteralFault {
  fileprivate static var form: LiteralFault {
    LiteralFault(
      message: "not a date", hint: "write 2024-03-01 or 2024-03; blanks around '-' subtract")
  }

  fileprivate static var time: LiteralFault {
    LiteralFault(message: "not a time", hint: "write 2024-03-01T12:00, with Z or +02:00 behind it")
  }

  fileprivate static func subtraction(_ message: String) -> LiteralFault {
    LiteralFault(message: message, hint: "to subtract, write blanks around '-'")
  }
}
