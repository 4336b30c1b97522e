import Calendars
import Columns

/// The texts of days by a pattern, as codes of one dictionary: no row's text is written.
///
/// Grows with the days that are met; codes stay what they are. Belongs to one worker.
final class DayTexts {
  private let pattern: TimePattern
  private var first = 0
  /// The code of each day from the first on.
  private var codes: [UInt16] = []
  private var numbers: [[UInt8]: UInt16] = [:]
  private var texts: [[UInt8]] = []
  private var dictionary: TextDictionary?

  /// Days are added in pieces of so many, and no more than these are known.
  private static let (pieceDays, mostDays) = (512, 1 << 15)

  /// nil for a pattern with more than the day.
  init?(_ pattern: TimePattern) {
    if !pattern.isOfDay { return nil }
    self.pattern = pattern
  }

  /// The codes of days; nil where their texts are more work than those of the rows.
  func storage<Day: FixedWidthInteger>(
    _ days: UnsafePointer<Day>, count: Int, _ frame: Frame
  ) -> Vector.Storage? {
    var (least, greatest) = (Day.max, Day.min)
    for row in 0..<count {
      least = min(least, days[row])
      greatest = max(greatest, days[row])
    }
    guard least <= greatest, let low = Int(exactly: least), let high = Int(exactly: greatest),
      cover(low, high, rows: count), let dictionary
    else { return nil }
    let out = frame.output(UInt16.self)
    let first = Day(truncatingIfNeeded: first)
    codes.withUnsafeBufferPointer { codes in
      for row in 0..<count { out[row] = codes[Int(truncatingIfNeeded: days[row] &- first)] }
    }
    return .codes16(UnsafePointer(out), dictionary)
  }

  /// Makes the texts of all days between two; false where that is too much for so many rows.
  private func cover(_ low: Int, _ high: Int, rows: Int) -> Bool {
    if !codes.isEmpty && low >= first && high < first + codes.count { return true }
    let (distance, isFar) = high.subtractingReportingOverflow(low)
    if isFar || distance > 4 * rows || distance > Self.mostDays { return false }
    let piece = Self.pieceDays
    let start = min(codes.isEmpty ? low : first, low & ~(piece - 1))
    let end = max(codes.isEmpty ? high : first + codes.count, (high | (piece - 1)) + 1)
    if end - start > Self.mostDays + 2 * piece { return false }
    let before = codes.isEmpty ? [] : (start..<first).map(code)
    let behind = codes.isEmpty ? (start..<end).map(code) : (first + codes.count..<end).map(code)
    codes = before + codes + behind
    first = start
    if dictionary?.count != texts.count { dictionary = makeDictionary() }
    return true
  }

  private func code(_ day: Int) -> UInt16 {
    let text = [UInt8](unsafeUninitializedCapacity: pattern.capacity) { room, count in
      count =
        room.baseAddress.map { pattern.write(days: day, second: 0, offset: 0, to: $0) } ?? 0
    }
    if let known = numbers[text] { return known }
    let number = UInt16(truncatingIfNeeded: texts.count)
    numbers[text] = number
    texts.append(text)
    return number
  }

  private func makeDictionary() -> TextDictionary {
    let memory = TextMemory()
    memory.begin()
    for text in texts { text.withUnsafeBufferPointer { memory.append($0) } }
    let made = TextDictionary(texts: TextSlice(copying: memory.references(texts.count)))
    withExtendedLifetime(memory) {}
    return made
  }
}
