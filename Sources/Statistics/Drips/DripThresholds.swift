/// What the channels of a drip test must exceed.
package struct DripThresholds: Sendable {
  /// Bands of creation dates among all followers.
  package var bands = BandThresholds(lnP: -20.7)
  /// Bands among the followers of low quality.
  package var lowQualityBands = BandThresholds(lnP: -18.4)
  /// Bands of one to eight months, among all and among the followers of low quality.
  package var wideBands = WideBandThresholds()
  /// The rises of the share of low quality.
  package var shares = ShareScanSettings()
  /// The excess of a whole segment.
  package var excess = 30.0

  package init() {}
}
