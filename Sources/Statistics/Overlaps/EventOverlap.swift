/// How the followers of an event sit on another account.
package struct EventOverlap: Hashable, Sendable {
  /// Indices of the event and of the other account.
  package var event: Int
  package var other: Int
  /// Followers of the event, and how many of them follow the other account.
  package var members: Int
  package var shared: Int
  /// The event and the account's followers outside all events, and how many of them follow the other.
  package var universe: Int
  package var otherInUniverse: Int
  /// How many times as likely members follow the other account as the rest of the universe.
  package var lift: Double
  /// ln of the chance of as many shared by the hypergeometric law, and the Benjamini–Hochberg q.
  ///
  /// That of the whole list or of the block, whichever says more, corrected for all that were tried.
  package var lnP: Double
  package var q: Double
  /// The rows of the other list where the members stand out more than in the whole of it.
  package var block: OverlapBlock?
  package var kind: Kind
  /// The event of the other account that shares most members, and the Jaccard index with it.
  package var nearest: Int?
  package var jaccard: Double
  /// The share of the shared members that is suspect on either account, if known.
  package var suspectShare: Double?
  /// The share of the other list that holds the densest half of the shared members.
  package var halfSpan: Double

  /// What the overlap looks like.
  package enum Kind: Hashable, Sendable {
    /// Shared members come close together on the other account too and are mostly suspect.
    case sharedBlock
    case followedBoth
  }
}

/// A stretch of another account's list that holds many of an event's members.
package struct OverlapBlock: Hashable, Sendable {
  package var rows: Range<Int>
  /// Members within it, and their lift there.
  package var shared: Int
  package var lift: Double
}

/// What an overlap must exceed to be reported.
package struct OverlapThresholds: Sendable {
  /// False discovery rate over all pairs of event and other account.
  package var q = 0.001
  package var lift = 1.5
  package var shared = 5
  /// The share of shared members that must be suspect, within error, to call them a block.
  package var suspectShare = 0.5
  /// The chance and the lift of a stretch of days that was sought and is no event by itself.
  package var sought = 1e-5
  package var soughtLift = 3.0

  package init() {}
}
