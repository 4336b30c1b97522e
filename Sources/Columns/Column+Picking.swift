/// Single rows of a column, picked by number.
extension Column {
  /// The values of some rows of an integer-stored or bool column (0 and 1); `null` under a null.
  ///
  /// Fast where the numbers rise: a run of them within a segment is one loop.
  package func integers(at rows: BufferSlice<Int32>, null: Int64 = .min) -> [Int64] {
    picked(rows) { segment, picks, out in
      segment.pickIntegers(picks, to: out)
      picks.patchNulls(of: segment, in: out, with: null)
    }
  }

  /// The values of some rows of a numeric column as floats; `null` under a null.
  package func doubles(at rows: BufferSlice<Int32>, null: Double = .nan) -> [Double] {
    picked(rows) { segment, picks, out in
      segment.pickDoubles(picks, to: out)
      picks.patchNulls(of: segment, in: out, with: null)
    }
  }

  private func picked<Value>(
    _ rows: BufferSlice<Int32>,
    _ pick: (Segment, RowPicks, UnsafeMutablePointer<Value>) -> Void
  ) -> [Value] {
    let starts = segmentStarts
    return withExtendedLifetime(rows) {
      [Value](unsafeUninitializedCapacity: rows.count) { out, filled in
        var place = 0
        while place < rows.count, let base = out.baseAddress {
          let row = Int(rows.pointer[place])
          let index = starts.lastPlace(notAbove: row)
          let end = starts[index] + segments[index].rowCount
          var next = place + 1
          while next < rows.count, Int(rows.pointer[next]) >= starts[index],
            Int(rows.pointer[next]) < end
          { next += 1 }
          let picks = RowPicks(
            rows: rows.pointer + place, count: next - place, start: starts[index])
          pick(segments[index], picks, base + place)
          place = next
        }
        filled = rows.count
      }
    }
  }
}

/// Some rows of a table that lie in one segment, which begins at `start`.
struct RowPicks {
  let rows: UnsafePointer<Int32>
  let count: Int
  let start: Int

  init(rows: UnsafeMutablePointer<Int32>, count: Int, start: Int) {
    self.rows = UnsafePointer(rows)
    self.count = count
    self.start = start
  }

  /// The row within the segment.
  subscript(place: Int) -> Int { Int(rows[place]) &- start }

  func patchNulls<Value>(
    of segment: Segment, in out: UnsafeMutablePointer<Value>, with null: Value
  ) {
    guard let validity = segment.validity else { return }
    for place in 0..<count where !validity[self[place]] { out[place] = null }
  }
}

extension Segment {
  fileprivate func pickIntegers(_ picks: RowPicks, to out: UnsafeMutablePointer<Int64>) {
    func widen<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ slice: BufferSlice<Stored>
    ) {
      for place in 0..<picks.count {
        out[place] = Int64(truncatingIfNeeded: slice.pointer[picks[place]]) &* scale
      }
    }
    switch values {
    case .bits(let bits): for place in 0..<picks.count { out[place] = bits[picks[place]] ? 1 : 0 }
    case .int8(let slice): widen(slice)
    case .int16(let slice): widen(slice)
    case .int32(let slice): widen(slice)
    case .int64(let slice): widen(slice)
    case .float64, .text, .codes8, .codes16: preconditionFailure("no integers in this segment")
    }
  }

  fileprivate func pickDoubles(_ picks: RowPicks, to out: UnsafeMutablePointer<Double>) {
    func convert<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ slice: BufferSlice<Stored>
    ) {
      let scale = Double(scale)
      for place in 0..<picks.count { out[place] = Double(slice.pointer[picks[place]]) * scale }
    }
    switch values {
    case .bits(let bits): for place in 0..<picks.count { out[place] = bits[picks[place]] ? 1 : 0 }
    case .int8(let slice): convert(slice)
    case .int16(let slice): convert(slice)
    case .int32(let slice): convert(slice)
    case .int64(let slice): convert(slice)
    case .float64(let slice):
      for place in 0..<picks.count { out[place] = slice.pointer[picks[place]] }
    case .text, .codes8, .codes16: preconditionFailure("no numbers in this segment")
    }
  }
}

extension [Int] {
  /// The last place whose value is at most a number, in rising values of which the first is 0.
  fileprivate func lastPlace(notAbove number: Int) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if self[middle] <= number { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
