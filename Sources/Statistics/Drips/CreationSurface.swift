import Glibc

/// How many followers of each week and creation date a list without drips would have.
///
/// The product of a number for the week, one for the age at follow and one for the creation date, each
/// fitted so that its sums are those of the list (iterative proportional fitting, W. E. Deming and
/// F. F. Stephan, Annals of Mathematical Statistics 11, 1940). Ages within a fifth share a number; cells
/// that were emptied expect nobody. Cells lie bin by bin. O(weeks × bins) a round.
struct CreationSurface {
  /// Weeks, one after the other, whose followers from one bin are of one class of age.
  private struct Run {
    let weeks: Range<Int>
    let age: Int
  }

  private let weeks: Int
  private let bins: Int
  /// The runs of each bin; weeks that no run holds are too soon after signing up.
  private let runs: [[Run]]
  /// One a week: a sum of cells is their product with these.
  private let ones: [Double]
  /// Followers of each cell that takes part.
  private var observed: [Double]
  private var expected: [Double]

  /// Of the cells that take part, what was observed and what is expected.
  var sums: (observed: CellSums, expected: CellSums) {
    (
      CellSums(weeks: weeks, bins: bins, cells: observed),
      CellSums(weeks: weeks, bins: bins, cells: expected)
    )
  }

  init(_ grid: CreationGrid, rounds: Int = 10) {
    (weeks, bins) = (grid.weeks, grid.bins)
    runs = CreationSurface.runs(grid)
    ones = [Double](repeating: 1, count: grid.weeks)
    observed = [Double](repeating: 0, count: weeks * bins)
    expected = observed
    for bin in 0..<bins {
      for week in runs[bin].lazy.flatMap(\.weeks) {
        observed[bin * weeks + week] = Double(grid.count(week, week + 1, bin))
        expected[bin * weeks + week] = 1
      }
    }
    for (weeks, bins) in grid.emptied {
      for bin in bins { for week in weeks { expected[bin * self.weeks + week] = 0 } }
    }
    expected = fitted(rounds: rounds)
  }

  // MARK: Ages

  /// The runs of each bin.
  private static func runs(_ grid: CreationGrid) -> [[Run]] {
    // Weeks and bins of one difference have one age.
    let classes = (0..<(7 * grid.weeks + grid.width * grid.bins)).map { days in
      ageClass(grid, days: days - grid.width * (grid.bins - 1))
    }
    return (0..<grid.bins).map { bin in
      let first = grid.width * (grid.bins - 1 - bin)
      var runs: [Run] = []
      var start = 0
      while start < grid.weeks {
        let age = classes[first + 7 * start]
        var end = start + 1
        while end < grid.weeks, classes[first + 7 * end] == age { end += 1 }
        if let age { runs.append(Run(weeks: start..<end, age: age)) }
        start = end
      }
      return runs
    }
  }

  /// Ages at follow within a fifth of one another; nil where nobody is counted.
  ///
  /// `days`: from the first day of a bin, counted from that of the first bin, to that of a week.
  private static func ageClass(_ grid: CreationGrid, days: Int) -> Int? {
    let age = Double(days + 3 - grid.firstDay) - Double(grid.width) / 2
    guard age > 60 - Double(grid.width) else { return nil }
    return Int(log(max(1, age / 60)) / log(1.2))
  }

  // MARK: Scaling cells so that the sums of each class are those of the list

  /// Followers by class of age, by bin and by week.
  private struct Margins {
    var ages: [Double]
    var bins: [Double]
    var weeks: [Double]
  }

  private func fitted(rounds: Int) -> [Double] {
    let none = Margins(
      ages: [Double](repeating: 0, count: 1 + (runs.joined().map(\.age).max() ?? 0)),
      bins: [Double](repeating: 0, count: bins), weeks: [Double](repeating: 0, count: weeks))
    let wanted = observed.withUnsafeBufferPointer { margins($0, none) }
    var expected = expected
    expected.withUnsafeMutableBufferPointer { cells in
      guard let base = cells.baseAddress else { return }
      var ages = margins(UnsafeBufferPointer(cells), none).ages
      for _ in 0..<rounds {
        let ageScales = zip(wanted.ages, ages).map { CreationSurface.scale($0, $1) }
        var sums = none
        for bin in 0..<bins {
          let row = base + bin * weeks
          for run in runs[bin] { multiply(row, run.weeks, by: ageScales[run.age]) }
          let scale = CreationSurface.scale(wanted.bins[bin], sum(row, 0..<weeks))
          multiply(row, 0..<weeks, by: scale)
          add(row, to: &sums.weeks)
        }
        let weekScales = zip(wanted.weeks, sums.weeks).map { CreationSurface.scale($0, $1) }
        for bin in 0..<bins {
          let row = base + bin * weeks
          multiply(row, by: weekScales)
          for run in runs[bin] { sums.ages[run.age] += sum(row, run.weeks) }
        }
        ages = sums.ages
      }
    }
    return expected
  }

  private func margins(_ cells: UnsafeBufferPointer<Double>, _ none: Margins) -> Margins {
    var sums = none
    guard let base = cells.baseAddress else { return sums }
    for bin in 0..<bins {
      let row = base + bin * weeks
      sums.bins[bin] = sum(row, 0..<weeks)
      add(row, to: &sums.weeks)
      for run in runs[bin] { sums.ages[run.age] += sum(row, run.weeks) }
    }
    return sums
  }

  private func sum(_ row: UnsafePointer<Double>, _ weeks: Range<Int>) -> Double {
    ones.withUnsafeBufferPointer { ones in
      ones.baseAddress.map { dotProduct(row + weeks.lowerBound, $0, weeks.count) } ?? 0
    }
  }

  private static func scale(_ wanted: Double, _ sum: Double) -> Double {
    sum > 1e-9 ? wanted / sum : 0
  }
}

// MARK: Loops over the weeks of a bin

private func multiply(
  _ row: UnsafeMutablePointer<Double>, _ weeks: Range<Int>, by factor: Double
) {
  for week in weeks { row[week] *= factor }
}

private func multiply(_ row: UnsafeMutablePointer<Double>, by factors: [Double]) {
  factors.withUnsafeBufferPointer { factors in
    for week in factors.indices { row[week] *= factors[week] }
  }
}

private func add(_ row: UnsafePointer<Double>, to sums: inout [Double]) {
  sums.withUnsafeMutableBufferPointer { sums in
    for week in sums.indices { sums[week] += row[week] }
  }
}
