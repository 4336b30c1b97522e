package import Calendars
package import Columns
package import Formats

/// What `load … with …` may say.
package struct LoadOptions: Sendable {
  /// Whether the first row holds the names; nil finds out.
  package var header: Bool?
  /// The byte between cells; nil finds out.
  package var delimiter: UInt8?
  /// False keeps every cell as the text it is.
  package var types = true
  /// The texts that mean null, in place of the usual list.
  package var nulls: [String]?
  /// True keeps the names of the file.
  package var raw = false
  /// The zone of times that name none.
  package var zone: TimeZoneRules = .utc
  /// The zone in which dates are days; nil: `zone`.
  package var dayZone: TimeZoneRules?
  /// Which number of `12/1/2016` is the month; nil finds out.
  package var dates: DateOrder?
  /// How the text is written as bytes; nil finds out.
  package var charset: Charset?
  /// The table to read of a database; nil takes its only one.
  package var table: String?
  package var platform: TableProperties.Platform?
  package var selection: TableProperties.Selection?
  /// When the list was taken, microseconds since 1970 UTC.
  package var capturedAt: Int64?
  /// The followers that the profile stated that day.
  package var statedFollowers: Int64?

  package init() {}

  var zones: LocalZones { LocalZones(times: zone, days: dayZone ?? zone) }
}

/// A load that gave nothing.
package struct LoadFailure: Error, Sendable, Hashable {
  /// What is wrong, without a full stop.
  package let message: String
  /// What to do about it.
  package let hint: String?
  /// Whether the file holds nothing at all: one of several may be left out.
  let isEmptyFile: Bool

  package init(_ message: String, hint: String? = nil) {
    self.init(message, hint: hint, isEmptyFile: false)
  }

  init(_ message: String, hint: String? = nil, isEmptyFile: Bool) {
    self.message = message
    self.hint = hint
    self.isEmptyFile = isEmptyFile
  }
}
