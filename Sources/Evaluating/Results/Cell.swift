import Columns
import Tasks

/// One value of a result that is being put together.
enum Cell {
  case null
  /// Of every integer-stored type, and 0 or 1 for bool.
  case integer(Int64)
  case float(Double)
  case text(TextReference)
  /// A text of its own.
  case string(String)
}

extension Cell {
  /// The value of an order word of a type of fixed width.
  init(orderWord word: Int64, of type: DataType) {
    self = type == .float ? .float(orderedFloat(word)) : .integer(word)
  }
}

/// Makes columns from cells, segment by segment, on all workers.
struct CellColumns {
  private let workers: Workers
  static let segmentRows = 1 << 16

  init(_ workers: Workers) { self.workers = workers }

  /// A column of `count` rows; `cell` is called once a row, by several workers at once.
  func column(
    _ type: DataType, count: Int, _ cell: @Sendable (Int) throws(EvaluationFailure) -> Cell
  ) throws(EvaluationFailure) -> Column {
    try segments(type, count: count) { rows throws(EvaluationFailure) in
      let builder = CellBuilder(type, capacity: rows.count)
      for row in rows { builder.append(try cell(row)) }
      return builder.finish()
    }
  }

  /// As `column`, where each cell takes long: workers make a few at a time, so that there are some for each.
  func columnOfWork(
    _ type: DataType, count: Int, _ cell: @Sendable (Int) throws(EvaluationFailure) -> Cell
  ) throws(EvaluationFailure) -> Column {
    // Of so many there is a segment for each worker.
    if count > 4 * workers.count * CellColumns.segmentRows {
      return try column(type, count: count, cell)
    }
    let step = max(1, min(1 << 10, count / (16 * workers.count)))
    let portions = (count + step - 1) / step
    let made = Portions<[Cell]>(count: portions)
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      var cells: [Cell] = []
      for row in portion * step..<min(count, (portion + 1) * step) { cells.append(try cell(row)) }
      made.set(portion, cells)
    }
    let cells = made.all
    return try column(type, count: count) { cells[$0 / step][$0 % step] }
  }

  /// A column of integers or bools that are written many at a time, with the bits of those that
  /// are present; `write` gives whether some are null, and is called by several workers at once.
  func column(
    _ type: DataType, count: Int,
    _ write:
      @Sendable (
        _ rows: Range<Int>, _ integers: UnsafeMutablePointer<Int64>,
        _ present: UnsafeMutablePointer<UInt64>
      ) -> Bool
  ) throws(EvaluationFailure) -> Column {
    try segments(type, count: count) { rows in
      let integers = Store<Int64>(undefined: max(1, rows.count))
      let present = Store<UInt64>(repeating: 0, count: rows.count / 64 + 1)
      let hasNulls = write(rows, integers.pointer, present.pointer)
      var storage = Vector.Storage.int64(integers.pointer)
      let bits = Store<UInt64>(repeating: 0, count: rows.count / 64 + 1)
      if type == .bool {
        for row in 0..<rows.count where integers.pointer[row] != 0 {
          bits.pointer[row >> 6] |= 1 << UInt64(row & 63)
        }
        storage = .bits(bits.pointer)
      }
      let vector = Vector(
        count: rows.count, type: type, storage: storage,
        validity: hasNulls ? UnsafePointer(present.pointer) : nil)
      return withExtendedLifetime((integers, present, bits)) { Segment(copying: vector) }
    }
  }

  /// A column of floats that are written many at a time, as integers are.
  func floats(
    count: Int,
    _ write:
      @Sendable (
        _ rows: Range<Int>, _ floats: UnsafeMutablePointer<Double>,
        _ present: UnsafeMutablePointer<UInt64>
      ) -> Bool
  ) throws(EvaluationFailure) -> Column {
    try segments(.float, count: count) { rows in
      let floats = BufferSlice<Double>(capacity: max(1, rows.count))
      let present = BufferSlice<UInt64>(zeroed: (rows.count + 63) / 64)
      let hasNulls = write(rows, floats.pointer, present.pointer)
      return Segment(
        rowCount: rows.count, values: .float64(floats),
        validity: hasNulls ? Bitmap(words: present, count: rows.count) : nil)
    }
  }

  /// A column of texts that are written many at a time, with the bits of those that are present;
  /// `write` gives whether some are null, and is called by several workers at once.
  func texts(
    count: Int,
    _ write:
      @Sendable (
        _ rows: Range<Int>, _ texts: UnsafeMutablePointer<TextReference>,
        _ present: UnsafeMutablePointer<UInt64>
      ) -> Bool
  ) throws(EvaluationFailure) -> Column {
    try segments(.string, count: count) { rows in
      let texts = Store<TextReference>(undefined: max(1, rows.count))
      texts.setCount(rows.count)
      let present = BufferSlice<UInt64>(zeroed: (rows.count + 63) / 64)
      let hasNulls = write(rows, texts.pointer, present.pointer)
      return Segment(
        rowCount: rows.count, values: .text(TextSlice(copying: texts)),
        validity: hasNulls ? Bitmap(words: present, count: rows.count) : nil)
    }
  }

  /// A text column of codes of a dictionary; a code that it has not is null.
  func column(
    _ dictionary: TextDictionary, count: Int, _ code: @Sendable (Int) -> Int
  ) throws(EvaluationFailure) -> Column {
    try segments(.string, count: count) { rows in
      let codes = Store<UInt16>(undefined: max(1, rows.count))
      let validity = Store<UInt64>(repeating: 0, count: rows.count / 64 + 1)
      for (index, row) in rows.enumerated() {
        let own = code(row)
        let isPresent = own < dictionary.count
        codes.pointer[index] = isPresent ? UInt16(truncatingIfNeeded: own) : 0
        if isPresent { validity.pointer[index >> 6] |= 1 << UInt64(index & 63) }
      }
      let vector = Vector(
        count: rows.count, type: .string, storage: .codes16(codes.pointer, dictionary),
        validity: UnsafePointer(validity.pointer))
      return withExtendedLifetime((codes, validity)) { Segment(copying: vector) }
    }
  }

  private func segments(
    _ type: DataType, count: Int,
    _ segment: @Sendable (Range<Int>) throws(EvaluationFailure) -> Segment
  ) throws(EvaluationFailure) -> Column {
    let step = CellColumns.segmentRows
    let portions = (count + step - 1) / step
    let made = Portions<Segment>(count: portions)
    try workers.run(portions) { _, portion throws(EvaluationFailure) in
      made.set(portion, try segment(portion * step..<min(count, (portion + 1) * step)))
    }
    return Column(type: type, segments: made.all)
  }
}

extension Segment {
  /// The rows of a vector in memory of their own.
  init(copying vector: Vector) {
    let builder = SegmentBuilder(type: vector.type)
    builder.append(vector)
    self = builder.finish()
  }
}

/// Collects cells of one type into a segment.
final class CellBuilder {
  private let type: DataType
  private let integers: Store<Int64>
  private let floats: Store<Double>
  private let bits: Store<UInt64>
  private let validity: Store<UInt64>
  private var offsets: [UInt32] = [0]
  private var bytes: [UInt8] = []
  private var count = 0
  private var hasNulls = false

  init(_ type: DataType, capacity: Int) {
    self.type = type
    let rows = max(1, capacity)
    integers = Store(undefined: type.isStoredAsInteger ? rows : 1)
    floats = Store(undefined: type == .float ? rows : 1)
    bits = Store(repeating: 0, count: rows / 64 + 1)
    validity = Store(repeating: 0, count: rows / 64 + 1)
  }

  /// Adds a row.
  func append(_ cell: Cell) {
    let bit = UInt64(1) &<< UInt64(count & 63)
    var isPresent = true
    var integer: Int64 = 0
    var number = 0.0
    switch cell {
    case .null: isPresent = false
    case .integer(let value): integer = value
    case .float(let value): number = value
    case .text(let text): bytes.append(contentsOf: text.buffer)
    case .string(let text): bytes.append(contentsOf: text.utf8)
    }
    switch type {
    case .bool: if integer != 0 { bits.pointer[count >> 6] |= bit }
    case .float: floats.pointer[count] = number
    case .string: offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    case .int, .date, .time, .duration: integers.pointer[count] = integer
    }
    if isPresent { validity.pointer[count >> 6] |= bit } else { hasNulls = true }
    count += 1
  }

  /// The rows as a segment.
  func finish() -> Segment {
    bytes.append(0)
    return offsets.withUnsafeBufferPointer { offsets in
      bytes.withUnsafeBufferPointer { bytes in
        guard let offsetBase = offsets.baseAddress, let byteBase = bytes.baseAddress else {
          preconditionFailure("arrays that are not empty")
        }
        let storage: Vector.Storage =
          switch type {
          case .bool: .bits(bits.pointer)
          case .float: .float64(floats.pointer)
          case .string: .text(offsets: offsetBase, bytes: byteBase)
          case .int, .date, .time, .duration: .int64(integers.pointer)
          }
        let vector = Vector(
          count: count, type: type, storage: storage,
          validity: hasNulls ? UnsafePointer(validity.pointer) : nil)
        return Segment(copying: vector)
      }
    }
  }
}
