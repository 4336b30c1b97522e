import Glibc

/// How many followers of each week and creation date a list without drips would have.
///
/// The product of a number for the week, one for the age at follow and one for the creation date, each
/// fitted so that its sums are those of the list (iterative proportional fitting, W. E. Deming and
/// F. F. Stephan, Annals of Mathematical Statistics 11, 1940). Ages within a fifth share a number; cells
/// that were emptied expect nobody. Cells lie bin by bin. O(weeks × bins) a round.
struct CreationSurface {
  private let weeks: Int
  private let bins: Int
  /// Followers of each cell that takes part.
  private var observed: [Double]
  private var expected: [Double]
  /// The class of each cell's age at follow.
  private var ages: [Int32]
  /// Followers by class of age, by bin and by week.
  private var wanted: (ages: [Double], bins: [Double], weeks: [Double]) = ([], [], [])

  /// Of the cells that take part, what was observed and what is expected.
  var sums: (observed: CellSums, expected: CellSums) {
    (
      CellSums(weeks: weeks, bins: bins, cells: observed),
      CellSums(weeks: weeks, bins: bins, cells: expected)
    )
  }

  init(_ grid: CreationGrid, rounds: Int = 10) {
    (weeks, bins) = (grid.weeks, grid.bins)
    observed = [Double](repeating: 0, count: weeks * bins)
    expected = observed
    ages = [Int32](repeating: 0, count: weeks * bins)
    // Weeks and bins of one difference have one age.
    let classes = (0..<(7 * weeks + grid.width * bins)).map { days in
      CreationSurface.ageClass(grid, days: days - grid.width * (bins - 1))
    }
    for bin in 0..<bins {
      let first = grid.width * (bins - 1 - bin)
      for week in 0..<weeks {
        guard let age = classes[first + 7 * week] else { continue }
        observed[bin * weeks + week] = Double(grid.count(week, week + 1, bin))
        expected[bin * weeks + week] = 1
        ages[bin * weeks + week] = age
      }
    }
    for (weeks, bins) in grid.emptied {
      for bin in bins { for week in weeks { expected[bin * self.weeks + week] = 0 } }
    }
    wanted = (sumsByAge(observed), sumsByBin(observed), sumsByWeek(observed))
    for _ in 0..<rounds {
      fitAges()
      fitBins()
      fitWeeks()
    }
  }

  /// Ages at follow within a fifth of one another; nil where nobody is counted.
  ///
  /// `days`: from the first day of a bin, counted from that of the first bin, to that of a week.
  private static func ageClass(_ grid: CreationGrid, days: Int) -> Int32? {
    let age = Double(days + 3 - grid.firstDay) - Double(grid.width) / 2
    guard age > 60 - Double(grid.width) else { return nil }
    return Int32(log(max(1, age / 60)) / log(1.2))
  }

  // MARK: Sums of cells

  private func sumsByAge(_ cells: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: Int(ages.max() ?? 0) + 1)
    sums.withUnsafeMutableBufferPointer { sums in
      ages.withUnsafeBufferPointer { ages in
        cells.withUnsafeBufferPointer { cells in
          for cell in ages.indices { sums[Int(ages[cell])] += cells[cell] }
        }
      }
    }
    return sums
  }

  private func sumsByBin(_ cells: [Double]) -> [Double] {
    let ones = [Double](repeating: 1, count: weeks)
    return ones.withUnsafeBufferPointer { ones in
      cells.withUnsafeBufferPointer { cells in
        (0..<bins).map { bin in
          guard let start = cells.baseAddress, let ones = ones.baseAddress else { return 0 }
          return dotProduct(start + bin * weeks, ones, weeks)
        }
      }
    }
  }

  private func sumsByWeek(_ cells: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: weeks)
    sums.withUnsafeMutableBufferPointer { sums in
      cells.withUnsafeBufferPointer { cells in
        for bin in 0..<bins {
          let first = bin * weeks
          for week in sums.indices { sums[week] += cells[first &+ week] }
        }
      }
    }
    return sums
  }

  // MARK: Scaling cells so that the sums of each class are those of the list

  private mutating func fitAges() {
    let scales = CreationSurface.scales(wanted.ages, sumsByAge(expected))
    expected.withUnsafeMutableBufferPointer { expected in
      ages.withUnsafeBufferPointer { ages in
        scales.withUnsafeBufferPointer { scales in
          for cell in expected.indices { expected[cell] *= scales[Int(ages[cell])] }
        }
      }
    }
  }

  private mutating func fitBins() {
    let scales = CreationSurface.scales(wanted.bins, sumsByBin(expected))
    expected.withUnsafeMutableBufferPointer { expected in
      for bin in 0..<bins {
        let scale = scales[bin]
        for cell in bin * weeks..<(bin + 1) * weeks { expected[cell] *= scale }
      }
    }
  }

  private mutating func fitWeeks() {
    let scales = CreationSurface.scales(wanted.weeks, sumsByWeek(expected))
    expected.withUnsafeMutableBufferPointer { expected in
      scales.withUnsafeBufferPointer { scales in
        for bin in 0..<bins {
          let first = bin * weeks
          for week in scales.indices { expected[first &+ week] *= scales[week] }
        }
      }
    }
  }

  private static func scales(_ wanted: [Double], _ sums: [Double]) -> [Double] {
    zip(wanted, sums).map { $1 > 1e-9 ? $0 / $1 : 0 }
  }
}
