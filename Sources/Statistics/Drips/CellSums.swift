import CKernels

/// Sums of numbers in the cells of a grid, weeks × bins, over any rectangle at once.
struct CellSums {
  let weeks: Int
  let bins: Int
  /// Sums over the bins and the weeks before, (bins + 1) × (weeks + 1).
  let sums: [Double]

  /// Takes what writes the cells of a bin, one a week, over zeros: the cells themselves are not kept.
  init(weeks: Int, bins: Int, row: (Int, UnsafeMutablePointer<Double>) -> Void) {
    (self.weeks, self.bins) = (weeks, bins)
    let height = weeks + 1
    let places = (bins + 1) * height
    sums = [Double](unsafeUninitializedCapacity: places) { sums, count in
      count = places
      guard let sums = sums.baseAddress else { return }
      sums.initialize(repeating: 0, count: height)
      for bin in 1..<bins + 1 { sums[bin * height] = 0 }
      let together = Int(CK_SUMS_TOGETHER)
      withUnsafeTemporaryAllocation(of: Double.self, capacity: together * weeks) { cells in
        guard let cells = cells.baseAddress else { return }
        for first in stride(from: 0, to: bins, by: together) {
          let number = min(together, bins - first)
          cells.initialize(repeating: 0, count: number * weeks)
          for bin in 0..<number { row(first + bin, cells + bin * weeks) }
          ck_cell_sums(cells, weeks, number, sums + first * height)
        }
      }
    }
  }

  func count(_ weeks: Range<Int>, _ bins: Range<Int>) -> Double {
    let height = self.weeks + 1
    let (left, right) = (bins.lowerBound * height, bins.upperBound * height)
    return sums[right + weeks.upperBound] - sums[left + weeks.upperBound]
      - sums[right + weeks.lowerBound] + sums[left + weeks.lowerBound]
  }
}
