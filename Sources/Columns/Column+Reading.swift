/// Whole columns as flat memory, for statistics that read them more than once.
extension Column {
  /// The values of an integer-stored or bool column (0 and 1), one after the other.
  ///
  /// `null` under a null. O(n), 8 bytes a row.
  package func integers(null: Int64 = .min) -> BufferSlice<Int64> {
    let all = BufferSlice<Int64>(capacity: rowCount)
    for (segment, start) in zip(segments, segmentStarts) {
      segment.writeIntegers(to: all.pointer + start, null: null)
    }
    return all
  }

  /// The values of a numeric column as floats, one after the other.
  ///
  /// `null` under a null. O(n), 8 bytes a row.
  package func doubles(null: Double = .nan) -> BufferSlice<Double> {
    let all = BufferSlice<Double>(capacity: rowCount)
    for (segment, start) in zip(segments, segmentStarts) {
      segment.writeDoubles(to: all.pointer + start, null: null)
    }
    return all
  }

  /// The texts of a column numbered in order of first appearance, and the number of each row.
  ///
  /// −1 under a null. O(n) with a dictionary, else one hashing a row.
  package func textNumbers() -> (texts: [String], numbers: BufferSlice<Int32>) {
    let all = BufferSlice<Int32>(capacity: rowCount)
    var numbering = TextNumbering()
    for (segment, start) in zip(segments, segmentStarts) {
      numbering.write(segment, to: all.pointer + start)
    }
    return (numbering.texts, all)
  }

  /// The first row of each segment.
  package var segmentStarts: [Int] {
    var starts: [Int] = []
    starts.reserveCapacity(segments.count)
    var start = 0
    for segment in segments {
      starts.append(start)
      start += segment.rowCount
    }
    return starts
  }
}
