import Columns
import Kernels

/// Columns of one type as rows: for each row the name and the value of each column.
struct UnpivotedColumns: Sendable {
  private let columns: [Column]
  private let name: String
  private let value: String
  private let names: TextDictionary
  /// The texts of all columns behind each other, for gathering.
  private let texts: ColumnGather?
  private let segmentCount: Int

  init(_ names: [String], _ columns: [Column], name: String, value: String) {
    self.columns = columns
    self.name = name
    self.value = value
    self.names = TextDictionary(names)
    segmentCount = columns.first?.segments.count ?? 0
    let isText = columns.first?.type == .string
    texts =
      isText
      ? ColumnGather(Column(type: .string, segments: columns.flatMap(\.segments))) : nil
  }

  /// The rows of a chunk.
  func chunk(_ chunk: RowChunk) -> ExpandedChunk {
    let width = columns.count
    let count = chunk.rows.count * width
    let places = Store<RowPlace>(undefined: count)
    var place = places.pointer
    for row in chunk.rows {
      place.update(repeating: RowPlace(segment: chunk.segment, row: row), count: width)
      place += width
    }
    return ExpandedChunk(
      places: places, made: [name: nameSegment(count), value: valueSegment(chunk, count)])
  }

  private func nameSegment(_ count: Int) -> Segment {
    let codes = Store<UInt16>(undefined: max(1, count))
    for column in columns.indices {
      var index = column
      while index < count {
        codes.pointer[index] = UInt16(truncatingIfNeeded: column)
        index &+= columns.count
      }
    }
    let vector = Vector(count: count, type: .string, storage: .codes16(codes.pointer, names))
    return withExtendedLifetime(codes) { Segment(copying: vector) }
  }

  private func valueSegment(_ chunk: RowChunk, _ count: Int) -> Segment {
    switch columns.first?.type {
    case .string?: return gathered(chunk, count)
    case .float?:
      return interleaved(chunk, count, Double.self) { vector, out in
        vector.asDoubles(into: out)
      } storage: {
        .float64($0)
      }
    default:
      return interleaved(chunk, count, Int64.self) { vector, out in
        vector.widenToInt64(into: out)
      } storage: {
        .int64($0)
      }
    }
  }

  private func gathered(_ chunk: RowChunk, _ count: Int) -> Segment {
    let places = Store<RowPlace>(undefined: max(1, count))
    for column in columns.indices {
      let segment = column * segmentCount + chunk.segment
      var index = column
      for row in chunk.rows {
        places.pointer[index] = RowPlace(segment: segment, row: row)
        index &+= columns.count
      }
    }
    guard let texts else { preconditionFailure("texts of columns that have none") }
    return texts.segment(
      UnsafeBufferPointer(start: UnsafePointer(places.pointer), count: count))
  }

  /// Values of fixed width, read column by column and written row by row.
  private func interleaved<Value: BitwiseCopyable>(
    _ chunk: RowChunk, _ count: Int, _ type: Value.Type,
    _ read: (Vector, UnsafeMutablePointer<Value>) -> Void,
    storage: (UnsafePointer<Value>) -> Vector.Storage
  ) -> Segment {
    let values = Store<Value>(undefined: max(1, count))
    let own = Store<Value>(undefined: max(1, chunk.rows.count))
    for (position, column) in columns.enumerated() {
      read(vector(column, chunk), own.pointer)
      var index = position
      for row in 0..<chunk.rows.count {
        values.pointer[index] = own.pointer[row]
        index &+= columns.count
      }
    }
    let validity = validity(chunk, count)
    return withExtendedLifetime((values, validity)) {
      Segment(values: storage(values.pointer), columns[0].type, count, validity)
    }
  }

  private func vector(_ column: Column, _ chunk: RowChunk) -> Vector {
    Vector.of(segment: column.segments[chunk.segment], type: column.type, rows: chunk.rows)
  }

  /// Bits of the values that are there; nil when all are.
  private func validity(_ chunk: RowChunk, _ count: Int) -> Store<UInt64>? {
    let vectors = columns.map { vector($0, chunk) }
    guard vectors.contains(where: { $0.validity != nil }) else { return nil }
    let bits = Store<UInt64>(repeating: ~0, count: count / 64 + 1)
    for (position, vector) in vectors.enumerated() {
      guard let own = vector.validity else { continue }
      var index = position
      for row in 0..<chunk.rows.count {
        let isNull = ~(own[row &>> 6] &>> UInt64(row & 63)) & 1
        bits.pointer[index &>> 6] &= ~(isNull &<< UInt64(index & 63))
        index &+= columns.count
      }
    }
    return bits
  }
}

extension Segment {
  /// A copy of values; bools come as integers.
  fileprivate init(
    values storage: Vector.Storage, _ type: DataType, _ count: Int, _ validity: Store<UInt64>?
  ) {
    let present = validity.map { UnsafePointer($0.pointer) }
    guard type == .bool, case .int64(let values) = storage else {
      self.init(
        copying: Vector(count: count, type: type, storage: storage, validity: present))
      return
    }
    let bits = Store<UInt64>(repeating: 0, count: count / 64 + 1)
    for index in 0..<count {
      bits.pointer[index &>> 6] |= UInt64(bitPattern: values[index] & 1) &<< UInt64(index & 63)
    }
    let vector = Vector(count: count, type: type, storage: .bits(bits.pointer), validity: present)
    self = withExtendedLifetime(bits) { Segment(copying: vector) }
  }
}
