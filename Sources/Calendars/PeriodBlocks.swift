/// The first days of the periods that hold the days of a block.
///
/// All in days since 1970-01-01. `out` has at least as many elements as `days` and may be the same
/// memory. The values under nulls may be anything. Cost about 1 ns a value where neighbours share a
/// period, 8 ns else.
package func floorDays(
  _ days: UnsafeBufferPointer<Int32>, to unit: PeriodUnit,
  into out: UnsafeMutableBufferPointer<Int32>
) {
  precondition(out.count >= days.count, "the output block is too short")
  guard let source = days.baseAddress, let target = out.baseAddress else { return }
  // The period last seen is [start, end); empty at first.
  var start = 0
  var end = 0
  for index in 0..<days.count {
    let day = Int(source[index])
    if day < start || day >= end {
      start = floorDays(day, to: unit)
      end = nextPeriodStart(start, unit: unit)
    }
    target[index] = Int32(truncatingIfNeeded: start)
  }
}

/// The first day of the period that holds each time of a block, by the calendar of a zone.
///
/// `micros` are microseconds since 1970 UTC, `out` gets days since 1970-01-01 and is at least as
/// long. The start of such a period in UTC is `zone.utcSeconds(fromLocal: day * 86_400)`.
package func floorTimes(
  _ micros: UnsafeBufferPointer<Int64>, to unit: PeriodUnit, zone: TimeZoneRules,
  into out: UnsafeMutableBufferPointer<Int32>
) {
  precondition(out.count >= micros.count, "the output block is too short")
  guard let source = micros.baseAddress, let target = out.baseAddress else { return }
  var offset = OffsetSpan.none
  var start = 0
  var end = 0
  for index in 0..<micros.count {
    let time = source[index]
    if !offset.holds(time) { offset = zone.utcOffsets.span(holding: time) }
    let day = floorDivide(Int(time &+ offset.micros), microsPerDay)
    if day < start || day >= end {
      start = floorDays(day, to: unit)
      end = nextPeriodStart(start, unit: unit)
    }
    target[index] = Int32(truncatingIfNeeded: start)
  }
}

/// The start of the hour that holds each time of a block, both in microseconds since 1970 UTC.
///
/// Hours are those of the zone's clock; the repeated hour of an autumn night stays two hours.
/// `out` is at least as long as `micros` and may be the same memory.
package func floorHours(
  _ micros: UnsafeBufferPointer<Int64>, zone: TimeZoneRules,
  into out: UnsafeMutableBufferPointer<Int64>
) {
  precondition(out.count >= micros.count, "the output block is too short")
  guard let source = micros.baseAddress, let target = out.baseAddress else { return }
  var offset = OffsetSpan.none
  for index in 0..<micros.count {
    let time = source[index]
    if !offset.holds(time) { offset = zone.utcOffsets.span(holding: time) }
    let local = Int(time &+ offset.micros)
    target[index] = time &- Int64(floorModulo(local, microsPerHour))
  }
}
