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

  /// Accounts, with their rows oldest follower first, and in this order the dates of each.
  private let accounts: [AccountRows.Account]
  private let dates: [BufferSlice<FollowDates>]
  /// By row, weights of evidence of the profiles; and their median by account.
  private let evidence: BufferSlice<Double>
  private let usual: [Double]
  /// By account, its events on days that are known; nil where follow times are inferred.
  private let events: [EventNeighbours]?

  /// Followers looked at together; what lies around them is looked at again for the next.
  private static let partRows = 1 << 15
  /// Rows of the list that a part reaches over, of which those of other accounts are looked at next, while they are
  /// in cache; and the fewest followers that are worth a part.
  private static let partSpan = 1 << 18
  private static let fewestRows = 1 << 12

  init(
    _ accounts: AccountRows, _ table: Table, evidence: BufferSlice<Double>,
    events: [EventNeighbours]?, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    guard let followed = table.column("#followed"), let created = table.column("#created") else {
      preconditionFailure("a list without #followed and #created")
    }
    let ordered = try accounts.inFollowOrder(followed, context)
    dates = try AccountValues<FollowDates>(ordered, table, context) { block, dates in
      let (created, followed) = (created.integers(block), followed.integers(block))
      FollowDates.write(created: created, followed: followed, to: dates)
      return UnsafePointer(dates)
    }.values
    let made = Mutex([Double](repeating: 0, count: ordered.accounts.count))
    try context.forEach(ordered.accounts.count) { index in
      let own = middle(of: evidence, ordered.accounts[index].rows)
      made.withLock { $0[index] = own }
    }
    usual = made.withLock { $0 }
    self.accounts = ordered.accounts
    self.evidence = evidence
    self.events = events
  }

  /// All rows of all accounts; those that lie together in the list follow on one another, while what is
  /// read around them is at hand.
  var parts: [Part] {
    var parts: [Part] = []
    for (index, account) in accounts.enumerated() {
      var start = 0
      while start < account.rows.count {
        let end = Self.partEnd(start, of: account)
        parts.append(Part(account: index, range: start..<end))
        start = end
      }
    }
    func firstRow(_ part: Part) -> Int32 {
      accounts[part.account].rows.pointer[part.range.lowerBound]
    }
    return parts.sorted { firstRow($0) < firstRow($1) }
  }

  /// Where the part ends that begins with a rank.
  private static func partEnd(_ start: Int, of account: AccountRows.Account) -> Int {
    let rows = account.rows
    let most = min(rows.count, start + partRows)
    guard account.isInListOrder else { return most }
    let far = Int(rows.pointer[start]) + partSpan
    let end = far < Int(Int32.max) ? rows.place(of: Int32(far), from: start) : most
    return min(most, max(end, start + fewestRows))
  }

  /// What the neighbours of the rows of a part say of them; with `limits`, where it may lift a row above one.
  func evidence(of part: Part, limits: [Double]?, _ gains: RowGains) -> [NeighbourGain] {
    withExtendedLifetime(self) {
      let rows = accounts[part.account].rows
      let ranks = FollowRanks(
        rows: rows.elements, dates: dates[part.account].pointer, evidence: evidence.pointer,
        usual: usual[part.account])
      let limits = limits.map {
        WeightLimits(
          levels: $0, marks: gains.marks.pointer, raised: RowGains.Mark.batch.rawValue,
          least: RowGains.leastInBatch)
      }
      let found = ranks.evidence(of: part.range, reaching: limits)
      return found.neighbourhoods.compactMap { index, neighbourhood in
        if let events,
          events[part.account].explain(neighbourhood, of: index, rows, dates[part.account])
        {
          return nil
        }
        return NeighbourGain(
          row: Int(rows.pointer[index]), gain: found.evidence[index - part.range.lowerBound],
          neighbourhood: neighbourhood)
      }
    }
  }
}

extension AccountRows {
  /// The accounts with their rows by follow time, and by their place in the list within one.
  fileprivate func inFollowOrder(
    _ followed: Column, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AccountRows {
    if accounts.allSatisfy(\.isInListOrder), try context.isAscending(followed) { return self }
    let times = try context.integers(followed)
    let made = Mutex(accounts)
    let largest = largestFirst
    try context.forEach(largest.count) { place in
      let account = accounts[largest[place]].inOrder(of: times)
      made.withLock { $0[largest[place]] = account }
    }
    return AccountRows(accounts: made.withLock { $0 }, leftOut: leftOut)
  }
}

extension AccountRows.Account {
  /// Periods rise with time but for the odd zone: as a rule nothing is to be sorted but rows of a period.
  fileprivate func inOrder(of times: BufferSlice<Int64>) -> AccountRows.Account {
    if rows.rise(times) { return self }
    let sorted = BufferSlice<Int32>(capacity: rows.count)
    sorted.pointer.update(from: rows.pointer, count: rows.count)
    for period in 0..<periodCount {
      sorted.part(starts[period]..<starts[period + 1]).sort(by: times)
    }
    if !sorted.rise(times) { sorted.sort(by: times) }
    return AccountRows.Account(
      name: name, first: first, starts: starts, rows: sorted, isInListOrder: false)
  }
}
