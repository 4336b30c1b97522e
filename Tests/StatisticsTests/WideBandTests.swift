import Glibc
import Testing

@testable import Statistics

/// The parts of the search for wide bands, each against its plain twin.
@Suite struct WideBandTests {
  @Test(arguments: [1, 2, 3] as [UInt64], [61, 300, 411])
  func noWindowThatMayBeLikelyIsPassedOver(_ seed: UInt64, _ weeks: Int) {
    var generator = SplitMix64(seed: seed)
    let bins = 3
    let expected = (0..<weeks * bins).map { _ in 0.2 + 9 * generator.uniform() }
    let observed = expected.indices.map { cell in
      let isRich = (weeks / 3..<weeks / 3 + 12).contains(cell % weeks)
      return Int32((expected[cell] * (isRich ? 2 : 1) + generator.uniform()).rounded())
    }
    let sums = (
      observed: CellCounts(weeks: weeks, bins: bins, cells: observed),
      expected: cellSums(weeks: weeks, bins: bins, cells: expected)
    )
    let total = Double(sums.observed.count(0..<weeks, 0..<bins))
    let level = total / sums.expected.count(0..<weeks, 0..<bins)
    var likely = LikelyWindows(weeks: weeks, ratio: 1.3, excess: 10)
    likely.read(
      sums.observed, sums.expected, 0..<bins, level: level, total: total, opening: 0, likelihood: 3)
    var found = 0
    for (number, length) in LikelyWindows.lengths.enumerated() {
      let starts = likely.starts(length: number, likelihood: 5).map { Int($0) }
      let plain = (0..<(weeks + 1 - length)).filter { start in
        let window = start..<(start + length)
        let inside = Double(sums.observed.count(window, 0..<bins))
        let usual = sums.expected.count(window, 0..<bins) * level
        let rest = total - usual
        let corrected = usual * (total - inside + 0.5) / (rest + 0.5)
        let far = (inside - usual) * (inside - usual) * (total + usual)
        return inside > usual && far >= 2 * 5 * usual * rest
          && inside >= 1.3 * (corrected + 0.5) && inside - corrected >= 10
      }
      #expect(starts == plain, "seed \(seed), \(length) weeks")
      found += plain.count
    }
    #expect(found > 3 && found < 150, "seed \(seed), \(weeks) weeks: a test of \(found) windows")
  }

  /// Rectangles of counts and of numbers, and of counts of which some were taken out, have the sums of their cells.
  @Test(arguments: [1, 3, 4, 9], [6, 7] as [UInt64]) func rectanglesHaveTheSumsOfTheirCells(
    _ bins: Int, _ seed: UInt64
  ) {
    var generator = SplitMix64(seed: seed)
    let weeks = 1 + generator.integer(below: 40)
    func range(below end: Int) -> Range<Int> {
      let ends = [generator.integer(below: end + 1), generator.integer(below: end + 1)].sorted()
      return ends[0]..<ends[1]
    }
    var cells = (0..<weeks * bins).map { _ in Int32(generator.integer(below: 50)) }
    var counts = CellCounts(weeks: weeks, bins: bins, cells: cells)
    for _ in 0..<8 {
      let sums = cellSums(weeks: weeks, bins: bins, cells: cells.map { Double($0) })
      for _ in 0..<20 {
        let (some, dates) = (range(below: weeks), range(below: bins))
        let plain = dates.reduce(0) { sum, bin in
          some.reduce(sum) { $0 + Int(cells[bin * weeks + $1]) }
        }
        #expect(counts.count(some, dates) == plain, "seed \(seed)")
        #expect(sums.count(some, dates) == Double(plain), "seed \(seed)")
      }
      let (some, dates) = (range(below: weeks), range(below: bins))
      counts.empty(some, dates)
      for bin in dates { for week in some { cells[bin * weeks + week] = 0 } }
    }
  }

  private func cellSums(weeks: Int, bins: Int, cells: [Double]) -> CellSums {
    CellSums(weeks: weeks, bins: bins) { bin, row in
      for week in 0..<weeks { row[week] = cells[bin * weeks + week] }
    }
  }

  @Test(arguments: [4, 5] as [UInt64]) func theSurfaceIsFittedAsCellByCell(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let days = 400
    var (followed, created) = ([Int32](), [Int32]())
    for _ in 0..<3000 {
      let day = generator.integer(below: days)
      followed.append(Int32(day))
      created.append(Int32(day - 20 - generator.integer(below: 900)))
    }
    let list = DripList(
      followDays: followed, createdDays: created, isLowQuality: nil,
      isMasked: [Bool](repeating: false, count: days))
    let grid = try #require(CreationGrid.grids(CreationCounts(list), width: 14).all)
    var surface = CreationSurface(grid)
    for hole in [nil, Hole(weeks: 10..<20, bins: 5..<9)] {
      if let hole { surface.empty(hole.weeks, hole.bins) }
      let expected = surface.expected(rounds: 3)
      let plain = plainSurface(grid, hole, rounds: 3)
      for bin in 0..<grid.bins {
        for week in 0..<grid.weeks {
          let fitted = expected.count(week..<(week + 1), bin..<(bin + 1))
          #expect(abs(fitted - plain[bin][week]) < 1e-7, "seed \(seed), week \(week), bin \(bin)")
        }
      }
    }
  }

  /// Cells that are left out.
  private struct Hole {
    let weeks: Range<Int>
    let bins: Range<Int>
  }

  /// Each cell scaled by its age, its bin and its week in turn.
  private func plainSurface(_ grid: CreationGrid, _ hole: Hole?, rounds: Int) -> [[Double]] {
    func age(_ week: Int, _ bin: Int) -> Int? {
      let age = Double(7 * week + 3 - grid.firstDay - grid.width * bin) - Double(grid.width) / 2
      return age > 60 - Double(grid.width) ? Int(log(max(1, age / 60)) / log(1.2)) : nil
    }
    let cells = (0..<grid.bins).flatMap { bin in
      (0..<grid.weeks).compactMap { week in
        let isIn = hole.map { $0.weeks.contains(week) && $0.bins.contains(bin) } ?? false
        return isIn ? nil : age(week, bin).map { (week: week, bin: bin, age: $0) }
      }
    }
    var expected = [[Double]](
      repeating: [Double](repeating: 0, count: grid.weeks), count: grid.bins)
    for cell in cells { expected[cell.bin][cell.week] = 1 }
    for _ in 0..<rounds {
      for group in 0..<3 {
        func key(_ place: Int) -> Int {
          [cells[place].age, cells[place].bin, cells[place].week][group]
        }
        var (wanted, sums) = ([Int: Double](), [Int: Double]())
        for place in cells.indices {
          let cell = cells[place]
          wanted[key(place), default: 0] +=
            Double(grid.count(cell.week, cell.week + 1, cell.bin))
          sums[key(place), default: 0] += expected[cell.bin][cell.week]
        }
        for place in cells.indices {
          let sum = sums[key(place)] ?? 0
          expected[cells[place].bin][cells[place].week] *=
            sum > 1e-9 ? (wanted[key(place)] ?? 0) / sum : 0
        }
      }
    }
    return expected
  }
}
