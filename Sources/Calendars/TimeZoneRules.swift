/// The offsets from UTC of one time zone, past and future.
///
/// Read from the system's time zone files; the rule at a file's end serves later years, without
/// limit. Immutable, so that threads share it.
package final class TimeZoneRules: Sendable {
  /// Coordinated Universal Time.
  package static let utc = TimeZoneRules(identifier: "UTC", offsetSeconds: 0)

  /// The name that the zone was asked for by: `Europe/Berlin`, `UTC`, `+02:00`.
  package let identifier: String
  /// Whether the offset is always 0: local time is UTC then, and callers skip the tables.
  package let isUTC: Bool

  /// Offsets by UTC time.
  let utcOffsets: OffsetTable
  /// Offsets by local time: in a gap and in an overlap the one before the switch.
  let localOffsets: OffsetTable

  init(identifier: String, offsetSeconds: Int) {
    self.identifier = identifier
    isUTC = offsetSeconds == 0
    utcOffsets = OffsetTable(fixed: Int64(offsetSeconds * microsPerSecond))
    localOffsets = utcOffsets
  }

  /// A zone of the switches in ascending order, in seconds; `cycleEnd` as in `OffsetTable`.
  init(identifier: String, first: Int, switches: [ZoneSwitch], cycleEnd: Int?) {
    self.identifier = identifier
    isUTC = first == 0 && switches.allSatisfy { $0.offset == 0 }
    let scale = microsPerSecond
    utcOffsets = OffsetTable(
      first: Int64(first * scale),
      steps: switches.map { (Int64($0.time * scale), Int64($0.offset * scale)) },
      cycleEnd: cycleEnd.map { Int64($0 * scale) })
    var before = first
    var latest = Int64.min
    var steps: [(start: Int64, offset: Int64)] = []
    for change in switches {
      // Up to this local time the old offset serves: a gap is shifted forward, and of a repeated
      // hour the first is taken.
      let local = Int64((change.time + max(before, change.offset)) * scale)
      latest = max(latest, local)
      steps.append((latest, Int64(change.offset * scale)))
      before = change.offset
    }
    localOffsets = OffsetTable(
      first: Int64(first * scale), steps: steps, cycleEnd: cycleEnd.map { Int64($0 * scale) })
  }

  /// The offset in force at a UTC time, both in seconds; local = UTC + offset.
  package func offsetSeconds(atUTC seconds: Int) -> Int {
    Int(utcOffsets.span(holding: microseconds(seconds)).micros) / microsPerSecond
  }

  /// The UTC time of a local time, in seconds since 1970.
  ///
  /// A local time that the clock skips is shifted forward by the length of the gap; of one that
  /// comes twice the earlier is taken.
  package func utcSeconds(fromLocal seconds: Int) -> Int {
    seconds &- Int(localOffsets.span(holding: microseconds(seconds)).micros) / microsPerSecond
  }

  /// Turns a block of UTC microseconds into local ones.
  ///
  /// `out` is at least as long as `micros` and may be the same memory. Values under nulls may be
  /// anything. Cost below 1 ns a value where neighbours share an offset.
  package func convertToLocal(
    _ micros: UnsafeBufferPointer<Int64>, into out: UnsafeMutableBufferPointer<Int64>
  ) {
    shift(micros, by: utcOffsets, sign: 1, into: out)
  }

  /// Turns a block of local microseconds into UTC, with the rules of `utcSeconds(fromLocal:)`.
  package func convertToUTC(
    _ micros: UnsafeBufferPointer<Int64>, into out: UnsafeMutableBufferPointer<Int64>
  ) {
    shift(micros, by: localOffsets, sign: -1, into: out)
  }

  private func shift(
    _ micros: UnsafeBufferPointer<Int64>, by table: OffsetTable, sign: Int64,
    into out: UnsafeMutableBufferPointer<Int64>
  ) {
    precondition(out.count >= micros.count, "the output block is too short")
    guard let source = micros.baseAddress, let target = out.baseAddress else { return }
    var span = OffsetSpan.none
    for index in 0..<micros.count {
      let time = source[index]
      if !span.holds(time) { span = table.span(holding: time) }
      target[index] = time &+ sign &* span.micros
    }
  }

  private func microseconds(_ seconds: Int) -> Int64 {
    let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
    return overflow ? (seconds < 0 ? Int64.min : Int64.max) : product
  }
}

/// A change of a zone's offset: from `time` on (seconds since 1970 UTC), `offset` seconds.
struct ZoneSwitch: Equatable {
  var time: Int
  var offset: Int
}
