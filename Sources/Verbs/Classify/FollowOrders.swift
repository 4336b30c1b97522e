import Columns
import Plans
import Statistics
import Synchronization

/// The accounts of a list in follow order, to be looked at a stretch at a time.
struct FollowOrders: Sendable {
  /// A stretch of one account.
  struct Part: Sendable {
    let account: Int
    let range: Range<Int>
  }

  private struct Order: Sendable {
    /// Rows, oldest follower first.
    let rows: BufferSlice<Int32>
    /// The median weight of evidence.
    let usual: Double
  }

  private let orders: [Order]
  private let columns: FollowColumns

  /// Followers looked at together; what lies around them is looked at again for the next.
  private static let partRows = 1 << 15
  private static let day = 86_400_000_000.0

  init(
    _ accounts: AccountRows, _ columns: FollowColumns, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let made = Mutex([Order?](repeating: nil, count: accounts.accounts.count))
    let largest = accounts.largestFirst
    let isInOrder = try context.isAscending(columns.followed)
    try context.forEach(largest.count) { place in
      let rows = accounts.accounts[largest[place]].inFollowOrder(
        columns.followed, ofOrderedList: isInOrder)
      let order = Order(rows: rows, usual: middle(of: columns.evidence, rows))
      made.withLock { $0[largest[place]] = order }
    }
    orders = made.withLock { $0.compactMap { $0 } }
    self.columns = columns
  }

  /// All rows of all accounts; those that lie together in the list follow on one another, while what is
  /// read around them is at hand.
  var parts: [Part] {
    let parts = orders.enumerated().flatMap { index, order in
      stride(from: 0, to: order.rows.count, by: Self.partRows).map { start in
        Part(account: index, range: start..<min(order.rows.count, start + Self.partRows))
      }
    }
    func firstRow(_ part: Part) -> Int32 {
      orders[part.account].rows.pointer[part.range.lowerBound]
    }
    return parts.sorted { firstRow($0) < firstRow($1) }
  }

  /// What the neighbours of the rows of a part say of them.
  func evidence(of part: Part) -> [NeighbourGain] {
    let order = orders[part.account]
    let first = max(0, part.range.lowerBound - FollowRanks.surroundings)
    let last = min(order.rows.count, part.range.upperBound + FollowRanks.surroundings)
    let rows = order.rows.part(first..<last)
    let inside = part.range.lowerBound - first..<part.range.upperBound - first
    let found = ranks(rows, usual: order.usual).evidence(of: inside)
    return found.neighbourhoods.map { index, neighbourhood in
      NeighbourGain(
        row: Int(rows.pointer[index]), gain: found.evidence[index - inside.lowerBound],
        neighbourhood: neighbourhood)
    }
  }

  private func ranks(_ rows: BufferSlice<Int32>, usual: Double) -> FollowRanks {
    func days(_ micros: BufferSlice<Int64>) -> [Double] {
      rows.each { row in
        let time = micros.pointer[Int(row)]
        return time == .min ? .nan : Double(time) / Self.day
      }
    }
    return FollowRanks(
      made: days(columns.created), followed: days(columns.followed),
      evidence: rows.each { columns.evidence.pointer[Int($0)] }, usual: usual)
  }
}

extension AccountRows.Account {
  /// The rows by follow time, and by their place in the list within one.
  ///
  /// Periods rise with time but for the odd zone: as a rule nothing is to be sorted but rows of a period.
  fileprivate func inFollowOrder(
    _ followed: BufferSlice<Int64>, ofOrderedList isInOrder: Bool
  ) -> BufferSlice<Int32> {
    if isInOrder && rows.areAscending || rows.rise(followed) { return rows }
    let sorted = BufferSlice<Int32>(capacity: rows.count)
    sorted.pointer.update(from: rows.pointer, count: rows.count)
    for period in 0..<periodCount {
      sorted.part(starts[period]..<starts[period + 1]).sort(by: followed)
    }
    if !sorted.rise(followed) { sorted.sort(by: followed) }
    return sorted
  }
}
