/// What the followers of an event look like beside the usual ones.
package struct CohortFinding: Sendable {
  /// What is said of an event.
  package enum Verdict: String, Hashable, Sendable {
    /// Two independent signs of a purchase.
    case boughtLike = "bought-like"
    /// One sign: unlike the usual followers.
    case unusual
    /// No sign was found, which does not say that the cohort is clean.
    case noSign = "no-sign"
    /// Too few followers to say anything.
    case tooFew = "too-few"
    /// No column of profiles.
    case noProfiles = "no-profiles"
  }

  /// A sign of a purchase; each rests on different data.
  package enum Sign: String, Hashable, Sendable {
    /// More low-quality followers than usual.
    case lowQuality = "low-quality"
    /// Creation dates crowd into a window.
    case creation
    /// Profile numbers unlike those of usual followers.
    case shape
    /// The event stops from one day to the next.
    case abruptEnd = "abrupt-end"
    /// The same accounts form an event elsewhere.
    case shared
  }

  /// The verdict.
  package var verdict: Verdict
  /// The signs that were found.
  package var signs: [Sign]
  /// From 0, no sign, to 1; nil with too few followers or no profiles.
  package var score: Double?
  /// Low quality among those above the expected.
  package var lowQuality: LowQualityExcess?
  /// The most crowded creation window.
  package var creation: CreationConcentration?
  /// The distance of the profile numbers from the usual ones.
  package var shape: Double?
  /// Estimated bought followers that still follow.
  package var bought: Double
  /// The interval of `bought`.
  package var boughtInterval: Interval
  /// In words, the strongest first.
  package var reasons: [String]
  /// The columns that were not there.
  package var missing: [String]
}
