/// How often the clocks of a zone show a local time.
package enum LocalTimeKind: Sendable {
  case once
  /// The clock is put forward over it.
  case skipped
  /// The clock is put back over it.
  case repeated
}

extension TimeZoneRules {
  /// Whether the clock shows a local time, in microseconds since 1970, once, never or twice.
  func kind(ofLocal micros: Int64) -> LocalTimeKind {
    if isUTC { return .once }
    let (utc, overflow) = micros.subtractingReportingOverflow(
      localOffsets.span(holding: micros).micros)
    if overflow { return .once }
    let span = utcOffsets.span(holding: utc)
    if utc &+ span.micros != micros { return .skipped }
    // A switch within a day may bring the same local time again.
    let (near, isFar) = utc.addingReportingOverflow(Int64(microsPerDay))
    if isFar || near < span.end || span.end == Int64.max { return .once }
    let next = utcOffsets.span(holding: span.end)
    let again = micros &- next.micros
    return again >= span.end && again < next.end ? .repeated : .once
  }
}
