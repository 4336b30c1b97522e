/// The text of a day since 1970-01-01: `2024-03-01`.
package func formatDate(days: Int) -> String {
  text(capacity: 32) { writeDate(days: days, to: $0) }
}

/// The text of a time, microseconds since 1970 UTC, on the clock of a zone.
///
/// `2024-03-01T12:00:00Z`, in other zones `2024-03-01T14:00:00+02:00`; a fraction of 3 or 6 digits
/// only when it is not 0. `parseTime` reads it back. Years beyond 9999 have more digits and a `+`.
package func formatTime(micros: Int64, zone: TimeZoneRules) -> String {
  text(capacity: timeTextCapacity) { writeTime(micros: micros, zone: zone, to: $0) }
}

/// Appends a day's text, as `formatDate` gives it.
package func appendDate(days: Int, to bytes: inout [UInt8]) {
  append(to: &bytes) { writeDate(days: days, to: $0) }
}

/// Appends a time's text, as `formatTime` gives it.
package func appendTime(micros: Int64, zone: TimeZoneRules, to bytes: inout [UInt8]) {
  append(to: &bytes) { writeTime(micros: micros, zone: zone, to: $0) }
}

/// Bytes that the text of any time fits in.
package let timeTextCapacity = 48

/// Writes a day's text to at least 32 bytes of memory and returns its length.
package func writeDate(days: Int, to out: UnsafeMutablePointer<UInt8>) -> Int {
  let date = civilDate(fromDays: days)
  var writer = ByteWriter(out)
  if date.year >= 0, date.year <= 9999 {
    writer.twoDigits(date.year / 100)
    writer.twoDigits(date.year % 100)
  } else {
    writer.byte(date.year < 0 ? 0x2D : 0x2B)
    writer.number(date.year.magnitude, minimumDigits: 4)
  }
  writer.byte(0x2D)
  writer.twoDigits(date.month)
  writer.byte(0x2D)
  writer.twoDigits(date.day)
  return writer.count
}

/// Writes a time's text to at least `timeTextCapacity` bytes and returns its length.
///
/// For writers of whole columns; about 10 ns a call in UTC.
package func writeTime(
  micros: Int64, zone: TimeZoneRules, to out: UnsafeMutablePointer<UInt8>
) -> Int {
  var offset = zone.isUTC ? 0 : zone.utcOffsets.span(holding: micros).micros
  // At the ends of Int64 there may be no room for the offset.
  if micros.addingReportingOverflow(offset).overflow { offset = 0 }
  let local = Int(micros &+ offset)
  let day = floorDivide(local, microsPerDay)
  let time = local &- day &* microsPerDay
  var writer = ByteWriter(out, count: writeDate(days: day, to: out))
  writer.byte(0x54)
  writer.clock(seconds: time / microsPerSecond)
  writer.fraction(micros: time % microsPerSecond)
  if offset == 0 && zone.isUTC {
    writer.byte(0x5A)
  } else {
    writer.offset(seconds: Int(offset) / microsPerSecond)
  }
  return writer.count
}

private func text(
  capacity: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int
) -> String {
  String(unsafeUninitializedCapacity: capacity) { bytes in
    bytes.baseAddress.map(write) ?? 0
  }
}

private func append(
  to bytes: inout [UInt8], _ write: (UnsafeMutablePointer<UInt8>) -> Int
) {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: timeTextCapacity) { buffer in
    guard let start = buffer.baseAddress else { return }
    bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: write(start)))
  }
}
