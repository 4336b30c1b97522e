/// The cells of one call of `parseTimes`.
struct TimeCells {
  let base: UnsafePointer<UInt8>
  let starts: UnsafePointer<UInt32>
  let ends: UnsafePointer<UInt32>
  let count: Int
  let zones: LocalZones
  let micros: UnsafeMutablePointer<Int64>
  let failed: UnsafeMutablePointer<UInt8>

  func parseISOSeconds(_ months: UnsafePointer<Int32>) -> TimeBlock {
    var block = TimeBlock()
    var span = OffsetSpan.none
    var slow = 0
    for index in 0..<count {
      let start = starts[index]
      var doubt: UInt64 = ends[index] &- start == 20 ? 0 : UInt64.max
      let seconds = fixedSeconds(
        base + Int(start), separator: 0x54, terminator: 0x5A, months: months, doubt: &doubt)
      micros[index] = seconds &* 1_000_000
      failed[index] = 0
      if doubt & upperHalves != 0 {
        slow &+= 1
        parseSlowly(index, into: &block, span: &span)
      }
    }
    if slow < count { block.isDateOnly = false }
    return block
  }

  func parseTwitter(_ months: UnsafePointer<Int32>) -> TimeBlock {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: CalendarNames.slotCount) { names in
      CalendarNames.fill(names)
      guard let table = names.baseAddress else { return parseAny() }
      var block = TimeBlock()
      var span = OffsetSpan.none
      var slow = 0
      for index in 0..<count {
        let start = starts[index]
        var doubt: UInt64 = ends[index] &- start == 30 ? 0 : UInt64.max
        let seconds = fixedTwitterSeconds(
          base + Int(start), names: UnsafePointer(table), months: months, doubt: &doubt)
        micros[index] = seconds &* 1_000_000
        failed[index] = 0
        if doubt & upperHalves != 0 {
          slow &+= 1
          parseSlowly(index, into: &block, span: &span)
        }
      }
      if slow < count { block.isDateOnly = false }
      return block
    }
  }

  /// The lengths that SQL exports and JavaScript write have their own way.
  func parseISO(_ months: UnsafePointer<Int32>) -> TimeBlock {
    var block = TimeBlock()
    var span = OffsetSpan.none
    // Within the span, a day away from the switches at its ends.
    var calm = OffsetSpan.none
    let zone = zones.times
    let hasOffset = !zone.isUTC
    let hasDayOffset = !zones.days.isUTC
    var day = OffsetSpan.none
    for index in 0..<count {
      let text = base + Int(starts[index])
      let length = ends[index] &- starts[index]
      var doubt: UInt64 = 0
      var time: Int64 = 0
      var isLocal = true
      switch length {
      case 10:
        time = fixedDate(text, months: months, doubt: &doubt) &* Int64(microsPerDay)
        isLocal = false
        if hasDayOffset {
          if !day.holds(time) { day = zones.days.localOffsets.span(holding: time) }
          time &-= day.micros
        }
      case 19, 20, 24:
        let separator: UInt8 = text[10] == 0x20 ? 0x20 : 0x54
        let terminator = length == 20 ? 0x5A : text[19]
        let seconds = fixedSeconds(
          text, separator: separator, terminator: terminator, months: months, doubt: &doubt)
        time = seconds &* 1_000_000
        isLocal = length == 19
        if length == 24 { time &+= milliseconds(text + 19, doubt: &doubt) }
      default:
        doubt = UInt64.max
      }
      let local = time
      if isLocal, hasOffset {
        if !span.holds(time) {
          span = zone.localOffsets.span(holding: time)
          calm = span.withoutEnds
        }
        time &-= span.micros
      }
      micros[index] = time
      failed[index] = 0
      if doubt & upperHalves != 0 {
        parseSlowly(index, into: &block, span: &span)
        calm = span.withoutEnds
      } else {
        if isLocal, hasOffset, !calm.holds(local) {
          block.note(zone.kind(ofLocal: local))
        }
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
    if written.isLocalTime { block.note(zones.times.kind(ofLocal: written.localMicros)) }
    micros[index] =
      written.isDateOnly
      ? zones.dayStart(written.localMicros) : written.utcMicros(zone: zones.times, span: &span)
    block.isDateOnly = block.isDateOnly && written.isDateOnly
    block.isWholeSeconds = block.isWholeSeconds && written.localMicros % 1_000_000 == 0
  }
}

/// `.mmmZ` (5 bytes) in microseconds.
@inline(__always)
private func milliseconds(_ text: UnsafePointer<UInt8>, doubt: inout UInt64) -> Int64 {
  let digits = UInt64(load4(text)) ^ 0x3030_302E
  let end = UInt64(text[4] ^ 0x5A)
  doubt |= digits | (digits &+ 0x0606_060F) | end | (end &+ 0x0F)
  let value = (digits &>> 8 & 0xFF) &* 100 &+ (digits &>> 16 & 0xFF) &* 10 &+ (digits &>> 24)
  return Int64(bitPattern: value &* 1000)
}
