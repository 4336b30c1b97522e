/// In which order the rows of a follower list stand, as far as creation times tell.
package enum FollowOrder: Hashable, Sendable {
  case oldestFirst
  case newestFirst
  /// Sorted by the creation time itself, which says nothing of follows.
  case byCreation
  /// Neither: the youngest accounts stand anywhere.
  case none
  /// Too few rows with a creation time to tell.
  case tooFew
}

/// The order of a list, from the creation times of its rows.
///
/// In follow order the youngest accounts of successive parts of the list rise together with it: the
/// nearly youngest of each of 6 to 32 parts are compared by Kendall's tau, which is about 1 in a list
/// oldest first, −1 newest first, and around 0 in a shuffled one: its deviation is 0.13 of 32 parts, 0.36
/// of 6, and 3.3 deviations are asked for. Parts have 48 rows where the list allows, so that some of each
/// signed up just before. `Int64.min` is no creation time. O(n).
package func followOrder(createdAt: [Int64]) -> FollowOrder {
  let unknown = createdAt.reduce(0) { $0 &+ ($1 == .min ? 1 : 0) }
  let known = unknown == 0 ? createdAt : createdAt.filter { $0 != .min }
  guard known.count >= fewestRows else { return .tooFew }
  if isSorted(known) { return .byCreation }
  let parts = min(32, max(6, known.count / 48))
  let tops = (0..<parts).map { part in
    let rows = known[(known.count * part / parts)..<(known.count * (part + 1) / parts)]
    return nearlyGreatest(rows)
  }
  let tau = kendallTau(tops)
  let least = min(1, max(0.5, 3.3 * tauDeviation(parts)))
  return tau >= least ? .oldestFirst : tau <= -least ? .newestFirst : .none
}

/// The standard deviation of Kendall's tau of so many values in a random order.
///
/// M. Kendall, Biometrika 30, 1938.
private func tauDeviation(_ count: Int) -> Double {
  let n = Double(count)
  return (2 * (2 * n + 5) / (9 * n * (n - 1))).squareRoot()
}

/// Whether at least 95 of 100 neighbours stand in one same order of creation.
///
/// Looks no further where that can no longer be.
private func isSorted(_ values: [Int64]) -> Bool {
  let pairs = values.count - 1
  let least = 0.95 * Double(pairs)
  var (rises, falls) = (0, 0)
  for start in stride(from: 1, to: values.count, by: 1 << 12) {
    let end = min(values.count, start + 1 << 12)
    for index in start..<end {
      rises &+= values[index] > values[index - 1] ? 1 : 0
      falls &+= values[index] < values[index - 1] ? 1 : 0
    }
    if Double(max(rises, falls) + pairs - (end - 1)) <= least { return false }
  }
  return Double(max(rises, falls)) > least
}

/// The third greatest value, which two wrong dates do not move.
private func nearlyGreatest(_ values: ArraySlice<Int64>) -> Int64 {
  var (first, second, third) = (Int64.min, Int64.min, Int64.min)
  for value in values where value > third {
    if value > first {
      (first, second, third) = (value, first, second)
    } else if value > second {
      (second, third) = (value, second)
    } else {
      third = value
    }
  }
  return third
}

private func kendallTau(_ values: [Int64]) -> Double {
  var balance = 0
  for later in values.indices {
    for earlier in 0..<later {
      balance += values[later] > values[earlier] ? 1 : values[later] < values[earlier] ? -1 : 0
    }
  }
  return Double(balance) / Double(max(1, values.count * (values.count - 1) / 2))
}
