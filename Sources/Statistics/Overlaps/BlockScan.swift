import Glibc

/// Where some followers of one account stand in another's list, and how many they are in all.
struct PlacesInList {
  let ranks: PlaceRanks
  let all: Int

  init(_ ranks: PlaceRanks, all: Int) {
    self.ranks = ranks
    self.all = all
  }

  /// Those at some places, −1 for who is not in the list.
  init(at places: [Int32], length: Int) {
    var ranks = PlaceRanks(length: length)
    for place in places where place >= 0 { ranks.mark(Int(place)) }
    ranks.finish()
    self.init(ranks, all: places.count)
  }

  /// How many stand in a range of rows, in O(1).
  func count(in rows: Range<Int>) -> Int { ranks.count(in: rows) }
}

/// How an event's followers stand in the other list: its whole, and the block where they stand out most.
///
/// Blocks begin at a shared member and are 32, 64, … rows long, up to a quarter of the list. The ln p
/// of the strongest is corrected for all that were tried (Bonferroni). O(k log n) for k shared.
func strongest(
  _ own: PlacesInList, _ usual: PlacesInList, length: Int, _ thresholds: OverlapThresholds
) -> EventOverlap {
  var overlap = counted(own, usual, 0..<length)
  overlap.lnP = lnChance(overlap)
  let places = own.ranks.places
  var strongest = overlap.lnP
  var tried = 1
  var size = 32
  while size <= length / 4 {
    for place in places {
      let rows = place..<min(length, place + size)
      tried += 1
      guard own.count(in: rows) >= thresholds.shared else { continue }
      let block = counted(own, usual, rows)
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

/// The event's followers against the account's usual ones in a range of rows, the chance left open.
private func counted(
  _ own: PlacesInList, _ usual: PlacesInList, _ rows: Range<Int>
) -> EventOverlap {
  let (shared, quiet) = (own.count(in: rows), usual.count(in: rows))
  let inside = (Double(shared) + 0.5) / Double(own.all + 1)
  let outside = (Double(quiet) + 0.5) / Double(usual.all + 1)
  return EventOverlap(
    event: 0, other: 0, members: own.all, shared: shared,
    universe: usual.all + own.all, otherInUniverse: quiet + shared, lift: inside / outside,
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
