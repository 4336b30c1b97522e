import CKernels

/// Sums of the cells of a grid, weeks × bins, over any rectangle at once.
struct CellSums {
  let weeks: Int
  let bins: Int
  /// Sums over the bins and the weeks before, (bins + 1) × (weeks + 1).
  private var sums: [Double]

  /// Takes the cells as bins × weeks: the weeks of a bin lie together.
  init(weeks: Int, bins: Int, cells: [Double]) {
    (self.weeks, self.bins) = (weeks, bins)
    let height = weeks + 1
    sums = [Double](repeating: 0, count: (bins + 1) * height)
    ck_cell_sums(cells, weeks, bins, &sums)
  }

  func count(_ weeks: Range<Int>, _ bins: Range<Int>) -> Double {
    let height = self.weeks + 1
    let (left, right) = (bins.lowerBound * height, bins.upperBound * height)
    return sums[right + weeks.upperBound] - sums[left + weeks.upperBound]
      - sums[right + weeks.lowerBound] + sums[left + weeks.lowerBound]
  }

  /// The sums over some bins and all weeks before each from one on: those of the usual cells times a level, and
  /// what is above them; a number for each week, and one more.
  func lines(
    _ bins: Range<Int>, from week: Int, beside usual: CellSums, level: Double,
    excess: inout [Float], usual line: inout [Float]
  ) {
    let height = weeks + 1
    let (left, right) = (bins.lowerBound * height + week, bins.upperBound * height + week)
    sums.withUnsafeBufferPointer { own in
      usual.sums.withUnsafeBufferPointer { usual in
        excess.withUnsafeMutableBufferPointer { excess in
          line.withUnsafeMutableBufferPointer { line in
            guard let own = own.baseAddress, let usual = usual.baseAddress,
              let excess = excess.baseAddress, let line = line.baseAddress
            else { return }
            ck_band_lines(
              own + left, own + right, usual + left, usual + right, level, height - week,
              excess + week, line + week)
          }
        }
      }
    }
  }
}
