import Kernels

/// The words of two neighbouring ranks in the order of all, of which `high` is `low` or the next; O(n).
///
/// Of many words only those are looked at again that lie between two of a sample, among which the ranks
/// are all but certain to be (after Floyd and Rivest 1975); of fewer those on one side of a pivot.
func select(
  _ all: UnsafeBufferPointer<Int64>, _ low: Int, _ high: Int
) -> (low: Int64, high: Int64) {
  guard let words = all.baseAddress else { preconditionFailure("a rank of nothing") }
  let count = all.count
  if count == 1 { return (words[0], words[0]) }
  return withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2 * count + 2) { scratch in
    guard let first = scratch.baseAddress else { preconditionFailure("an allocation of nothing") }
    var selection = Selection(
      words: words, count: count, rank: low, isNeighbourWanted: high > low,
      spare: first, other: first + count + 1)
    return selection.found()
  }
}

/// The words among which a rank is looked for, fewer and fewer.
private struct Selection {
  var words: UnsafePointer<Int64>
  var count: Int
  var rank: Int
  let isNeighbourWanted: Bool
  /// Two memories that take turns; each has room for one word more than all.
  var spare: UnsafeMutablePointer<Int64>
  var other: UnsafeMutablePointer<Int64>
  /// The least of the words left out that are greater than those looked at.
  var next = Int64.max

  private static let fewWords = 24

  mutating func found() -> (low: Int64, high: Int64) {
    // Pivots of which so many are poor ones come of words in a wicked order: then the rest is sorted.
    var turns = 2 * (Int.bitWidth - count.leadingZeroBitCount) + 8
    while count > Selection.fewWords && turns > 0 {
      turns -= 1
      if count >= leastSampledWords, narrow() { continue }
      if let found = divide() { return found }
    }
    return sorted()
  }

  /// Leaves the words between two of a sample; false where the ranks are not among them, or all are.
  private mutating func narrow() -> Bool {
    let sampled = min(mostSampledWords, count / 16)
    let sample = (0..<sampled).map { [words, count] in words[$0 * (count / sampled)] }
    let bounds = SampledBounds(sample, of: count, rank, rank + 1)
    let (below, found) = wordsBetween(
      words, count: count, bounds.least, bounds.greatest, into: spare)
    let hasNext = rank + 1 < below + found || below + found == count
    if rank < below || !hasNext || found > count / 2 { return false }
    (rank, count) = (rank - below, found)
    takeTurns(spare)
    return true
  }

  /// Leaves the words on the rank's side of a pivot; gives what is found if that is the pivot.
  private mutating func divide() -> (low: Int64, high: Int64)? {
    let pivot = medianOfThree(words[0], words[count / 2], words[count - 1])
    let (below, above) = divideWords(words, count: count, by: pivot, into: spare)
    let greater = spare + count - above
    if rank < below {
      (count, next) = (below, pivot)
      takeTurns(spare)
      return nil
    }
    if rank < count - above {
      let isNeighbour = rank + 1 < count - above
      return (pivot, isNeighbour || !isNeighbourWanted ? pivot : least(greater, above))
    }
    rank -= count - above
    count = above
    takeTurns(greater)
    return nil
  }

  private mutating func takeTurns(_ left: UnsafeMutablePointer<Int64>) {
    words = UnsafePointer(left)
    swap(&spare, &other)
  }

  private func least(_ words: UnsafePointer<Int64>, _ count: Int) -> Int64 {
    var least = next
    for index in 0..<count { least = min(least, words[index]) }
    return least
  }

  /// What stands at the ranks once the words left are in order.
  private func sorted() -> (low: Int64, high: Int64) {
    spare.update(from: words, count: count)
    if count > Selection.fewWords {
      var rest = UnsafeMutableBufferPointer(start: spare, count: count)
      rest.sort()
    } else {
      sortFew()
    }
    let low = spare[rank]
    if !isNeighbourWanted { return (low, low) }
    return (low, rank + 1 < count ? spare[rank + 1] : next)
  }

  private func sortFew() {
    for index in Swift.stride(from: 1, to: count, by: 1) {
      let word = spare[index]
      var place = index
      while place > 0 && word < spare[place &- 1] {
        spare[place] = spare[place &- 1]
        place &-= 1
      }
      spare[place] = word
    }
  }
}

/// Of so many words a sixteenth is sampled; the size of the greatest sample, and how many of that lie between
/// its rank and a bound.
private let leastSampledWords = 1024
private let mostSampledWords = 1024
private let sampledMargin = 40

/// Two words between which a rank is all but certain to be.
struct SampledBounds {
  let least: Int64
  let greatest: Int64

  /// Takes words drawn evenly, how many there are of all, and the ranks looked for.
  init(_ sample: [Int64], of count: Int, _ low: Int, _ high: Int) {
    // The deviation of a rank grows with the root of the size of the sample.
    let margin = Int(
      Double(sampledMargin) * (Double(sample.count) / Double(mostSampledWords)).squareRoot())
    let before = low * sample.count / count - margin
    let behind = high * sample.count / count + margin
    (least, greatest) = sample.withUnsafeBufferPointer { sample in
      (
        before < 0 ? .min : select(sample, before, before).low,
        behind >= sample.count ? .max : select(sample, behind, behind).low
      )
    }
  }
}

private func medianOfThree(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
  max(min(a, b), min(max(a, b), c))
}
