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
/// ages are told by that lag, and every sum and product runs along the weeks of a bin. Only the numbers are
/// held while they are fitted, never the cells.
struct CreationSurface {
  private let weeks: Int
  private let bins: Int
  private let lags: AgeLags
  /// Followers of each cell that takes part.
  private var observed: [Double]
  /// The weeks in which each bin takes part, rising.
  private var open: [[Range<Int>]]

  /// The followers of a grid; O(weeks × bins).
  init(_ grid: CreationGrid) {
    (weeks, bins) = (grid.weeks, grid.bins)
    lags = AgeLags(grid)
    observed = [Double](repeating: 0, count: weeks * bins)
    open = []
    for bin in 0..<bins {
      let own = lags.weeks(ofBin: bin)
      open.append(own.isEmpty ? [] : [own])
      for week in own { observed[bin * weeks + week] = Double(grid.count(week, week + 1, bin)) }
    }
  }

  /// Takes the followers of some weeks and bins out.
  mutating func empty(_ weeks: Range<Int>, _ bins: Range<Int>) {
    for bin in bins {
      for week in weeks { observed[bin * self.weeks + week] = 0 }
      open[bin] = open[bin].flatMap { run in
        [
          run.lowerBound..<max(run.lowerBound, min(run.upperBound, weeks.lowerBound)),
          min(run.upperBound, max(run.lowerBound, weeks.upperBound))..<run.upperBound,
        ].filter { !$0.isEmpty }
      }
    }
  }

  /// Of the cells that take part, what was observed and, after some rounds, what is expected.
  func sums(rounds: Int = 10) -> (observed: CellSums, expected: CellSums) {
    (
      CellSums(weeks: weeks, bins: bins, cells: observed),
      CellSums(weeks: weeks, bins: bins, cells: cells(fitted(rounds: rounds)))
    )
  }

  // MARK: Scaling numbers so that the sums of each class are those of the list

  /// A number for each class of age, each bin and each week; or the followers of each.
  private struct Margins {
    var ages: [Double]
    var bins: [Double]
    var weeks: [Double]
  }

  private func fitted(rounds: Int) -> Margins {
    let wanted = margins()
    var numbers = Margins(
      ages: wanted.ages.map { _ in 1 }, bins: wanted.bins.map { _ in 1 },
      weeks: wanted.weeks.map { _ in 1 })
    for _ in 0..<rounds {
      scale(&numbers.ages, to: wanted.ages, lags.byClass(alongLags(numbers)))
      let ages = lags.byLag(numbers.ages)
      scale(&numbers.bins, to: wanted.bins, alongBins(numbers.weeks, ages))
      scale(&numbers.weeks, to: wanted.weeks, alongWeeks(numbers.bins, ages))
    }
    return numbers
  }

  /// Numbers so that each times its sum is what is wanted; 0 where the sum is nothing.
  private func scale(_ numbers: inout [Double], to wanted: [Double], _ sums: [Double]) {
    for index in numbers.indices {
      numbers[index] = numbers[index] * sums[index] > 1e-9 ? wanted[index] / sums[index] : 0
    }
  }

  /// The followers by class of age, by bin and by week.
  private func margins() -> Margins {
    let same = [Double](repeating: 1, count: weeks)
    var (byBin, byWeek) = (
      [Double](repeating: 0, count: bins), [Double](repeating: 0, count: weeks)
    )
    var byLag = [Double](repeating: 0, count: lags.count)
    observed.withUnsafeBufferPointer { observed in
      forEachRun { bin, run in
        guard let row = observed.baseAddress.map({ $0 + bin * weeks + run.lowerBound }) else {
          return
        }
        byBin[bin] += ck_dot(row, same, run.count)
        add(row, 1, to: &byWeek, at: run.lowerBound, run.count)
        add(row, 1, to: &byLag, at: lags.lag(run.lowerBound, bin), run.count)
      }
    }
    return Margins(ages: lags.byClass(byLag), bins: byBin, weeks: byWeek)
  }

  /// The sum of weeks × ages of each bin.
  private func alongBins(_ weeks: [Double], _ ages: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: bins)
    forEachRun { bin, run in
      weeks.withUnsafeBufferPointer { weeks in
        ages.withUnsafeBufferPointer { ages in
          guard let weeks = weeks.baseAddress, let ages = ages.baseAddress else { return }
          sums[bin] += ck_dot(
            weeks + run.lowerBound, ages + lags.lag(run.lowerBound, bin), run.count)
        }
      }
    }
    return sums
  }

  /// The sum of bins × ages of each week.
  private func alongWeeks(_ bins: [Double], _ ages: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: weeks)
    ages.withUnsafeBufferPointer { ages in
      guard let ages = ages.baseAddress else { return }
      forEachRun { bin, run in
        add(
          ages + lags.lag(run.lowerBound, bin), bins[bin], to: &sums, at: run.lowerBound, run.count)
      }
    }
    return sums
  }

  /// The sum of bins × weeks of each lag.
  private func alongLags(_ numbers: Margins) -> [Double] {
    var sums = [Double](repeating: 0, count: lags.count)
    numbers.weeks.withUnsafeBufferPointer { weeks in
      guard let weeks = weeks.baseAddress else { return }
      forEachRun { bin, run in
        add(
          weeks + run.lowerBound, numbers.bins[bin], to: &sums,
          at: lags.lag(run.lowerBound, bin), run.count)
      }
    }
    return sums
  }

  /// The product of the numbers in each cell that takes part.
  private func cells(_ numbers: Margins) -> [Double] {
    var cells = [Double](repeating: 0, count: weeks * bins)
    let ages = lags.byLag(numbers.ages)
    cells.withUnsafeMutableBufferPointer { cells in
      forEachRun { bin, run in
        let lag = lags.lag(run.lowerBound, bin) - run.lowerBound
        for week in run {
          cells[bin * weeks + week] = numbers.bins[bin] * numbers.weeks[week] * ages[lag + week]
        }
      }
    }
    return cells
  }

  private func forEachRun(_ body: (Int, Range<Int>) -> Void) {
    for bin in 0..<bins {
      for run in open[bin] { body(bin, run) }
    }
  }

  /// Adds a row times a number to sums from a place on.
  private func add(
    _ row: UnsafePointer<Double>, _ factor: Double, to sums: inout [Double], at place: Int,
    _ count: Int
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      if let start = sums.baseAddress { ck_scaled_add(row, factor, start + place, count) }
    }
  }
}
