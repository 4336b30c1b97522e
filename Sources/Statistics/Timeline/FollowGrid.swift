/// The rows of a list between its first and last record on a grid of equal cells of time.
///
/// A row's follow lies within a band of cells, from the last record or creation to the next record and a
/// few gaps more. Bands begin and end no earlier than those of the row before.
struct FollowGrid {
  /// Time of the first cell's start and the length of all, in microseconds.
  let origin: Int64
  let cell: Int64
  /// The row of the list that is place 0.
  let firstRow: Int
  /// By place.
  private(set) var bands: [Band]
  /// The widest band, in cells.
  private(set) var widest = 1

  /// The cells in which a row's follow may lie.
  struct Band {
    /// The first and the last cell.
    fileprivate(set) var start: Int32 = 0
    fileprivate(set) var end: Int32 = 0
    /// When the follower signed up, in cells, or a long time ago where that tells nothing.
    fileprivate(set) var created: Float = -1e9
    /// Whether the follow is known.
    fileprivate(set) var isExact = false

    var width: Int { Int(end &- start) &+ 1 }
    /// The age at follow, in cells, of a follow in the first cell.
    var age: Float { Float(start) + 0.5 - created }
  }

  /// How many cells there are.
  var cellCount: Int { Int(bands.last?.end ?? 0) + 2 }
  var places: Range<Int> { 0..<bands.count }

  /// About the most cells of all bands: less than half a second of work.
  private static let budget: Int64 = 16_000_000
  /// The fewest cells between two records that say more than interpolation.
  private static let fewestCells: Int64 = 6
  /// How far a band reaches beyond the last record, in gaps between records.
  private static let bandGaps: Int64 = 4
  private static let mostCells = 20_000_000

  /// Nil where there are too few records, or so many rows that cells would be too coarse to help.
  init?(_ list: FollowList, _ records: FollowRecords) {
    guard let firstTime = records.times.first, let lastTime = records.times.last,
      let firstRow = records.rows.first, let lastRow = records.rows.last, records.count > 20
    else { return nil }
    let gap = (lastTime - firstTime) / Int64(records.count - 1)
    let pace = (lastTime - firstTime) / Int64(lastRow - firstRow)
    let affordable = gap * Self.bandGaps * Int64(lastRow - firstRow) / Self.budget
    guard affordable <= gap / Self.fewestCells else { return nil }
    cell = max(affordable, min(hour, max(60_000_000, min(gap / 8, pace))))
    self.firstRow = firstRow
    origin = firstTime
    let count = lastRow - firstRow + 1
    bands = [Band](repeating: Band(), count: count)
    setBands(list, records, cap: min(4 * day, max(cell * 16, gap * Self.bandGaps)))
    guard cellCount < Self.mostCells else { return nil }
  }

  /// `cap`: how far a band may reach beyond the record behind it.
  private mutating func setBands(_ list: FollowList, _ records: FollowRecords, cap: Int64) {
    let limit = list.capturedAt ?? .max
    var outOfOrder = records.outOfOrder[...]
    var next = 0
    var low = origin
    for place in places {
      let row = firstRow + place
      while records.rows[next] < row { next += 1 }
      let isRecord = records.rows[next] == row
      if isRecord { low = records.times[next] }
      bands[place].isExact = isRecord && records.isExact[next]
      while let first = outOfOrder.first, first < row { outOfOrder = outOfOrder.dropFirst() }
      let isWrong = outOfOrder.first == row
      if !isRecord, !isWrong { low = max(low, list.createdAt[row]) }
      var high = records.isExact[next] ? records.times[next] : records.times[next] + cap
      high = max(low, min(high, limit))
      bands[place].start = Int32(truncatingIfNeeded: (low - origin) / cell)
      bands[place].end = Int32(truncatingIfNeeded: (high - origin) / cell)
      if !isWrong, !bands[place].isExact, list.createdAt[row] != .min {
        bands[place].created = Float(max(-1e9, Double(list.createdAt[row] - origin) / Double(cell)))
      }
    }
    // An exact later time bounds all before it.
    var bound = bands.last?.end ?? 0
    for place in places.reversed() {
      bound = min(bound, bands[place].end)
      bands[place].end = max(bound, bands[place].start)
      widest = max(widest, bands[place].width)
    }
  }

  /// The time of a place on the grid, in cells from its origin.
  func time(_ cells: Double) -> Int64 { origin + Int64(cells * Double(cell)) }
}
