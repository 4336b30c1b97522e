/// A run of rows of one column, stored in the narrowest form that fits.
///
/// All columns of a table are cut into segments at the same rows; a segment is what one worker
/// takes at a time, usually tens of thousands of rows. Widths and forms may differ from one
/// segment to the next: a late wide value changes nothing that was stored before it.
package struct Segment: Sendable {
  /// The stored values; under a null the value is unspecified but initialised.
  package enum Values: Sendable {
    /// A bool column.
    case bits(Bitmap)
    /// Int, date, time and duration columns; the value is `scale` times what is stored.
    case int8(BufferSlice<Int8>)
    case int16(BufferSlice<Int16>)
    case int32(BufferSlice<Int32>)
    case int64(BufferSlice<Int64>)
    /// A float column.
    case float64(BufferSlice<Double>)
    /// A string column: the texts themselves, or codes into a dictionary.
    case text(TextSlice)
    case codes8(BufferSlice<UInt8>, TextDictionary)
    case codes16(BufferSlice<UInt16>, TextDictionary)
  }

  /// The values here, or where they are.
  private enum Store: Sendable {
    case here(Values, Bitmap?)
    case elsewhere(any SegmentSource)
  }

  package let rowCount: Int
  private let store: Store
  /// 1, or 1,000,000 for times and durations that are stored as whole seconds.
  package let scale: Int64
  package let statistics: SegmentStatistics

  package var values: Values {
    switch store {
    case .here(let values, _): values
    case .elsewhere(let source): source.contents.values
    }
  }

  /// Where the values are that were not read yet; nil where they are here.
  package var source: (any SegmentSource)? {
    if case .elsewhere(let source) = store { source } else { nil }
  }

  /// nil when no row is null.
  package var validity: Bitmap? {
    switch store {
    case .here(_, let validity): validity
    case .elsewhere(let source): statistics.nullCount == 0 ? nil : source.contents.validity
    }
  }

  /// Takes values of `rowCount` rows; statistics that are not given are computed, O(n).
  package init(
    rowCount: Int, values: Values, scale: Int64 = 1, validity: Bitmap? = nil,
    statistics: SegmentStatistics? = nil
  ) {
    self.rowCount = rowCount
    self.scale = scale
    store = .here(values, validity)
    self.statistics =
      statistics
      ?? SegmentStatistics(of: values, scale: scale, rowCount: rowCount, validity: validity)
    checkInvariants()
  }

  /// Takes the rows of a source, which are not read before they are used.
  package init(
    rowCount: Int, scale: Int64 = 1, statistics: SegmentStatistics, source: any SegmentSource
  ) {
    self.rowCount = rowCount
    self.scale = scale
    self.statistics = statistics
    store = .elsewhere(source)
  }

  /// Whether a row is null; for single cells.
  package func isNull(at row: Int) -> Bool {
    guard let validity else { return false }
    return !validity[row]
  }

  /// The value of a row as a scalar of the column's type; for single cells.
  package func scalar(at row: Int, of type: DataType) -> Scalar {
    if isNull(at: row) { return .null }
    switch values {
    case .bits(let bits): return .bool(bits[row])
    case .int8(let slice): return .make(Int64(slice.pointer[row]) &* scale, of: type)
    case .int16(let slice): return .make(Int64(slice.pointer[row]) &* scale, of: type)
    case .int32(let slice): return .make(Int64(slice.pointer[row]) &* scale, of: type)
    case .int64(let slice): return .make(slice.pointer[row] &* scale, of: type)
    case .float64(let slice): return .float(slice.pointer[row])
    case .text(let texts): return .string(texts.string(at: row))
    case .codes8(let codes, let dictionary):
      return .string(dictionary.string(Int(codes.pointer[row])))
    case .codes16(let codes, let dictionary):
      return .string(dictionary.string(Int(codes.pointer[row])))
    }
  }

  private func checkInvariants() {
    let stored =
      switch values {
      case .bits(let bits): bits.count
      case .int8(let slice): slice.count
      case .int16(let slice): slice.count
      case .int32(let slice): slice.count
      case .int64(let slice): slice.count
      case .float64(let slice): slice.count
      case .text(let texts): texts.rowCount
      case .codes8(let codes, _): codes.count
      case .codes16(let codes, _): codes.count
      }
    precondition(stored >= rowCount, "segment of \(rowCount) rows holds \(stored) values")
    if let validity { precondition(validity.count >= rowCount, "validity shorter than the rows") }
  }
}
