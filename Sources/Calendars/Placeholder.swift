/// A time zone (replaced by the real one).
package final class TimeZoneRules: Sendable {
  package static let utc = TimeZoneRules()
}
