import CKernels
import Testing

@testable import Statistics

/// Kernels over cells and rows of followers against loops of one number at a time.
@Suite struct CellKernelTests {
  private static let day: Int64 = 86_400_000_000

  @Test(arguments: [0, 1, 7, 333])
  func stepsAreWholeNumbersOfMicroseconds(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let first = 13_228 * Self.day
    let (step, least, last) = (Self.day * 2 / 5, 30 * Self.day, UInt16(57_078))
    // Beside the edges of steps, days that cannot be, and none.
    let created = (0..<count).map { row -> Int64 in
      let edge = first + Int64(generator.integer(below: 9000)) * step
      return [edge, edge - 1, edge + 1, .min, -1 << 60, 1 << 60, first - 1][row % 7]
    }
    let followed = (0..<count).map { row -> Int64 in
      let age = Int64(generator.integer(below: 40)) * 3 * Self.day
      let near = created[row] == .min ? first : created[row] &+ age
      return [near, near &+ 1, near &- 1, .min, least, 1 << 61][row % 6]
    }
    var steps = [UInt16](repeating: 9, count: 2 * count + 1)
    ck_follow_steps(created, followed, count, first, least, step, last, &steps)
    for row in 0..<count {
      let isKnown = created[row] != .min && followed[row] != .min
      let age = followed[row] &- created[row]
      func plain(_ micros: Int64) -> UInt16 {
        guard isKnown, age > least else { return 0 }
        return UInt16(min(Int64(last), max(0, micros) / step)) + 1
      }
      #expect(steps[2 * row] == plain(created[row] &- first), "row \(row)")
      #expect(steps[2 * row + 1] == plain(age), "row \(row)")
    }
  }

  @Test(arguments: [1, 7, 30] as [UInt16])
  func cellsAreWholeNumbersOfSteps(_ width: UInt16) {
    let pairs = (0...UInt16.max).flatMap { [$0, UInt16.max - $0] }
    for lane in 0..<2 {
      var cells = [UInt16](repeating: 0, count: pairs.count / 2)
      ck_cells_of_steps(pairs, cells.count, lane, width, 3, &cells)
      let plain = (0..<cells.count).map { row -> UInt16 in
        let step = pairs[2 * row + lane]
        return step == 0 ? 0 : (step - 1) / width &+ 3
      }
      #expect(cells == plain)
    }
  }

  @Test(arguments: [0, 5, 64, 65, 200])
  func weightsAreTakenByRowAndRounded(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let evidence = (0..<500).map { row in
      row % 3 == 0 ? Double(generator.integer(below: 999)) / 2048 : 80 * generator.uniform() - 40
    }
    let rows = (0..<count).map { _ in Int32(generator.integer(below: 500)) }
    var weights = [Int16](repeating: 0, count: count + 1)
    ck_ranked_weights(rows, count, evidence, 0.25, &weights)
    for (place, row) in rows.enumerated() {
      let plain = 1024 * min(30, max(-30, evidence[Int(row)] - 0.25))
      #expect(weights[place] == Int16(plain.rounded()), "place \(place)")
    }
  }

  @Test(arguments: [(1, 1), (3, 5), (52, 17)])
  func countsOfCellsAreSumsOfAllBefore(_ weeks: Int, _ bins: Int) {
    var generator = SplitMix64(seed: 4)
    let cells = (0..<weeks * bins).map { _ in Int32(generator.integer(below: 100)) }
    var sums = [Int32](repeating: 0, count: (weeks + 1) * (bins + 1))
    ck_cell_counts(cells, weeks, bins, &sums)
    for bin in 0...bins {
      for week in 0...weeks {
        let plain = (0..<bin).reduce(Int32(0)) { sum, before in
          sum + cells[before * weeks..<before * weeks + week].reduce(0, +)
        }
        #expect(sums[bin * (weeks + 1) + week] == plain, "bin \(bin), week \(week)")
      }
    }
  }

  @Test func spansAreCountedOnBothSides() {
    var generator = SplitMix64(seed: 8)
    let cells = (0..<3001).map { _ in UInt16(truncatingIfNeeded: generator.next() & 31) }
    let spans: [Int64] = [0, 1, 25, 26, 400, 1500]
    for (lowest, width) in [(0, 5), (30, 4), (7, 0), (65_534, 3)] as [(UInt16, UInt16)] {
      var counts = [UInt16](repeating: 0, count: spans.count)
      cells.withUnsafeBufferPointer { cells in
        guard let own = cells.baseAddress.map({ $0 + 1500 }) else { return }
        ck_span_counts_u16(own, lowest, width, spans, spans.count, &counts)
      }
      let plain = spans.map { span in
        cells[1500 - Int(span)...1500 + Int(span)].count { $0 &- lowest < width }
      }
      #expect(counts.map { Int($0) } == plain, "from \(lowest), \(width) wide")
    }
  }

  @Test(arguments: [0, 1, 9, 100])
  func limitsAreCountedAndWhatIsNearThemSeen(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    func check(_ values: [Double], _ first: Double, _ second: Double) {
      var counts = [UInt8](repeating: 7, count: values.count + 1)
      let near = ck_limit_counts(values, values.count, first, second, 1e-6, &counts)
      let plain = values.map { UInt8(($0 < first ? 1 : 0) + ($0 < second ? 1 : 0)) }
      #expect(Array(counts.dropLast()) == plain)
      let isNear = values.contains { !(abs($0 - first) > 1e-6) || !(abs($0 - second) > 1e-6) }
      #expect((near != 0) == isNear)
    }
    let values = (0..<count).map { _ in 20 * generator.uniform() - 10 }
    check(values, 1.5, 3)
    check(values, .nan, 3)
    for odd in [Double.nan, 3, 3 - 5e-7, -Double.infinity] { check(values + [odd], 1.5, 3) }
  }
}
