import CKernels
import Testing

@testable import Statistics

/// What a search for drips counts and solves, each against its plain twin.
@Suite struct DripCountTests {
  @Test(arguments: [0, 1, 7, 64, 1000], [1, 2] as [UInt64])
  func theStockIsCountedAsRowByRow(_ count: Int, _ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let day: Int32 = 900
    let edges: [Int32] = [.min, .max, day, day - 61, day - 60, day - 19_999, day - 20_000]
    let created = (0..<count).map { _ -> Int32 in
      generator.chance(0.2)
        ? edges[generator.integer(below: edges.count)]
        : day - Int32(generator.integer(below: 3000))
    }
    let flags = created.map { _ -> UInt8 in generator.chance(0.3) ? 1 : 0 }
    var (all, marked) = (stock(of: [5, 17]), stock(of: []))
    let flagged = ck_count_stock(created, flags, count, day, 61, 19_999, &all, &marked)
    let inside = created.indices.filter { DripList.isOfStock(created: created[$0], day: 900) }
    #expect(flagged == flags.reduce(0) { $0 + Int($1) }, "seed \(seed)")
    #expect(isSame(all, stock(of: [5, 17] + inside.map { created[$0] })), "seed \(seed)")
    let plain = stock(of: inside.filter { flags[$0] > 0 }.map { created[$0] })
    #expect(isSame(marked, plain), "seed \(seed)")
  }

  @Test(arguments: [1, 2] as [UInt64], [7, 14]) func datesFallIntoTheirBins(
    _ seed: UInt64, _ width: Int
  ) throws {
    var generator = SplitMix64(seed: seed)
    let days = 40
    let created = (0..<1000).map { _ -> Int32 in
      generator.chance(0.1) ? .min : 20 - Int32(generator.integer(below: 900))
    }
    let isLow = created.map { $0 > -700 && generator.chance(0.3) }
    let list = DripList(
      dayStarts: (0...days).map { $0 * 25 }, createdDays: created, isLowQuality: isLow,
      isMasked: (0..<days).map { $0 == 11 })
    let grids = CreationGrid.grids(CreationCounts(list), width: width)
    // Bins of either grid begin where some of the other do, those of twice their width too.
    let apart = (grids.lowQuality?.firstDay ?? 0) - (grids.all?.firstDay ?? 0)
    #expect(apart % (2 * width) == 0, "seed \(seed)")
    for (grid, isLowOnly) in [(grids.all, false), (grids.lowQuality, true)] {
      let grid = try #require(grid)
      var plain: [[Int]: Int] = [:]
      for row in created.indices where row / 25 != 11 && (!isLowOnly || isLow[row]) {
        guard DripList.isOfStock(created: created[row], day: row / 25) else { continue }
        plain[[row / 25 / 7, (Int(created[row]) - grid.firstDay) / width], default: 0] += 1
      }
      let openings = (0..<grid.bins).map { min($0, grid.weeks) }
      let weekly = grid.weeklyCounts(from: openings)
      for bin in 0..<grid.bins {
        for week in 0..<grid.weeks {
          let expected = plain[[week, bin]] ?? 0
          #expect(grid.count(week, week + 1, bin) == expected, "seed \(seed)")
          let cell = weekly[bin * grid.weeks + week]
          #expect(Int(cell) == (week < openings[bin] ? 0 : expected), "seed \(seed)")
        }
      }
    }
  }

  private func stock(of days: [Int32]) -> ck_stock {
    ck_stock(
      count: Int64(days.count), first: days.min() ?? .max, last: days.max() ?? .min)
  }

  private func isSame(_ one: ck_stock, _ other: ck_stock) -> Bool {
    (one.count, one.first, one.last) == (other.count, other.first, other.last)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 31, 75], [3, 4] as [UInt64])
  func theFactorAndItsStepsAreThoseOfRowAfterRow(_ n: Int, _ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var matrix = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for column in 0..<row { matrix[row * n + column] = generator.uniform() }
      matrix[row * n + row] = Double(n) + generator.uniform()
    }
    let factor = CholeskyFactor(matrix, n)
    let plain = plainFactor(matrix, n)
    let steps = factor.solvedSteps()
    for place in 0..<n {
      let column = (0..<n).map { $0 < place ? 0.0 : 1.0 }
      let expected = plainSolution(plain, column, n)
      #expect(
        steps[place * n..<(place + 1) * n].elementsEqual(expected, by: isNear), "seed \(seed)")
      #expect(factor.solved(column).elementsEqual(expected, by: isNear), "seed \(seed)")
      let first = factor.firstSteps(from: place, 9)
      #expect(first.elementsEqual(expected[place...].prefix(9), by: isNear), "seed \(seed)")
    }
    let values = (0..<n).map { _ in generator.uniform() }
    let solved = factor.solvedTransposed(values)
    for column in 0..<n {
      let product = (column..<n).reduce(0.0) { $0 + plain[$1 * n + column] * solved[$1] }
      #expect(isNear(product, values[column]), "seed \(seed)")
    }
  }

  /// Rows that are worked on together have the sums that each has by itself, to the last bit.
  @Test(arguments: [0, 5, 8, 61], [5, 6] as [UInt64]) func rowsTogetherAreRowsAlone(
    _ count: Int, _ seed: UInt64
  ) {
    var generator = SplitMix64(seed: seed)
    let numbers = (0..<200).map { _ in generator.uniform() }
    let other = (0..<count).map { _ in generator.uniform() }
    var dots = [Double](repeating: 0, count: Int(CK_DOTS_TOGETHER))
    numbers.withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress else { return }
      ck_shifted_dots(start + 40, -3, other, count, &dots)
      for (row, sum) in dots.enumerated() {
        #expect(sum == ck_dot(start + 40 - 3 * row, other, count), "seed \(seed)")
      }
      // Rows that have something in common, and such that have not.
      for spread in [3, 70] {
        let rows = (0..<Int(CK_ROWS_TOGETHER)).map { row in
          ck_placed_row(
            numbers: start, shift: row - 1, from: 1 + spread * row / 2,
            to: 1 + spread * row / 2 + 30 + count / 2, factor: generator.uniform())
        }
        var sums = (0..<200).map { _ in generator.uniform() }
        var plain = sums
        ck_add_rows(rows, &sums)
        for row in rows {
          for place in row.from..<row.to { plain[place] += start[place + row.shift] * row.factor }
        }
        #expect(sums == plain, "seed \(seed)")
      }
    }
  }

  /// The bounds that most lists fail are not below the height of any rise, nor below the likelihood of one.
  @Test(arguments: [7, 8, 9, 10] as [UInt64]) func noRiseIsHigherThanItsBound(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let counts = (0..<600).map { _ in 5 + generator.poisson(mean: 20) }
    let marked = counts.enumerated().map { day, count in
      (0..<count).count { _ in generator.chance((200..<280).contains(day) ? 0.3 : 0.2) }
    }
    let series = ShareSeries(counts: counts, marked: marked)
    let settings = ShareScanSettings()
    var fits = WanderingFits(series, settings)
    let all = fits.all()
    for (index, fit) in all.enumerated() {
      let highest = highestRise(WanderingLevel(fit), series, settings)
      #expect(fit.mayRise(over: 0.999 * highest, series, settings), "seed \(seed), wander \(index)")
      #expect(!fit.mayRise(over: 1.5 * highest, series, settings), "seed \(seed), wander \(index)")
      for other in all
      where other.wandering.wander <= fit.wandering.wander
        && other.wandering.flicker <= fit.wandering.flicker
      {
        #expect(other.ceiling >= fit.lnDensity + highest * highest / 2, "seed \(seed)")
      }
    }
    let plain = all.map(\.lnDensity).max() ?? 0
    let likeliest =
      all.map { fit in
        let height = highestRise(WanderingLevel(fit), series, settings)
        return fit.lnDensity + height * height / 2
      }.max() ?? 0
    for over in [0.8, 0.999, 1.001, 1.6] {
      var settings = settings
      settings.overWander = over * (likeliest - plain)
      var fits = WanderingFits(series, settings)
      let mayRise = fits.mayRise()
      if over < 1 { #expect(mayRise, "seed \(seed), \(over)") }
      if over > 1.5 { #expect(!mayRise, "seed \(seed), \(over)") }
    }
  }

  private func highestRise(
    _ level: WanderingLevel, _ series: ShareSeries, _ settings: ShareScanSettings
  ) -> Double {
    var highest = 0.0
    for (start, ends) in stretches(series, settings) {
      for end in ends {
        let information =
          level.information(start, start) - 2 * level.information(start, end)
          + level.information(end, end)
        let evidence = level.evidence(start) - level.evidence(end)
        highest = max(highest, evidence / information.squareRoot())
      }
    }
    return highest
  }

  private func isNear(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-12 * max(1, abs(other))
  }

  private func plainFactor(_ matrix: [Double], _ n: Int) -> [Double] {
    var factor = matrix
    for row in 0..<n {
      for column in 0...row {
        let sum = (0..<column).reduce(0.0) { $0 + factor[row * n + $1] * factor[column * n + $1] }
        let rest = factor[row * n + column] - sum
        factor[row * n + column] =
          column < row ? rest / factor[column * n + column] : rest.squareRoot()
      }
    }
    return factor
  }

  private func plainSolution(_ factor: [Double], _ column: [Double], _ n: Int) -> [Double] {
    var values = column
    for row in 0..<n {
      let sum = (0..<row).reduce(0.0) { $0 + factor[row * n + $1] * values[$1] }
      values[row] = (values[row] - sum) / factor[row * n + row]
    }
    return values
  }
}
