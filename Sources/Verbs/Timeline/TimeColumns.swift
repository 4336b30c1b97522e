import Columns
import Plans
import Statistics
import Synchronization

/// The wanted columns of inferred times: account after account, and then by row of the table.
struct TimeColumns: Sendable {
  /// Those of `TimelineAnalysis.fields`, by place in the order of accounts; nil where not wanted.
  let estimates: BufferSlice<Int64>?
  let lows: BufferSlice<Int64>?
  let highs: BufferSlice<Int64>?
  private let accounts: RowPartition

  init(_ wanted: [Field], _ accounts: RowPartition) {
    func column(_ name: String) -> BufferSlice<Int64>? {
      wanted.contains { $0.name == name } ? BufferSlice(capacity: accounts.count) : nil
    }
    estimates = column("#followed")
    lows = column("#followed_lo")
    highs = column("#followed_hi")
    self.accounts = accounts
  }

  /// Writes the times of an account, which are those of its rows from the last to the first if reversed.
  func write(_ times: FollowTimes, at places: Range<Int>, isReversed: Bool) {
    for (column, values) in [
      (estimates, times.estimates), (lows, times.lows), (highs, times.highs),
    ] {
      guard let column else { continue }
      if isReversed {
        for (place, value) in zip(places.reversed(), values) { column.pointer[place] = value }
      } else {
        values.withUnsafeBufferPointer { column.write($0, at: places.lowerBound) }
      }
    }
  }

  /// The wanted columns in the order of the fields, cut like the table.
  func made(cuts: [Int], _ context: AnalysisContext) throws(AnalysisFailure) -> [Column] {
    var columns: [Column] = []
    for times in [estimates, lows, highs] {
      guard let times else { continue }
      let all = try accounts.atRows(times, none: .min, context)
      columns.append(try column(all, cuts: cuts, context))
    }
    return columns
  }

  /// `Column.init(_:of:null:cuts:)`, on all cores.
  private func column(
    _ times: BufferSlice<Int64>, cuts: [Int], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> Column {
    var starts = [0]
    for cut in cuts { starts.append(starts[starts.count - 1] + cut) }
    let made = Mutex([Segment?](repeating: nil, count: cuts.count))
    try context.forEach(cuts.count) { [starts] index in
      let own = times.part(starts[index]..<starts[index + 1])
      let segment = Column(own, of: .time, cuts: [cuts[index]]).segments[0]
      made.withLock { $0[index] = segment }
    }
    return Column(type: .time, segments: made.withLock { $0.compactMap { $0 } })
  }
}
