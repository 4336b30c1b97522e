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
    /// Whether they stand in the order of the list.
    let isInListOrder: Bool
    /// The median weight of evidence.
    let usual: Double

    /// Where the part ends that begins with a rank.
    func partEnd(_ start: Int) -> Int {
      let most = min(rows.count, start + FollowOrders.partRows)
      guard isInListOrder else { return most }
      let far = Int(rows.pointer[start]) + FollowOrders.partSpan
      let end = far < Int(Int32.max) ? rows.place(of: Int32(far), from: start) : most
      return min(most, max(end, start + FollowOrders.fewestRows))
    }
  }

  private let orders: [Order]
  private let columns: FollowColumns

  /// Followers looked at together; what lies around them is looked at again for the next.
  private static let partRows = 1 << 15
  /// Rows of the list that a part reaches over, of which those of other accounts are looked at next, while they are
  /// in cache; and the fewest followers that are worth a part.
  private static let partSpan = 1 << 18
  private static let fewestRows = 1 << 12

  init(
    _ accounts: AccountRows, _ columns: FollowColumns, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let made = Mutex([Order?](repeating: nil, count: accounts.accounts.count))
    let largest = accounts.largestFirst
    let isInOrder = try context.isAscending(columns.followed)
    try context.forEach(largest.count) { place in
      let account = accounts.accounts[largest[place]]
      let rows = account.inFollowOrder(columns.followed, ofOrderedList: isInOrder)
      let order = Order(
        rows: rows,
        isInListOrder: account.isInListOrder && rows.pointer == account.rows.pointer,
        usual: middle(of: columns.evidence, rows))
      made.withLock { $0[largest[place]] = order }
    }
    orders = made.withLock { $0.compactMap { $0 } }
    self.columns = columns
  }

  /// All rows of all accounts; those that lie together in the list follow on one another, while what is
  /// read around them is at hand.
  var parts: [Part] {
    var parts: [Part] = []
    for (index, order) in orders.enumerated() {
      var start = 0
      while start < order.rows.count {
        let end = order.partEnd(start)
        parts.append(Part(account: index, range: start..<end))
        start = end
      }
    }
    func firstRow(_ part: Part) -> Int32 {
      orders[part.account].rows.pointer[part.range.lowerBound]
    }
    return parts.sorted { firstRow($0) < firstRow($1) }
  }

  /// What the neighbours of the rows of a part say of them; with `limits`, where it may lift a row above one.
  func evidence(of part: Part, limits: [Double]?, _ gains: RowGains) -> [NeighbourGain] {
    withExtendedLifetime(self) {
      let order = orders[part.account]
      let ranks = FollowRanks(
        rows: order.rows.elements,
        of: FollowRanks.Columns(
          created: columns.created.pointer, followed: columns.followed.pointer,
          evidence: columns.evidence.pointer),
        usual: order.usual)
      let limits = limits.map {
        WeightLimits(
          levels: $0, raised: gains.isInSpike.pointer, least: RowGains.leastInSpike)
      }
      let found = ranks.evidence(of: part.range, reaching: limits)
      return found.neighbourhoods.map { index, neighbourhood in
        NeighbourGain(
          row: Int(order.rows.pointer[index]), gain: found.evidence[index - part.range.lowerBound],
          neighbourhood: neighbourhood)
      }
    }
  }
}

extension AccountRows.Account {
  /// The rows by follow time, and by their place in the list within one.
  ///
  /// Periods rise with time but for the odd zone: as a rule nothing is to be sorted but rows of a period.
  fileprivate func inFollowOrder(
    _ followed: BufferSlice<Int64>, ofOrderedList isInOrder: Bool
  ) -> BufferSlice<Int32> {
    if isInOrder && isInListOrder || rows.rise(followed) { return rows }
    let sorted = BufferSlice<Int32>(capacity: rows.count)
    sorted.pointer.update(from: rows.pointer, count: rows.count)
    for period in 0..<periodCount {
      sorted.part(starts[period]..<starts[period + 1]).sort(by: followed)
    }
    if !sorted.rise(followed) { sorted.sort(by: followed) }
    return sorted
  }
}
