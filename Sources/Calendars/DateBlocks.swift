/// Reads the cells of a column in a block as plain ISO dates, in days since 1970-01-01.
///
/// As `parseTimes`; times of day and other formats are failures (`failed[i]` = 1).
package func parseDates(
  base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>,
  count: Int, into days: UnsafeMutablePointer<Int32>, failed: UnsafeMutablePointer<UInt8>
) -> TimeBlock {
  var block = TimeBlock()
  MonthTable.entries.withUnsafeBufferPointer { entries in
    guard let months = entries.baseAddress else { return }
    for index in 0..<count {
      let text = base + Int(starts[index])
      let length = ends[index] &- starts[index]
      var doubt: UInt64 = length == 10 ? 0 : UInt64.max
      days[index] = Int32(truncatingIfNeeded: fixedDate(text, months: months, doubt: &doubt))
      failed[index] = 0
      guard doubt & upperHalves != 0 else { continue }
      let day = plainDate(UnsafeBufferPointer(start: text, count: Int(length)))
      days[index] = Int32(truncatingIfNeeded: day ?? 0)
      failed[index] = length == 0 ? 2 : day == nil ? 1 : 0
      block.nulls &+= length == 0 ? 1 : 0
      block.failures &+= length > 0 && day == nil ? 1 : 0
    }
  }
  return block
}
