import CKernels

/// Followers of the cells of a grid, weeks × bins, of any rectangle at once.
struct CellCounts {
  let weeks: Int
  let bins: Int
  /// Sums over the bins and the weeks before, (bins + 1) × (weeks + 1).
  private var sums: [Int32]

  /// Takes the cells as bins × weeks: the weeks of a bin lie together.
  init(weeks: Int, bins: Int, cells: [Int32]) {
    (self.weeks, self.bins) = (weeks, bins)
    sums = [Int32](repeating: 0, count: (bins + 1) * (weeks + 1))
    ck_cell_counts(cells, weeks, bins, &sums)
  }

  func count(_ weeks: Range<Int>, _ bins: Range<Int>) -> Int {
    let height = self.weeks + 1
    let (left, right) = (bins.lowerBound * height, bins.upperBound * height)
    return Int(
      sums[right + weeks.upperBound] - sums[left + weeks.upperBound]
        - sums[right + weeks.lowerBound] + sums[left + weeks.lowerBound])
  }

  /// Takes the followers of a rectangle out; O(weeks × bins) behind its first cell.
  mutating func empty(_ weeks: Range<Int>, _ bins: Range<Int>) {
    let height = self.weeks + 1
    let (old, left, top) = (sums, bins.lowerBound * height, weeks.lowerBound)
    // What lies in the rectangle and before each place.
    for bin in bins.lowerBound + 1..<self.bins + 1 {
      let right = min(bin, bins.upperBound) * height
      for week in top + 1..<height {
        let bottom = min(week, weeks.upperBound)
        sums[bin * height + week] -=
          old[right + bottom] - old[left + bottom] - old[right + top] + old[left + top]
      }
    }
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
