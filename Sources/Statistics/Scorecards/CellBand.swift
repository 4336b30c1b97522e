/// Rows within two cells of one, counted one by one: for the few rows that need it.
struct CellBand {
  let cells: [UInt16]

  /// How many lie within two cells of that of a place, by span, itself counted.
  ///
  /// The spans beyond the first: that is twice no reach. O(surroundings), sixteen bytes at a time.
  func counts(around place: Int) -> SlidingCounts.Lanes {
    var counts = SlidingCounts.Lanes()
    let lowest = cells[place] &- 2
    var (inner, sum) = (0, 0)
    for lane in 1..<SlidingCounts.spans.count {
      let span = SlidingCounts.spans[lane]
      sum += number(place - span..<place - inner, from: lowest)
      sum += number(place + inner..<place + span, from: lowest)
      counts[lane] = UInt16(truncatingIfNeeded: sum + last(place + span, lowest))
      inner = span
    }
    return counts
  }

  private func last(_ place: Int, _ lowest: UInt16) -> Int {
    cells[place] &- lowest <= 4 ? 1 : 0
  }

  private func number(_ places: Range<Int>, from lowest: UInt16) -> Int {
    cells.withUnsafeBufferPointer { cells in
      var sum: UInt16 = 0
      for place in places { sum &+= cells[place] &- lowest <= 4 ? 1 : 0 }
      return Int(sum)
    }
  }
}
