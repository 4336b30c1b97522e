import Testing

@testable import Statistics

/// Passes on a list of which all columns are arrays.
func withRanks<Result>(
  _ rows: [Int32], _ created: [Int64], _ followed: [Int64], _ evidence: [Double], usual: Double,
  _ body: (FollowRanks) -> Result
) -> Result {
  // One more of each, so that nothing is without memory.
  let own = rows.map { Int($0) }
  var dates = [FollowDates](repeating: FollowDates(), count: rows.count + 1)
  FollowDates.write(
    created: own.map { created[$0] }, followed: own.map { followed[$0] }, to: &dates)
  return dates.withUnsafeBufferPointer { dates in
    (evidence + [0]).withUnsafeBufferPointer { evidence in
      rows.withUnsafeBufferPointer { rows in
        guard let dates = dates.baseAddress, let evidence = evidence.baseAddress else {
          preconditionFailure("columns without memory")
        }
        return body(FollowRanks(rows: rows, dates: dates, evidence: evidence, usual: usual))
      }
    }
  }
}

/// The cell of a number of days in cells of so many, as it is defined; 0 for NaN.
func plainCell(_ days: Double, of width: Double) -> UInt16 {
  if days.isNaN { return 0 }
  return CreationCell.first + UInt16(min(max(days / width, 0), Double(CreationCell.last)))
}

/// The places of a stretch against their formulas.
@Suite struct RankedStretchTests {
  private let day = 86_400_000_000.0

  @Test(arguments: [0..<700, 100..<101, 650..<700])
  func placesAreThoseOfTheirRows(_ range: Range<Int>) {
    var generator = SplitMix64(seed: 3)
    let followed = (0..<1400).map { row -> Int64 in
      row % 31 == 0 ? .min : Int64((16_000 + Double(row) / 9) * day)
    }
    let created = (0..<1400).map { row -> Int64 in
      let made = 16_000 + Double(row) / 9 - 90 * generator.uniform()
      return row % 37 == 0 ? .min : Int64(made * day)
    }
    let evidence = (0..<1400).map { row -> Double in
      let halves = Double(generator.integer(below: 140) - 70) / 2048
      let beside = [halves, halves.nextUp, halves.nextDown, 90 * generator.uniform() - 45]
      return beside[row % 4] - 1
    }
    // Every other row, the first ones last.
    let rows =
      Array(stride(from: Int32(701), to: 1400, by: 2)) + Array(stride(from: 1, to: 700, by: 2))
    let (cells, weights) = withRanks(rows, created, followed, evidence, usual: -1) {
      let stretch = RankedStretch($0, around: range)
      return (FollowDates.Kind.allCases.map { stretch.cells($0) }, stretch.weights())
    }
    for place in 0..<range.count + 2 * RankedStretch.margin + 1 {
      let rank = place + range.lowerBound - RankedStretch.margin
      let row = rows.indices.contains(rank) ? Int(rows[rank]) : nil
      let (made, age) = days(created, followed, row)
      let isAged = age > 30
      let own = [made - 13_228, made - 13_228, age, age]
      for kind in FollowDates.Kind.allCases {
        let width = OrderEvidence.widths[kind.rawValue % 2] * 0.4
        let cell = isAged ? plainCell(own[kind.rawValue], of: width) : 0
        #expect(cells[kind.rawValue][place] == cell, "place \(place), \(kind)")
      }
      let weight: Double = row.map { 1024 * min(30, max(-30, evidence[$0] + 1)) } ?? 0
      #expect(weights[place] == Int16(weight.rounded()), "place \(place)")
    }
  }

  /// The day of signing up and the age at following; NaN where unknown.
  private func days(
    _ created: [Int64], _ followed: [Int64], _ row: Int?
  ) -> (made: Double, age: Double) {
    guard let row, created[row] != .min, followed[row] != .min else { return (.nan, .nan) }
    let (made, came) = (Double(created[row]) / day, Double(followed[row]) / day)
    return (made, came - made)
  }
}
