import Columns
import Kernels

/// Collects vectors of one type behind each other into a segment; one worker's.
///
/// Integers come out in the narrowest width that fits, times and durations as whole seconds where
/// all are; texts stay codes while all come from one dictionary. Cost 0.3 to 1 ns a value of
/// numbers, the copying of the bytes for texts.
final class SegmentBuilder {
  let type: DataType
  private(set) var rowCount = 0
  private let values: any ValueCollector
  /// A byte for each row, 0 for null; empty as long as there is no null.
  private var validity = GrowingMemory(capacity: 64)
  private var nullCount = 0
  private var selected = GrowingMemory(capacity: 64)
  private var scratchBits = GrowingMemory(capacity: 64)

  init(type: DataType) {
    self.type = type
    switch type {
    case .bool: values = BoolCollector()
    case .int, .date, .time, .duration: values = IntegerCollector(type)
    case .float: values = FloatCollector()
    case .string: values = TextCollector()
    }
  }

  /// Adds the rows of a vector whose bit is set, or all its rows.
  func append(_ vector: Vector, selection: UnsafePointer<UInt64>? = nil) {
    guard let selection else { return append(vector, count: vector.count, rows: nil) }
    selected.removeAll()
    let place = selected.extend(by: vector.count * 4 + 64)
    let rows = place.assumingMemoryBound(to: UInt32.self)
    let count = selectedRows(selection, count: vector.count, into: rows)
    append(vector, count: count, rows: rows)
  }

  /// Adds these rows of a vector, in this order; row numbers count from the vector's first.
  func append(_ vector: Vector, rows: UnsafeBufferPointer<UInt32>) {
    guard let start = rows.baseAddress else { return }
    append(vector, count: rows.count, rows: start)
  }

  /// Adds one value.
  func append(_ value: Scalar) {
    append(Vector(count: 1, type: type, storage: .constant(value)), count: 1, rows: nil)
  }

  private func append(_ vector: Vector, count: Int, rows: UnsafePointer<UInt32>?) {
    if count == 0 { return }
    let isAllNullSoFar = nullCount == rowCount
    appendValidity(vector, count: count, rows: rows)
    let source = VectorRows(vector: vector, rows: rows, count: count)
    if vector.isNullConstant {
      values.appendBlanks(count)
    } else {
      values.append(source, isAllNullSoFar: isAllNullSoFar, rowCount: rowCount)
    }
    rowCount += count
  }

  private func appendValidity(_ vector: Vector, count: Int, rows: UnsafePointer<UInt32>?) {
    if !vector.isNullConstant && vector.validity == nil {
      if validity.byteCount > 0 {
        validity.extend(by: count).initializeMemory(as: UInt8.self, repeating: 1, count: count)
      }
      return
    }
    scratchBits.removeAll()
    let bits = scratchBits.extend(by: vector.wordCount * 8).assumingMemoryBound(to: UInt64.self)
    vector.validityBits(into: bits)
    if validity.byteCount == 0 && rowCount > 0 {
      validity.extend(by: rowCount).initializeMemory(as: UInt8.self, repeating: 1, count: rowCount)
    }
    let flags = validity.extend(by: count).assumingMemoryBound(to: UInt8.self)
    if let rows {
      for index in 0..<count {
        let row = Int(rows[index])
        flags[index] = UInt8(
          truncatingIfNeeded: bits[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1)
      }
    } else {
      bytes(ofBits: bits, count: count, into: flags)
    }
    var present = 0
    for index in 0..<count { present &+= Int(flags[index]) }
    nullCount += count - present
  }

  /// The rows so far as a segment; the builder is empty again.
  func finish() -> Segment {
    var bitmap: Bitmap?
    let flags = validity.elements(UInt8.self)
    if nullCount > 0 {
      bitmap = Bitmap(bytes: UnsafeBufferPointer(start: flags, count: rowCount))
    }
    let stored = values.finish(
      rowCount: rowCount, present: nullCount > 0 ? flags : nil, nullCount: nullCount)
    let segment = Segment(
      rowCount: rowCount, values: stored.values, scale: stored.scale, validity: bitmap,
      statistics: stored.statistics)
    rowCount = 0
    nullCount = 0
    validity.removeAll()
    return segment
  }
}

/// Rows of a vector: all its first `count`, or those named.
struct VectorRows {
  let vector: Vector
  let rows: UnsafePointer<UInt32>?
  let count: Int

  /// Copies elements of a width in bytes.
  func copy(_ values: UnsafeRawPointer, width: Int, into out: UnsafeMutableRawPointer) {
    if let rows {
      takeRows(values, width: width, rows: rows, count: count, into: out)
    } else {
      out.copyMemory(from: values, byteCount: count * width)
    }
  }
}

/// What a collector made of its rows.
struct CollectedValues {
  let values: Segment.Values
  var scale: Int64 = 1
  let statistics: SegmentStatistics
}

/// Collects the values of one type; nulls are the builder's.
protocol ValueCollector: AnyObject {
  /// Adds rows; while all before them are null, their representation may still change.
  func append(_ source: VectorRows, isAllNullSoFar: Bool, rowCount: Int)
  /// Adds rows that are null.
  func appendBlanks(_ count: Int)
  /// Gives the values of `rowCount` rows and is empty again; `present` has 0 for nulls.
  func finish(rowCount: Int, present: UnsafePointer<UInt8>?, nullCount: Int) -> CollectedValues
}
