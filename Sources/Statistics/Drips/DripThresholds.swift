/// What the channels of a drip test must exceed.
package struct DripThresholds: Sendable {
  /// Bands of creation dates among all followers.
  package var bands = BandThresholds(lnP: -27.6)
  /// Bands among the followers of low quality.
  package var lowQualityBands = BandThresholds(lnP: -18.4)
  /// The cumulative sum of the share of low quality.
  package var cusum = CusumSettings()
  /// The excess of a whole segment.
  package var excess = 30.0

  package init() {}
}
