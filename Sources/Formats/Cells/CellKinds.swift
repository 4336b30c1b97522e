package import Calendars

/// The kinds of values that occur in a column of text, as a set: what its type is decided by.
package struct CellKinds: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `1`, and likewise `0`.
  package static let one = CellKinds(rawValue: 1)
  package static let zero = CellKinds(rawValue: 1 << 1)
  /// Another integer that prints back the same, within ±2^53: exact as a float.
  package static let smallInteger = CellKinds(rawValue: 1 << 2)
  /// An integer of 64 bits beyond that.
  package static let largeInteger = CellKinds(rawValue: 1 << 3)
  /// Digits beyond 64 bits.
  package static let hugeInteger = CellKinds(rawValue: 1 << 4)
  /// A number with a point or an exponent.
  package static let fraction = CellKinds(rawValue: 1 << 5)
  /// A whole number as spreadsheets shorten it, such as `8.41E+17`: digits are lost.
  package static let shortened = CellKinds(rawValue: 1 << 6)
  /// `nan`, `inf`, `infinity`.
  package static let notFinite = CellKinds(rawValue: 1 << 7)
  /// `true`, `false`, `yes`, `no`.
  package static let truthWord = CellKinds(rawValue: 1 << 8)
  /// `t`, `f`, `y`, `n`, `on`, `off`: truth in columns known to be flags, else text.
  package static let truthLetter = CellKinds(rawValue: 1 << 9)
  package static let date = CellKinds(rawValue: 1 << 10)
  package static let time = CellKinds(rawValue: 1 << 11)
  package static let text = CellKinds(rawValue: 1 << 12)
  /// `NA`, `-` and the like: null unless the column is text.
  package static let softNull = CellKinds(rawValue: 1 << 13)
  /// `""`: the empty text in a text column, else null.
  package static let quotedEmpty = CellKinds(rawValue: 1 << 14)
  /// `12/1/2016`: text, unless all cells together say which number is the month.
  package static let numericDate = CellKinds(rawValue: 1 << 15)
  /// Read as text without a look at what it is.
  package static let unread = CellKinds(rawValue: 1 << 16)
  /// `1e400`, `1e-400`: a number too large or too small for a float, kept as text.
  package static let beyondFloat = CellKinds(rawValue: 1 << 17)

  /// `1.234`, `12.345`: a number with a point that may part thousands.
  package static let thousands = CellKinds(rawValue: 1 << 18)

  package static let fractions: CellKinds = [.fraction, .thousands]
  package static let integers: CellKinds = [.one, .zero, .smallInteger, .largeInteger]
  package static let numbers: CellKinds = [
    .one, .zero, .smallInteger, .largeInteger, .hugeInteger, .fraction, .thousands, .shortened,
    .notFinite,
  ]
}

/// Finds what a cell's bytes are, without quotes and spaces; nulls are the caller's to know.
///
/// `format` gets the format of a date or time. Slow: for samples, and columns that surprise.
package func cellKind(
  _ cell: UnsafeBufferPointer<UInt8>, zone: TimeZoneRules, format: inout ParsedTime.Format?
) -> CellKinds {
  guard let first = cell.first else { return [] }
  if first &- 0x30 < 10 || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    || first == UInt8(ascii: ".")
  {
    if let number = numberKind(cell) { return number }
  }
  if let word = wordKind(cell) { return word }
  if let time = parseTime(cell, zone: zone) {
    format = time.format
    return time.isDateOnly ? .date : .time
  }
  return NumericDate(cell) == nil ? .text : .numericDate
}

private func numberKind(_ cell: UnsafeBufferPointer<UInt8>) -> CellKinds? {
  guard let number = NumberText(cell) else { return nil }
  if number.isFraction {
    // Most powers are far from the ends of the range.
    if abs(number.power) > 285, exactFloat(cell) == nil { return .beyondFloat }
    if number.isShortened { return .shortened }
    return number.mayBeThousands ? .thousands : .fraction
  }
  guard let value = exactInteger(cell) else { return .hugeInteger }
  if value == 0 { return .zero }
  if value == 1 { return .one }
  return value.magnitude <= 1 << 53 ? .smallInteger : .largeInteger
}

private func wordKind(_ cell: UnsafeBufferPointer<UInt8>) -> CellKinds? {
  guard cell.count <= 9 else { return nil }
  switch String(decoding: cell, as: UTF8.self).lowercased() {
  case "true", "false", "yes", "no": return .truthWord
  case "t", "f", "y", "n", "on", "off": return .truthLetter
  case "nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity": return .notFinite
  default: return nil
  }
}
