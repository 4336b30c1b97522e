/// What `parseTimes` found in a block.
package struct TimeBlock: Equatable, Sendable {
  /// Cells that are no time.
  package var failures = 0
  /// Empty cells.
  package var nulls = 0
  /// Whether no time has a fraction of a second; true when there is no time at all.
  package var isWholeSeconds = true
  /// Whether all times are days without a time of day; true when there is no time at all.
  package var isDateOnly = true
}

/// Reads the cells of a column in a block as times.
///
/// Cell i is the bytes `starts[i]..<ends[i]` after `base`, without quotes and spaces around it; 32
/// bytes before and after the text must be readable. What is read is what `parseTime` reads;
/// `format` says which one most cells have, and is only about speed. `micros[i]` gets microseconds
/// since 1970 UTC, or 0; `failed[i]` gets 0, 1 when the cell is no time, 2 when it is empty (null).
/// Cost in release about 3 ns a cell of the wanted format `isoSeconds`.
package func parseTimes(
  base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>,
  count: Int, format: ParsedTime.Format, zone: TimeZoneRules,
  into micros: UnsafeMutablePointer<Int64>, failed: UnsafeMutablePointer<UInt8>
) -> TimeBlock {
  let cells = TimeCells(
    base: base, starts: starts, ends: ends, count: count, zone: zone, micros: micros,
    failed: failed)
  switch format {
  case .isoSeconds: return cells.parseISOSeconds()
  case .twitter: return cells.parseTwitter()
  case .iso, .isoDate: return cells.parseISO()
  case .slashDate, .mail: return cells.parseAny()
  }
}

/// Reads the cells of a column in a block as plain ISO dates, in days since 1970-01-01.
///
/// As `parseTimes`; times of day and other formats are failures (`failed[i]` = 1).
package func parseDates(
  base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>,
  count: Int, into days: UnsafeMutablePointer<Int32>, failed: UnsafeMutablePointer<UInt8>
) -> TimeBlock {
  var block = TimeBlock()
  for index in 0..<count {
    let length = ends[index] &- starts[index]
    var bad: UInt64 = 0
    let day = fixedDate(base + Int(starts[index]), bad: &bad)
    let isDate = length == 10 && bad == 0
    days[index] = isDate ? Int32(truncatingIfNeeded: day) : 0
    failed[index] = isDate ? 0 : length == 0 ? 2 : 1
    block.failures &+= isDate || length == 0 ? 0 : 1
    block.nulls &+= length == 0 ? 1 : 0
  }
  return block
}

/// The cells of one call of `parseTimes`.
private struct TimeCells {
  let base: UnsafePointer<UInt8>
  let starts: UnsafePointer<UInt32>
  let ends: UnsafePointer<UInt32>
  let count: Int
  let zone: TimeZoneRules
  let micros: UnsafeMutablePointer<Int64>
  let failed: UnsafeMutablePointer<UInt8>

  func parseISOSeconds() -> TimeBlock {
    var block = TimeBlock()
    var span = OffsetSpan.none
    for index in 0..<count {
      let text = base + Int(starts[index])
      var bad: UInt64 = ends[index] &- starts[index] == 20 ? 0 : 1
      let seconds = fixedSeconds(text, separator: 0x54, bad: &bad)
      bad |= UInt64(text[19] ^ 0x5A)
      micros[index] = seconds &* 1_000_000
      failed[index] = 0
      if bad != 0 {
        parseSlowly(index, into: &block, span: &span)
      } else {
        block.isDateOnly = false
      }
    }
    return block
  }

  func parseTwitter() -> TimeBlock {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CalendarNames.slotCount) { names in
      CalendarNames.fill(names)
      guard let table = names.baseAddress else { return parseAny() }
      var block = TimeBlock()
      var span = OffsetSpan.none
      for index in 0..<count {
        var bad: UInt64 = ends[index] &- starts[index] == 30 ? 0 : 1
        let seconds = fixedTwitterSeconds(
          base + Int(starts[index]), names: UnsafePointer(table), bad: &bad)
        micros[index] = seconds &* 1_000_000
        failed[index] = 0
        if bad != 0 {
          parseSlowly(index, into: &block, span: &span)
        } else {
          block.isDateOnly = false
        }
      }
      return block
    }
  }

  /// The lengths that SQL exports and JavaScript write have their own way.
  func parseISO() -> TimeBlock {
    var block = TimeBlock()
    var span = OffsetSpan.none
    for index in 0..<count {
      let text = base + Int(starts[index])
      let length = ends[index] &- starts[index]
      var bad: UInt64 = 0
      var time: Int64 = 0
      var isLocal = true
      switch length {
      case 10:
        time = fixedDate(text, bad: &bad) &* Int64(microsPerDay)
      case 19, 20, 24:
        let separator: UInt8 = text[10] == 0x20 ? 0x20 : 0x54
        time = fixedSeconds(text, separator: separator, bad: &bad) &* 1_000_000
        isLocal = length == 19
        if length == 20 { bad |= UInt64(text[19] ^ 0x5A) }
        if length == 24 { time &+= milliseconds(text + 19, bad: &bad) }
      default:
        bad = 1
      }
      if isLocal, !zone.isUTC, bad == 0 {
        if !span.holds(time) { span = zone.localOffsets.span(holding: time) }
        time &-= span.micros
      }
      micros[index] = time
      failed[index] = 0
      if bad != 0 {
        parseSlowly(index, into: &block, span: &span)
      } else {
        block.isDateOnly = block.isDateOnly && length == 10
        block.isWholeSeconds = block.isWholeSeconds && (length != 24 || time % 1_000_000 == 0)
      }
    }
    return block
  }

  func parseAny() -> TimeBlock {
    var block = TimeBlock()
    var span = OffsetSpan.none
    for index in 0..<count { parseSlowly(index, into: &block, span: &span) }
    return block
  }

  @inline(never)
  private func parseSlowly(_ index: Int, into block: inout TimeBlock, span: inout OffsetSpan) {
    micros[index] = 0
    let length = Int(ends[index] &- starts[index])
    guard length > 0 else {
      failed[index] = 2
      block.nulls &+= 1
      return
    }
    let text = UnsafeBufferPointer(start: base + Int(starts[index]), count: length)
    guard let written = WrittenTime(text) else {
      failed[index] = 1
      block.failures &+= 1
      return
    }
    failed[index] = 0
    let time = written.utcMicros(zone: zone, span: &span)
    micros[index] = time
    block.isDateOnly = block.isDateOnly && written.isDateOnly
    block.isWholeSeconds = block.isWholeSeconds && written.localMicros % 1_000_000 == 0
  }
}

/// `.mmmZ` (5 bytes) in microseconds.
@inline(__always)
private func milliseconds(_ text: UnsafePointer<UInt8>, bad: inout UInt64) -> Int64 {
  let digits = UInt64(load4(text)) ^ 0x3030_302E
  bad |= digits & 0xFF | notDigits(digits & 0xFFFF_FF00) | UInt64(text[4] ^ 0x5A)
  let value = (digits &>> 8 & 0xFF) &* 100 &+ (digits &>> 16 & 0xFF) &* 10 &+ (digits &>> 24)
  return Int64(bitPattern: value &* 1000)
}
