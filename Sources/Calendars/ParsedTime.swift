/// A date or time read from text.
package struct ParsedTime: Equatable, Sendable {
  /// The way a date or time is written.
  package enum Format: UInt8, CaseIterable, Sendable {
    /// `2024-03-01T12:00:00Z`, 20 bytes.
    case isoSeconds
    /// ISO 8601 in its other forms, and with `/` in the date: `2024-03-01 12:00`.
    case iso
    /// `2024-03-01`.
    case isoDate
    /// `2024/03/01`.
    case slashDate
    /// Twitter's first API: `Wed Oct 10 20:19:24 +0000 2018`.
    case twitter
    /// RFC 2822: `Wed, 10 Oct 2018 20:19:24 +0000`.
    case mail
    /// `Dec 30 2009`, with or without a comma, a second blank and a time of day.
    case named
    /// `12/1/2016`, of which the column says whether it is a day in December: see `NumericDate`.
    case numeric
  }

  /// Microseconds since 1970 UTC; of a date the start of its day in the zone.
  package let micros: Int64
  /// Whether the text names a day and no time of day.
  package let isDateOnly: Bool
  /// Whether the text says its offset from UTC.
  package let hasZone: Bool
  /// How it was written.
  package let format: Format
  /// Whether the clock of the zone shows it once; always once for texts with an offset and for dates.
  package let kind: LocalTimeKind

  init(_ written: WrittenTime, zones: LocalZones) {
    var span = OffsetSpan.none
    micros =
      written.isDateOnly
      ? zones.dayStart(written.localMicros) : written.utcMicros(zone: zones.times, span: &span)
    isDateOnly = written.isDateOnly
    hasZone = written.offsetSeconds != nil
    format = written.format
    kind = written.isLocalTime ? zones.times.kind(ofLocal: written.localMicros) : .once
  }
}

/// Reads a cell that is a date or a time; nil when it is neither.
///
/// The whole text must be one; spaces around it are the caller's to trim. Read are ISO 8601 (with `T`
/// or a space; without seconds, with a fraction of 1 to 9 digits, cut to microseconds; `Z`, `±HH:MM`,
/// `±HHMM`, `±HH`, ` UTC`, ` GMT`), plain dates with `-` or `/`, Twitter's `created_at` and RFC 2822.
/// Names of weekdays are not compared to the date. Text without an offset is local time in `zone`.
/// Days and times that do not exist are nil: 2024-02-30, 24:00:00, and second 60 too (a leap second
/// has no place in seconds since 1970). `2024-05` is no time, `1/2/2016` is ambiguous: nil.
package func parseTime(_ bytes: UnsafeBufferPointer<UInt8>, zone: TimeZoneRules) -> ParsedTime? {
  parseTime(bytes, zones: LocalZones(zone))
}

/// The same, where dates and times of day are local to different zones.
package func parseTime(_ bytes: UnsafeBufferPointer<UInt8>, zones: LocalZones) -> ParsedTime? {
  WrittenTime(bytes).map { ParsedTime($0, zones: zones) }
}

/// Reads text as a date or time, as the function over bytes does.
package func parseTime(_ text: String, zone: TimeZoneRules) -> ParsedTime? {
  var text = text
  return text.withUTF8 { parseTime($0, zone: zone) }
}

/// Reads a plain ISO date, `2024-03-01`, as days since 1970-01-01; nil when it is none.
package func parseDate(_ text: String) -> Int? {
  var text = text
  return text.withUTF8 { plainDate($0) }
}

/// Days since 1970-01-01 of `2024-03-01`.
func plainDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  guard let written = WrittenTime(bytes), written.format == .isoDate else { return nil }
  return floorDivide(Int(written.localMicros), microsPerDay)
}
