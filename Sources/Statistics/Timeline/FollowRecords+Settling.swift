extension FollowRecords {
  /// Leaves out the first records of a list that begins in the middle of an account's life.
  ///
  /// The first row of any list is its youngest account so far, however old, and so are a few after it: until
  /// somebody comes who has just signed up, records say when people signed up, and not when they followed.
  /// That takes about as many rows as lie between later records (the wait is geometric). So among the rows
  /// within six such distances the last record is sought that a later one follows after far more time than
  /// the rows between them take at the pace behind that; it and those before it are no records.
  /// O(records + square of those looked at), which are few: old accounts alone set about ln n in n rows.
  mutating func leaveOutUnsettled() {
    guard count >= 2 * fewestRecords, !isExact.contains(true) else { return }
    let reach = Int(6 * rowsBetweenLater)
    let reached = rows.lastIndex { $0 <= rows[0] + reach } ?? 0
    let last = min(reached + 1, count - fewestRecords)
    let unsettled = (1...last).compactMap { later -> Int? in
      let pace = Pace(self, from: later, rows: reach)
      return (0..<later).last { isFar($0, from: later, pace) && !isAmongOthers($0, pace) }
    }.max()
    guard let unsettled else { return }
    rows.removeFirst(unsettled + 1)
    times.removeFirst(unsettled + 1)
    isExact.removeFirst(unsettled + 1)
  }

  /// When the first row of the list came, if those before the first record came as fast as those of the
  /// first 20; the year 1 at the earliest.
  var paceStart: Int64 {
    let last = min(count - 1, 20)
    guard rows[last] > rows[0] else { return times[0] }
    let perRow = Double(times[last] - times[0]) / Double(rows[last] - rows[0])
    return max(times[0] - Int64(min(perRow * Double(rows[0]), 3.2e15)), -62_135_596_800_000_000)
  }

  /// Rows between neighbours of the later half.
  private var rowsBetweenLater: Double {
    let middle = count / 2
    return Double(rows[count - 1] - rows[middle]) / Double(count - 1 - middle)
  }

  /// Whether one record comes three times as long after another as its rows need.
  private func isFar(_ index: Int, from later: Int, _ pace: Pace) -> Bool {
    let needed = Double(rows[later] - rows[index] + 4) * pace.perRow + pace.perRecord
    return Double(times[later] - times[index]) > 3 * needed
  }

  /// Whether the three records before one came at such a pace too: then there was a pause behind it.
  private func isAmongOthers(_ index: Int, _ pace: Pace) -> Bool {
    guard index >= 3 else { return false }
    let needed = Double(rows[index] - rows[index - 3] + 4) * pace.perRow
    return Double(times[index] - times[index - 3]) <= 3 * needed
  }

  /// How fast rows and records came behind a record: in microseconds for one.
  private struct Pace {
    private(set) var perRow = 0.0
    private(set) var perRecord = 0.0

    /// The slower of those of some rows and of eight times as many, so that a day of many does not make what
    /// was before it look slow.
    init(_ records: FollowRecords, from index: Int, rows reach: Int) {
      for reach in [reach, 8 * reach] {
        let row = records.rows[index] + reach
        let end = min(
          records.count - 1, max(index + 1, records.rows.partitioningIndex { $0 >= row }))
        let time = Double(records.times[end] - records.times[index])
        perRow = max(perRow, time / Double(max(1, records.rows[end] - records.rows[index])))
        perRecord = max(perRecord, time / Double(max(1, end - index)))
      }
    }
  }
}
