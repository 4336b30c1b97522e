import CKernels
import Glibc

/// How many followers of each week and creation date a list without drips would have.
///
/// The product of a number for the week, one for the age at follow and one for the creation date, each
/// fitted so that its sums are those of the list (iterative proportional fitting, W. E. Deming and
/// F. F. Stephan, Annals of Mathematical Statistics 11, 1940). Ages within a fifth share a number; cells
/// that were emptied expect nobody. Cells lie bin by bin. O(weeks × bins) a round.
///
/// Bins are whole weeks wide, so that the ages of a bin are those of the one before, some weeks later:
/// ages are told by that lag, and every sum and product runs along the weeks of a bin.
struct CreationSurface {
  private let weeks: Int
  private let bins: Int
  private let lags: AgeLags
  /// Followers of each cell that takes part.
  private var observed: [Double]
  /// 1 for each cell that takes part, 0 for others.
  private var isOpen: [Double]

  /// The followers of a grid; O(weeks × bins).
  init(_ grid: CreationGrid) {
    (weeks, bins) = (grid.weeks, grid.bins)
    lags = AgeLags(grid)
    observed = [Double](repeating: 0, count: weeks * bins)
    isOpen = observed
    for bin in 0..<bins {
      for week in lags.weeks(ofBin: bin) {
        observed[bin * weeks + week] = Double(grid.count(week, week + 1, bin))
        isOpen[bin * weeks + week] = 1
      }
    }
  }

  /// Takes the followers of some weeks and bins out.
  mutating func empty(_ weeks: Range<Int>, _ bins: Range<Int>) {
    for bin in bins {
      for week in weeks {
        observed[bin * self.weeks + week] = 0
        isOpen[bin * self.weeks + week] = 0
      }
    }
  }

  /// Of the cells that take part, what was observed and, after some rounds, what is expected.
  func sums(rounds: Int = 10) -> (observed: CellSums, expected: CellSums) {
    (
      CellSums(weeks: weeks, bins: bins, cells: observed),
      CellSums(weeks: weeks, bins: bins, cells: fitted(rounds: rounds))
    )
  }

  // MARK: Scaling cells so that the sums of each class are those of the list

  /// Followers by class of age, by bin and by week.
  private struct Margins {
    var ages: [Double]
    var bins: [Double]
    var weeks: [Double]
  }

  private func fitted(rounds: Int) -> [Double] {
    let wanted = margins(observed)
    var cells = isOpen
    var ages = margins(cells).ages
    for _ in 0..<rounds {
      let weekSums = scaledByAgeAndBin(&cells, wanted, lags.byLag(scales(wanted.ages, ages)))
      ages = lags.byClass(scaledByWeek(&cells, scales(wanted.weeks, weekSums)))
    }
    return cells
  }

  private func margins(_ cells: [Double]) -> Margins {
    var cells = cells
    let same = [Double](repeating: 1, count: max(weeks, lags.count))
    var byBin = [Double](repeating: 0, count: bins)
    var byWeek = [Double](repeating: 0, count: weeks)
    alongBins(&cells, same, &byWeek) { bin, row, weeks, factors, sums in
      byBin[bin] = ck_scaled_sum(row, factors, weeks.count)
      ck_scaled_add(row, 1, sums + weeks.lowerBound, weeks.count)
    }
    let byLag = scaledByWeek(&cells, same)
    return Margins(ages: lags.byClass(byLag), bins: byBin, weeks: byWeek)
  }

  /// Scales the ages, one factor a lag, and then the bins; gives the sums of the weeks.
  private func scaledByAgeAndBin(
    _ cells: inout [Double], _ wanted: Margins, _ factors: [Double]
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: weeks)
    alongBins(&cells, factors, &sums) { bin, row, weeks, factors, sums in
      let sum = ck_scaled_sum(row, factors + lags.lag(weeks.lowerBound, bin), weeks.count)
      let scale = CreationSurface.scale(wanted.bins[bin], sum)
      ck_scaled_add(row, scale, sums + weeks.lowerBound, weeks.count)
    }
    return sums
  }

  /// Scales the weeks; gives the sums of the lags.
  private func scaledByWeek(_ cells: inout [Double], _ factors: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: lags.count)
    alongBins(&cells, factors, &sums) { bin, row, weeks, factors, sums in
      ck_products_add(
        row, factors + weeks.lowerBound, sums + lags.lag(weeks.lowerBound, bin), weeks.count)
    }
    return sums
  }

  /// Each bin with the cells of the weeks that take part.
  private func alongBins(
    _ cells: inout [Double], _ factors: [Double], _ sums: inout [Double],
    _ body: (
      Int, UnsafeMutablePointer<Double>, Range<Int>, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    cells.withUnsafeMutableBufferPointer { cells in
      factors.withUnsafeBufferPointer { factors in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let cells = cells.baseAddress, let factors = factors.baseAddress,
            let sums = sums.baseAddress
          else { return }
          for bin in 0..<bins {
            let weeks = lags.weeks(ofBin: bin)
            body(bin, cells + bin * self.weeks + weeks.lowerBound, weeks, factors, sums)
          }
        }
      }
    }
  }

  private func scales(_ wanted: [Double], _ sums: [Double]) -> [Double] {
    zip(wanted, sums).map { CreationSurface.scale($0, $1) }
  }

  private static func scale(_ wanted: Double, _ sum: Double) -> Double {
    sum > 1e-9 ? wanted / sum : 0
  }
}
