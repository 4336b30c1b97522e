/// Follow times linear in rank between records, in microseconds.
///
/// After the last record towards the capture, or at the pace of the last records where it is unknown;
/// before the first at the pace of the first records, not before the start of the followed account. O(n).
func interpolatedTimes(_ list: FollowList, _ records: FollowRecords) -> [Int64] {
  let count = list.createdAt.count
  guard let firstRow = records.rows.first, let firstTime = records.times.first,
    let lastRow = records.rows.last, let lastTime = records.times.last
  else { return [Int64](repeating: .min, count: count) }
  var times = [Int64](repeating: firstTime, count: count)
  let start = max(records.paceStart, list.start ?? .min)
  if firstRow > 0, start < firstTime { fill(&times, from: (0, start), to: (firstRow, firstTime)) }
  for index in 1..<max(1, records.count) {
    fill(
      &times, from: (records.rows[index - 1], records.times[index - 1]),
      to: (records.rows[index], records.times[index]))
  }
  let end = list.capturedAt.map { max($0, lastTime) } ?? paceEnd(records, count)
  fill(&times, from: (lastRow, lastTime), to: (count, end))
  return times
}

/// When the last row came, if those after the last record came as fast as those between the last 20.
private func paceEnd(_ records: FollowRecords, _ count: Int) -> Int64 {
  let last = records.count - 1
  let lastTime = records.times[last]
  let first = max(0, last - 20)
  let rows = records.rows[last] - records.rows[first]
  guard rows > 0 else { return lastTime }
  let span = Double(records.times[last] - records.times[first])
  let rest = span * Double(count - 1 - records.rows[last]) / Double(rows)
  // A century more is none that an order tells.
  return lastTime + Int64(min(rest, 3.2e15))
}

/// Sets the times of the rows from one place up to, not including, another, and of the first's own row.
private func fill(
  _ times: inout [Int64], from: (row: Int, time: Int64), to: (row: Int, time: Int64)
) {
  let step = Double(to.time - from.time) / Double(max(1, to.row - from.row))
  for row in max(0, from.row)..<max(0, from.row, to.row) {
    times[row] = from.time + Int64(step * Double(row - from.row))
  }
}
