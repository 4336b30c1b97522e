import CKernels

/// Rows known to have followed shortly after a time, in list order, times strictly rising.
struct FollowRecords {
  /// Row numbers, rising.
  var rows: [Int] = []
  /// What is known of each: its creation time, or its follow time where that is given.
  var times: [Int64] = []
  /// Whether the time is the follow time itself.
  var isExact: [Bool] = []
  /// Rows with a creation time that no follow in this order allows.
  var outOfOrder: [Int] = []

  var count: Int { rows.count }
}

/// The robust records of a list, oldest first.
///
/// Part 5.2 of the method: candidates are rows whose creation time is the greatest among the rows around
/// them or so far; the longest non-decreasing subsequence of them, less members not above their
/// predecessor, are the records. So one account out of order does not poison all after it. Rows with a
/// `followedAt` are exact records, and candidates only count between the exact times around them.
/// `Int64.min` is an unknown time. O(n + m log m) for m candidates.
func followRecords(createdAt: [Int64], followedAt: [Int64]?) -> FollowRecords {
  let exact = followedAt.map(exactRows) ?? []
  let candidates = between(exact, followedAt, recordCandidates(createdAt), createdAt)
  let times = candidates.map { $0.isExact ? followedAt?[$0.row] ?? .min : createdAt[$0.row] }
  var records = FollowRecords()
  for index in longestRisingRow(times) {
    if let last = records.times.last, times[index] <= last { continue }
    records.rows.append(candidates[index].row)
    records.times.append(times[index])
    records.isExact.append(candidates[index].isExact)
  }
  records.outOfOrder = rowsOutOfOrder(createdAt, records)
  return records
}

/// Rows with a known follow time, less those that contradict the order of the rest.
private func exactRows(_ followedAt: [Int64]) -> [Int] {
  let rows = followedAt.indices.filter { followedAt[$0] != .min }
  return longestRisingRow(rows.map { followedAt[$0] }).map { rows[$0] }
}

/// Exact rows and the candidates whose time lies between those of the exact rows around them.
private func between(
  _ exact: [Int], _ followedAt: [Int64]?, _ candidates: [Int], _ createdAt: [Int64]
) -> [(row: Int, isExact: Bool)] {
  guard let followedAt, !exact.isEmpty else { return candidates.map { ($0, false) } }
  var result: [(row: Int, isExact: Bool)] = []
  var next = 0
  for row in candidates {
    while next < exact.count, exact[next] <= row {
      result.append((exact[next], true))
      next += 1
    }
    let low = next > 0 ? followedAt[exact[next - 1]] : Int64.min
    let high = next < exact.count ? followedAt[exact[next]] : Int64.max
    let isExact = next > 0 && exact[next - 1] == row
    if !isExact, createdAt[row] > low, createdAt[row] < high { result.append((row, false)) }
  }
  return result + exact[next...].map { ($0, true) }
}

/// Rows that are greatest within the window around them, or so far.
func recordCandidates(_ createdAt: [Int64]) -> [Int] {
  let isTop = windowTops(createdAt, reach: max(3, min(12, createdAt.count / 50)))
  return [Int](unsafeUninitializedCapacity: createdAt.count) { candidates, count in
    var running = Int64.min
    for row in createdAt.indices {
      let time = createdAt[row]
      let isCandidate = time != .min && (isTop[row] != 0 || time >= running)
      running = max(running, time)
      candidates.initializeElement(at: count, to: row)
      count &+= isCandidate ? 1 : 0
    }
  }
}

/// 1 for each row that is greatest within `reach` rows before and behind.
private func windowTops(_ values: [Int64], reach: Int) -> [UInt8] {
  let inner = min(reach, values.count)..<max(min(reach, values.count), values.count - reach)
  var isTop = [UInt8](repeating: 0, count: values.count)
  isTop.withUnsafeMutableBufferPointer { isTop in
    values.withUnsafeBufferPointer { values in
      guard let tops = isTop.baseAddress, let all = values.baseAddress else { return }
      ck_window_tops_i64(all + inner.lowerBound, inner.count, reach, tops + inner.lowerBound)
    }
  }
  for row in Array(0..<inner.lowerBound) + Array(inner.upperBound..<values.count) {
    let window = values[max(0, row - reach)...min(values.count - 1, row + reach)]
    isTop[row] = window.allSatisfy { $0 <= values[row] } ? 1 : 0
  }
  return isTop
}

/// Rows created after the next record had followed: only a mistake or a second follow explains them.
private func rowsOutOfOrder(_ createdAt: [Int64], _ records: FollowRecords) -> [Int] {
  var rows: [Int] = []
  var next = 0
  for row in createdAt.indices {
    while next < records.count, records.rows[next] < row { next += 1 }
    if next < records.count, records.rows[next] == row { continue }
    let limit = next < records.count ? records.times[next] : records.times.last ?? .max
    if createdAt[row] > limit { rows.append(row) }
  }
  return rows
}
