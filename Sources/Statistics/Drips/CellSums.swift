/// Sums of the cells of a grid, weeks × bins, over any rectangle at once.
struct CellSums {
  let weeks: Int
  let bins: Int
  /// Sums over the weeks and the bins before, (weeks + 1) × (bins + 1).
  private var sums: [Double]

  init(weeks: Int, bins: Int, cell: (Int, Int) -> Double) {
    (self.weeks, self.bins) = (weeks, bins)
    sums = [Double](repeating: 0, count: (weeks + 1) * (bins + 1))
    for week in 0..<weeks {
      var row = 0.0
      for bin in 0..<bins {
        row += cell(week, bin)
        sums[(week + 1) * (bins + 1) + bin + 1] = sums[week * (bins + 1) + bin + 1] + row
      }
    }
  }

  /// The counted followers of a grid.
  init(_ grid: CreationGrid) {
    self.init(weeks: grid.weeks, bins: grid.bins) { Double(grid.count($0, $0 + 1, $1)) }
  }

  func count(_ weeks: Range<Int>, _ bins: Range<Int>) -> Double {
    let width = self.bins + 1
    let (top, bottom) = (weeks.lowerBound * width, weeks.upperBound * width)
    return sums[bottom + bins.upperBound] - sums[bottom + bins.lowerBound]
      - sums[top + bins.upperBound] + sums[top + bins.lowerBound]
  }
}
