/// A lasting, small excess of followers that are alike: a drip.
package struct DripSegment: Hashable, Sendable {
  /// First and last day, counted from the first day of the series.
  package var start: Int
  package var end: Int
  /// Followers of these days, masked days left out.
  package var followers: Int
  /// How many of them are more than expected: a lower bound.
  package var excess: Double
  /// ln p of the strongest sign, not corrected for the search; that of shares is a normal tail.
  package var lnP: Double
  /// Creation dates that supply too many, each a range of days, by date.
  package var bands: [ClosedRange<Int>]
  /// The channels that saw it.
  package var channels: Channels

  /// Excess a day.
  package var perDay: Double { excess / Double(end - start + 1) }

  /// What a drip shows in.
  package struct Channels: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    /// Few creation dates supply many followers.
    package static let bands = Channels(rawValue: 1)
    /// The same among followers of low quality.
    package static let lowQualityBands = Channels(rawValue: 2)
    /// The share of low quality has risen.
    package static let lowQuality = Channels(rawValue: 4)
  }
}
