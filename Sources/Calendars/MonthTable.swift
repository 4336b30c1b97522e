/// First days and lengths of the months of 1968 to 2095, the years that exports hold.
///
/// An entry is the first day since 1970-01-01 times 32 plus the length; 0 where no month is. Years
/// outside are left to the plain parser.
enum MonthTable {
  static let entries: [Int32] = (0..<yearCount * 16).map { index in
    let (year, month) = (firstYear + index / 16, index % 16)
    guard (1...12).contains(month) else { return 0 }
    let first = daysFromCivil(year: year, month: month, day: 1)
    return Int32(first * 32 + daysInMonth(year: year, month: month))
  }

  /// Days since 1970 of a date; a difference below 0 puts the sign bit in `doubt`.
  @inline(__always)
  static func days(
    year: UInt64, month: UInt64, day: UInt64, in entries: UnsafePointer<Int32>,
    doubt: inout UInt64
  ) -> Int64 {
    let row = year &- UInt64(firstYear)
    let index = (row &* 16 &+ month) & UInt64(yearCount * 16 - 1)
    let entry = Int64(entries[Int(truncatingIfNeeded: index)])
    let length = UInt64(bitPattern: entry) & 31
    let outside = row | (UInt64(yearCount - 1) &- row) | (12 &- month)
    doubt |= (outside | (day &- 1) | (length &- day)) & 1 &<< 63
    return entry &>> 5 &+ Int64(bitPattern: day) &- 1
  }

  private static let firstYear = 1968
  private static let yearCount = 128
}
