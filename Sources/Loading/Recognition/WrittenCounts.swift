import Columns
import Formats

/// A column of counts as pages and spreadsheets show them, as integers: `12.3K`, `1,234`, `1.234`.
struct WrittenCounts {
  private(set) var column: Column
  /// The first count with marks between its thousands, and what it is; nil where there is none.
  private(set) var grouped: (text: String, value: Int64)?
  private(set) var roundedCount = 0
  private(set) var roundedExample = ""

  /// Nil unless all texts are counts whose thousands are parted in one way.
  ///
  /// Words that mean null where a column is no text are null. Some 20 ns a cell of plain digits.
  init?(_ column: Column, nulls: NullRule) {
    for grouping in DigitGrouping.allCases {
      if let read = WrittenCounts(column, grouping, nulls) {
        self = read
        return
      }
    }
    return nil
  }

  private init?(_ column: Column, _ grouping: DigitGrouping, _ nulls: NullRule) {
    self.column = column
    let counts = BufferSlice<Int64>(capacity: column.rowCount)
    var row = 0
    for segment in column.segments {
      for index in 0..<segment.rowCount {
        counts.pointer[row] = .min
        row += 1
        guard let cell = segment.utf8(at: index) else { continue }
        let plain = trimmed(cell)
        if nulls.isNull(plain) { continue }
        guard let count = WrittenCount(plain, grouping) else { return nil }
        counts.pointer[row - 1] = count.value
        note(count, plain)
      }
    }
    self.column = Column(counts, of: .int, cuts: column.segments.map(\.rowCount))
  }

  private mutating func note(_ count: WrittenCount, _ cell: UnsafeBufferPointer<UInt8>) {
    if count.isGrouped, grouped == nil {
      grouped = (String(decoding: cell, as: UTF8.self), count.value)
    }
    guard count.isRounded else { return }
    if roundedCount == 0 { roundedExample = String(decoding: cell, as: UTF8.self) }
    roundedCount += 1
  }
}
