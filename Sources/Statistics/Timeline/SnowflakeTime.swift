/// The time an id was issued, in microseconds since 1970, or nil below 2⁴⁰, where ids carry none.
///
/// Twitter's snowflakes: (id >> 22) + 1288834974657 milliseconds (Twitter Engineering, "Announcing
/// Snowflake", 2010). To be called only where the platform is known to be Twitter.
package func snowflakeTime(ofID id: Int64) -> Int64? {
  guard id >= 1 << 40 else { return nil }
  return ((id >> 22) + 1_288_834_974_657) * 1000
}

/// Creation times of ids that rise with time, read off known pairs of id and time.
///
/// For Twitter's user ids from before snowflakes. Linear between neighbours; nil outside the known ids,
/// where nothing bounds the time.
package struct IDCalendar: Sendable {
  private let ids: [Int64]
  private let times: [Int64]

  /// A calendar of pairs, in any order, in O(n log n).
  ///
  /// Pairs that contradict the longest rising row are left out.
  package init(ids: [Int64], times: [Int64]) {
    let order = ids.indices.sorted { ids[$0] < ids[$1] }
    let rising = longestRisingRow(order.map { times[$0] })
    self.ids = rising.map { ids[order[$0]] }
    self.times = rising.map { times[order[$0]] }
  }

  /// The time of an id, in the unit of the known times, in O(log n).
  package func time(ofID id: Int64) -> Int64? {
    let next = ids.partitioningIndex { $0 >= id }
    guard next < ids.count else { return nil }
    if ids[next] == id { return times[next] }
    guard next > 0 else { return nil }
    let share =
      (Double(id) - Double(ids[next - 1])) / (Double(ids[next]) - Double(ids[next - 1]))
    return times[next - 1] + Int64(share * Double(times[next] - times[next - 1]))
  }
}

extension Array {
  /// The first index whose element satisfies a condition that all later elements satisfy too.
  func partitioningIndex(where later: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if later(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
