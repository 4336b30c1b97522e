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
  /// The first week in which each bin takes part, rising; the number of weeks where it does in none.
  let openings: [Int]
  /// Followers of each cell that takes part.
  private(set) var observed: CellCounts
  /// The same by lag, by bin and by week.
  private var wanted: Margins
  /// The weeks in which each bin takes part, rising.
  private var open: [[Range<Int>]]

  /// The followers of a grid; O(weeks × bins).
  init(_ grid: CreationGrid) {
    (weeks, bins) = (grid.weeks, grid.bins)
    lags = AgeLags(grid)
    openings = (0..<bins).map { [lags] in lags.weeks(ofBin: $0).lowerBound }
    let cells = grid.weeklyCounts(from: openings)
    observed = CellCounts(weeks: weeks, bins: bins, cells: cells)
    open = openings.map { [weeks] in $0 < weeks ? [$0..<weeks] : [] }
    wanted = Self.margins(cells, observed, lags)
  }

  /// Takes the followers of some weeks and bins out.
  mutating func empty(_ weeks: Range<Int>, _ bins: Range<Int>) {
    for bin in bins {
      for week in weeks {
        let count = Double(observed.count(week..<week + 1, bin..<bin + 1))
        wanted.ages[lags.lag(week, bin)] -= count
        wanted.bins[bin] -= count
        wanted.weeks[week] -= count
      }
      open[bin] = open[bin].flatMap { run in
        [
          run.lowerBound..<max(run.lowerBound, min(run.upperBound, weeks.lowerBound)),
          min(run.upperBound, max(run.lowerBound, weeks.upperBound))..<run.upperBound,
        ].filter { !$0.isEmpty }
      }
    }
    observed.empty(weeks, bins)
  }

  /// What is expected of the cells that take part, after some rounds.
  func expected(rounds: Int = 10) -> CellSums {
    let numbers = fitted(rounds: rounds)
    let ages = lags.byLag(numbers.ages)
    return CellSums(weeks: weeks, bins: bins) { bin, cells in
      let lag = lags.lag(0, bin)
      ages.withUnsafeBufferPointer { ages in
        numbers.weeks.withUnsafeBufferPointer { weeks in
          for run in open[bin] {
            for week in run { cells[week] = numbers.bins[bin] * weeks[week] * ages[lag + week] }
          }
        }
      }
    }
  }

  // MARK: Scaling numbers so that the sums of each class are those of the list

  /// A number for each class of age, each bin and each week; or the followers of each, ages by lag.
  private struct Margins {
    var ages: [Double]
    var bins: [Double]
    var weeks: [Double]
  }

  private func fitted(rounds: Int) -> Margins {
    var wanted = wanted
    wanted.ages = lags.byClass(wanted.ages)
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

  /// The followers by lag, by bin and by week.
  private static func margins(
    _ cells: [Int32], _ counts: CellCounts, _ lags: AgeLags
  ) -> Margins {
    let (weeks, bins) = (0..<counts.weeks, 0..<counts.bins)
    var byLag = [Int32](repeating: 0, count: lags.count)
    byLag.withUnsafeMutableBufferPointer { byLag in
      cells.withUnsafeBufferPointer { cells in
        for bin in bins {
          let (cell, lag) = (bin * weeks.count, lags.lag(0, bin))
          for week in weeks { byLag[lag + week] &+= cells[cell + week] }
        }
      }
    }
    return Margins(
      ages: byLag.map { Double($0) },
      bins: bins.map { Double(counts.count(weeks, $0..<$0 + 1)) },
      weeks: weeks.map { Double(counts.count($0..<$0 + 1, bins)) })
  }

  /// The sum of weeks × ages of each bin.
  private func alongBins(_ weeks: [Double], _ ages: [Double]) -> [Double] {
    let together = Int(CK_DOTS_TOGETHER)
    var sums = [Double](repeating: 0, count: bins)
    weeks.withUnsafeBufferPointer { weeks in
      ages.withUnsafeBufferPointer { ages in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let weeks = weeks.baseAddress, let ages = ages.baseAddress,
            let sums = sums.baseAddress
          else { return }
          var bin = 0
          while bin < bins {
            if let run = sharedRun(bin, together) {
              ck_shifted_dots(
                ages + lags.lag(run.lowerBound, bin), lags.lag(0, 1) - lags.lag(0, 0),
                weeks + run.lowerBound, run.count, sums + bin)
              bin += together
              continue
            }
            for run in open[bin] {
              sums[bin] += ck_dot(
                weeks + run.lowerBound, ages + lags.lag(run.lowerBound, bin), run.count)
            }
            bin += 1
          }
        }
      }
    }
    return sums
  }

  /// The only run of some bins, where it is the same.
  private func sharedRun(_ bin: Int, _ count: Int) -> Range<Int>? {
    guard bin + count <= bins, open[bin].count == 1 else { return nil }
    let isShared = (bin + 1..<bin + count).allSatisfy { open[$0] == open[bin] }
    return isShared ? open[bin][0] : nil
  }

  /// The sum of bins × ages of each week.
  private func alongWeeks(_ bins: [Double], _ ages: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: weeks)
    ages.withUnsafeBufferPointer { ages in
      guard let ages = ages.baseAddress else { return }
      addRows(to: &sums) { bin, run in
        ck_placed_row(
          numbers: ages, shift: lags.lag(0, bin), from: run.lowerBound, to: run.upperBound,
          factor: bins[bin])
      }
    }
    return sums
  }

  /// The sum of bins × weeks of each lag.
  private func alongLags(_ numbers: Margins) -> [Double] {
    var sums = [Double](repeating: 0, count: lags.count)
    numbers.weeks.withUnsafeBufferPointer { weeks in
      guard let weeks = weeks.baseAddress else { return }
      addRows(to: &sums) { bin, run in
        let lag = lags.lag(0, bin)
        return ck_placed_row(
          numbers: weeks, shift: -lag, from: run.lowerBound + lag, to: run.upperBound + lag,
          factor: numbers.bins[bin])
      }
    }
    return sums
  }

  /// Adds a row for each run of each bin to sums, in this order, some at a time.
  private func addRows(to sums: inout [Double], _ row: (Int, Range<Int>) -> ck_placed_row) {
    let together = Int(CK_ROWS_TOGETHER)
    var rows: [ck_placed_row] = []
    rows.reserveCapacity(together)
    forEachRun { bin, run in
      rows.append(row(bin, run))
      guard rows.count == together else { return }
      ck_add_rows(rows, &sums)
      rows.removeAll(keepingCapacity: true)
    }
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      for row in rows {
        ck_scaled_add(
          row.numbers + row.shift + row.from, row.factor, sums + row.from, row.to - row.from)
      }
    }
  }

  private func forEachRun(_ body: (Int, Range<Int>) -> Void) {
    for bin in 0..<bins {
      for run in open[bin] { body(bin, run) }
    }
  }
}
