import Glibc

/// How an event's followers stand in the other list: its whole, and the block where they stand out most.
///
/// Blocks begin at a shared member and are 32, 64, … rows long, up to a quarter of the list. The ln p
/// of the strongest is corrected for all that were tried (Bonferroni). O(k log n) for k shared.
func strongest(
  _ own: EventPlaces, _ usual: PlacesInList, length: Int, _ thresholds: OverlapThresholds
) -> EventOverlap {
  var overlap = counted(own, own.places.count, usual, 0..<length)
  overlap.lnP = lnChance(overlap)
  var strongest = overlap.lnP
  var tried = 1
  var size = 32
  while size <= length / 4 {
    var end = 0
    for (index, place) in own.places.enumerated() {
      let rows = place..<min(length, place + size)
      while end < own.places.count, own.places[end] < rows.upperBound { end += 1 }
      tried += 1
      guard end - index >= thresholds.shared else { continue }
      let block = counted(own, end - index, usual, rows)
      guard block.lift >= thresholds.lift else { continue }
      let lnP = lnChance(block)
      guard lnP < strongest else { continue }
      strongest = lnP
      overlap.block = OverlapBlock(rows: rows, shared: block.shared, lift: block.lift)
    }
    size *= 2
  }
  overlap.lnP = min(0, strongest + log(Double(tried)))
  return overlap
}

/// The event's followers, `shared` of them in a range of rows, against the account's usual ones there, the chance
/// left open.
private func counted(
  _ own: EventPlaces, _ shared: Int, _ usual: PlacesInList, _ rows: Range<Int>
) -> EventOverlap {
  let quiet = usual.ranks.count(in: rows) - (own.areUsual ? shared : 0)
  let all = usual.all - (own.areUsual ? own.all : 0)
  let inside = (Double(shared) + 0.5) / Double(own.all + 1)
  let outside = (Double(quiet) + 0.5) / Double(all + 1)
  return EventOverlap(
    event: 0, other: 0, members: own.all, shared: shared,
    universe: all + own.all, otherInUniverse: quiet + shared, lift: inside / outside,
    lnP: 0, q: 1, block: nil, kind: .followedBoth, nearest: nil, jaccard: 0, suspectShare: nil,
    halfSpan: 1)
}

/// Fisher's exact test of what was counted.
private func lnChance(_ overlap: EventOverlap) -> Double {
  lnHypergeometricTail(
    atLeast: overlap.shared, population: overlap.universe, marked: overlap.otherInUniverse,
    draws: overlap.members)
}

/// The rows from the first to the last of the densest half of some places, which rise; nil for none.
func densestHalf(_ places: [Int]) -> Range<Int>? {
  let half = (places.count + 1) / 2
  guard half > 0 else { return nil }
  let starts = 0...(places.count - half)
  let span = { (start: Int) in places[start + half - 1] - places[start] }
  guard let best = starts.min(by: { span($0) < span($1) }) else { return nil }
  return places[best]..<(places[best + half - 1] + 1)
}

/// The share of a list that holds the densest half of the places.
func halfSpan(_ places: [Int], _ length: Int) -> Double {
  guard let rows = densestHalf(places), length > 0 else { return 1 }
  return Double(rows.count) / Double(length)
}

/// ln of a bound on the chance that places scattered over a list have their densest half so close.
///
/// Bonferroni over the windows that begin at a place: k P(Bin(k − 1, span) ≥ half − 1).
func lnCloseness(_ places: [Int], _ length: Int) -> Double {
  let half = (places.count + 1) / 2
  guard places.count >= 4 else { return 0 }
  let span = halfSpan(places, length)
  let tail = binomialTail(atLeast: half - 1, trials: places.count - 1, chance: min(1, span))
  return min(0, log(Double(places.count)) + log(max(tail, 1e-300)))
}
