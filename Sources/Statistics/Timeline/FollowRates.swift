import CKernels

/// How many follows each cell of a grid expects: per cell e to the minus that, and the rest of 1.
///
/// Steps of a geometric number of cells have the mean of the Poisson process whatever the cell. Behind
/// the cells lie a few more, which are read along with them and count for nothing.
struct FollowRates {
  /// The chance that a follow comes no earlier than the next cell.
  private(set) var decay: [Float]
  /// The chance that it comes in the cell.
  private(set) var rate: [Float]

  /// Rates from the times of the last round, in microseconds by row of the list.
  ///
  /// Follows within a day or a few records, times the rhythm of the day. O(rows + cells).
  init(_ grid: FollowGrid, times: [Int64], _ records: FollowRecords) {
    let cells = grid.cellCount
    var sums = [Double](repeating: 0, count: cells + 1)
    for place in grid.places {
      let cell = Int((times[grid.firstRow + place] - grid.origin) / grid.cell)
      sums[min(cells - 1, max(0, cell)) + 1] += 1
    }
    for cell in 0..<cells { sums[cell + 1] += sums[cell] }
    let length = Double(grid.cell)
    let gap = Double(records.times[records.count - 1] - grid.origin) / Double(records.count)
    let reach = max(2, Int(max(Double(day), 3 * gap) / length))
    let rhythm = FollowRates.dayRhythm(records)
    let phase = Double((grid.origin % day + day) % day)
    decay = [Float](repeating: 1, count: cells + Int(CK_MESSAGE_PAD) + 1)
    rate = [Float](repeating: 0, count: decay.count)
    for cell in 0..<cells {
      let (from, to) = (max(0, cell - reach), min(cells, cell + reach + 1))
      let mean = (sums[to] - sums[from] + 0.5) / Double(to - from)
      let hours = Int((phase + (Double(cell) + 0.5) * length) / Double(hour)) % 24
      let follows = Float(mean * rhythm[hours])
      decay[cell] = 1 / (1 + follows)
      rate[cell] = follows / (1 + follows)
    }
  }

  /// The share of follows per hour of the day, mean 1, from when records signed up, drawn towards 1.
  private static func dayRhythm(_ records: FollowRecords) -> [Double] {
    var counts = [Double](repeating: 40, count: 24)
    for time in records.times { counts[Int((time % day + day) % day / hour)] += 1 }
    let smooth = (0..<24).map { (hour: Int) -> Double in
      let sides = counts[(hour + 23) % 24] + counts[(hour + 1) % 24]
      return counts[hour] / 2 + sides / 4
    }
    let mean = smooth.reduce(0, +) / 24
    return smooth.map { $0 / mean }
  }
}
