import Glibc

extension EventOverlapSearch {
  /// ln p of a stretch of days that was sought, corrected for all that were tried; nil where it does not stand out.
  ///
  /// By itself it must be as unlikely as any event, in a block of the other list or by its densest half there; and
  /// that many together must be unlikely beside other days. `places`: where its members stand, rising.
  func lnChance(
    of overlap: EventOverlap, _ sought: OverlapEvent.Sought, _ places: [Int]
  ) -> Double? {
    let event = events[overlap.event]
    let tried = log(Double(max(1, sought.tried)))
    let most = log(thresholds.sought)
    guard overlap.lnP + tried <= most, let block = overlap.block?.rows ?? densestHalf(places),
      let joint = joint(event, overlap.other, block),
      joint.shared >= thresholds.shared, joint.lift >= thresholds.soughtLift,
      joint.lnP + tried <= most
    else { return nil }
    return max(overlap.lnP, joint.lnP) + tried
  }

  /// Nil where days are not known, and where the block takes longer than a delivery.
  private func joint(_ event: OverlapEvent, _ other: Int, _ block: Range<Int>) -> JointFollows? {
    guard let first = event.rows.first else { return nil }
    let own = PlacedFollowers(
      accounts[event.account], following.places(in: event.account, accounts)[other])
    let others = PlacedFollowers(
      accounts[other], following.places(in: other, accounts)[event.account])
    return JointFollows(own, first..<(first + event.rows.count), others, block)
  }
}
