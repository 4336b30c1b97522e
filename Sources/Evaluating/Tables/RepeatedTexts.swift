import Columns
import Diagnostics

/// Text columns whose cells are written out again and again, as far as that can become too much.
struct RepeatedTexts: @unchecked Sendable {
  // @unchecked: the places lead into the columns' segments, which `columns` keeps alive and nobody
  // writes.

  /// The most text of one column in one segment: offsets have 32 bits.
  private static let limit = 1 << 30

  private let columns: [Column]
  private let texts: [[TextPlaces]]
  private let range: SourceRange?

  init(_ columns: [Column], at range: SourceRange?) {
    self.columns = columns.filter { $0.type == .string }
    texts = self.columns.map { $0.segments.map { TextPlaces($0.values) } }
    self.range = range
  }

  /// Throws where the rows at these places, cut into segments, are too much text.
  func check(_ places: Store<RowPlace>, segmentRows: Int) throws(EvaluationFailure) {
    for (column, texts) in zip(columns, texts) where column.sharedDictionary == nil {
      for start in stride(from: 0, to: places.count, by: max(1, segmentRows)) {
        var total = 0
        for index in start..<min(places.count, start + segmentRows) {
          let place = places.pointer[index]
          total &+= texts[place.segment].text(place.row).count
        }
        try check(total)
      }
    }
  }

  /// Throws where the texts of a chunk, of all columns together, are too much.
  func check(_ chunk: RowChunk) throws(EvaluationFailure) {
    var total = 0
    for texts in texts {
      for row in chunk.rows { total &+= texts[chunk.segment].text(row).count }
    }
    try check(total)
  }

  private func check(_ byteCount: Int) throws(EvaluationFailure) {
    if byteCount <= RepeatedTexts.limit { return }
    throw .diagnostic(
      Diagnostic(
        "the rows would hold more than 1 GiB of text", hint: "drop the long columns first",
        at: range, blame: .data))
  }
}
