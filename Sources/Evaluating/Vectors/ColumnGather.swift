import Columns

/// Takes rows of a column in any order into new segments (sort, top, join).
///
/// Prepared once a column; `segment` may be called by several workers at once. Cost of a row: one
/// read of memory in any order.
final class ColumnGather: @unchecked Sendable {
  // @unchecked: the pointers lead into the column's segments, which `column` keeps alive and
  // nobody writes.
  private let column: Column
  private let validities: [UnsafePointer<UInt64>?]
  let hasNulls: Bool
  private let form: Form
  /// The widest stored integer in bytes.
  private let width: Int
  /// The scale of all segments, or 1 where they differ: values are then 64 bits wide.
  let scale: Int64
  /// The dictionary of the texts that `values` gives; nil where it gives none.
  let dictionary: TextDictionary?

  /// How rows are read.
  private enum Form {
    /// All segments hold the same, at these addresses.
    case same([UnsafeRawPointer])
    case integers([IntegerPlaces])
    case texts([TextPlaces])
  }

  /// Prepares the addresses of the column's segments.
  init(_ column: Column) {
    self.column = column
    validities = column.segments.map { segment in
      segment.validity.map { UnsafePointer($0.words.pointer) }
    }
    hasNulls = column.segments.contains { $0.validity != nil }
    let scales = Set(column.segments.map(\.scale))
    let scale = scales.count == 1 ? scales.first ?? 1 : 1
    self.scale = scale
    let widest = column.segments.map(\.values.byteWidth).max() ?? 1
    width = scales.count > 1 ? 8 : widest
    let values = column.segments.map(\.values)
    let shared = column.sharedDictionary
    let isSame = scales.count <= 1 && (column.type != .string || shared != nil)
    if isSame, Set(values.map(\.form)).count <= 1 {
      form = .same(values.map(\.base))
      dictionary = shared
    } else {
      dictionary = nil
      form =
        column.type == .string
        ? .texts(values.map { TextPlaces($0) })
        : .integers(column.segments.map { IntegerPlaces($0, dividedBy: scale) })
    }
  }

  /// The values of these rows in the widest form of the column's segments, divided by `scale`;
  /// `RowPlace.none` gives some value.
  func values(_ rows: UnsafeBufferPointer<RowPlace>) -> Segment.Values {
    switch form {
    case .same(let bases): same(rows, bases)
    case .integers(let places): widest(rows, places)
    case .texts(let places): .text(spell(rows, places))
    }
  }

  /// Which of these rows are present; nil where all are.
  func validity(_ rows: UnsafeBufferPointer<RowPlace>) -> Bitmap? {
    var hasNone = false
    for place in rows { hasNone = hasNone || place.packed < 0 }
    return hasNulls || hasNone ? gatherValidity(rows) : nil
  }

  /// A segment of these rows; `RowPlace.none` gives null.
  func segment(_ rows: UnsafeBufferPointer<RowPlace>) -> Segment {
    let bits = validity(rows)
    if case .integers(let places) = form {
      let integers = narrowest(rows, places, bits)
      return Segment(
        rowCount: rows.count, values: integers.values, scale: integers.scale, validity: bits,
        statistics: integers.statistics)
    }
    return Segment(rowCount: rows.count, values: values(rows), scale: scale, validity: bits)
  }

  private func gatherValidity(_ rows: UnsafeBufferPointer<RowPlace>) -> Bitmap? {
    let words = BufferSlice<UInt64>(capacity: (rows.count + 63) / 64)
    var nulls = 0
    for word in 0..<words.count {
      var bits: UInt64 = 0
      let start = word &* 64
      let end = min(start &+ 64, rows.count)
      for index in start..<end {
        let place = rows[index]
        if place.packed < 0 { continue }
        let row = place.row
        let bit =
          validities[place.segment].map { $0[row &>> 6] &>> UInt64(row & 63) & 1 } ?? 1
        bits |= bit &<< UInt64(index & 63)
      }
      nulls &+= end &- start &- bits.nonzeroBitCount
      words.pointer[word] = bits
    }
    return nulls == 0 ? nil : Bitmap(words: words, count: rows.count)
  }

  private func same(
    _ rows: UnsafeBufferPointer<RowPlace>, _ bases: [UnsafeRawPointer]
  ) -> Segment.Values {
    // Of no segments no row is asked for but null.
    guard let first = column.segments.first?.values else {
      return switch column.type {
      case .bool: .bits(gatherBits(rows, bases))
      case .float: .float64(take(rows, bases))
      default: .int8(take(rows, bases))
      }
    }
    return switch first {
    case .bits: .bits(gatherBits(rows, bases))
    case .int8: .int8(take(rows, bases))
    case .int16: .int16(take(rows, bases))
    case .int32: .int32(take(rows, bases))
    case .int64: .int64(take(rows, bases))
    case .float64: .float64(take(rows, bases))
    case .text: preconditionFailure("texts have no address by row")
    case .codes8(_, let dictionary): .codes8(take(rows, bases), dictionary)
    case .codes16(_, let dictionary): .codes16(take(rows, bases), dictionary)
    }
  }

  private func gatherBits(
    _ rows: UnsafeBufferPointer<RowPlace>, _ bases: [UnsafeRawPointer]
  ) -> Bitmap {
    let words = BufferSlice<UInt64>(capacity: (rows.count + 63) / 64)
    words.pointer.update(repeating: 0, count: words.count)
    for index in 0..<rows.count {
      let place = rows[index]
      if place.packed < 0 { continue }
      let source = bases[place.segment].assumingMemoryBound(to: UInt64.self)
      let bit = source[place.row &>> 6] &>> UInt64(place.row & 63) & 1
      words.pointer[index &>> 6] |= bit &<< UInt64(index & 63)
    }
    return Bitmap(words: words, count: rows.count)
  }

  /// The same loop for all widths; rows of no segment give zero.
  private func take<Element: BitwiseCopyable & Sendable & ExpressibleByIntegerLiteral>(
    _ rows: UnsafeBufferPointer<RowPlace>, _ bases: [UnsafeRawPointer]
  ) -> BufferSlice<Element> {
    let out = BufferSlice<Element>(capacity: rows.count)
    let target = out.pointer
    bases.withUnsafeBufferPointer { bases in
      for index in 0..<rows.count {
        let place = rows[index]
        target[index] =
          place.packed < 0
          ? 0 : bases[place.segment].assumingMemoryBound(to: Element.self)[place.row]
      }
    }
    return out
  }

  /// Integers of several widths in the widest.
  private func widest(
    _ rows: UnsafeBufferPointer<RowPlace>, _ places: [IntegerPlaces]
  ) -> Segment.Values {
    func take<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>() -> BufferSlice<Stored> {
      let out = BufferSlice<Stored>(capacity: rows.count)
      places.withUnsafeBufferPointer { places in
        for index in 0..<rows.count {
          let place = rows[index]
          let value = place.packed < 0 ? 0 : places[place.segment].integer(place.row)
          out.pointer[index] = Stored(truncatingIfNeeded: value)
        }
      }
      return out
    }
    return switch width {
    case 1: .int8(take())
    case 2: .int16(take())
    case 4: .int32(take())
    default: .int64(take())
    }
  }

  /// Integers of several widths in the narrowest that holds these.
  private func narrowest(
    _ rows: UnsafeBufferPointer<RowPlace>, _ places: [IntegerPlaces], _ validity: Bitmap?
  ) -> CollectedValues {
    let wide = BufferSlice<Int64>(capacity: rows.count)
    var filling: Int64 = 0
    places.withUnsafeBufferPointer { places in
      for index in 0..<rows.count {
        let place = rows[index]
        let isPresent = place.packed >= 0 && validity?[index] ?? true
        filling = isPresent ? places[place.segment].integer(place.row) &* scale : filling
        wide.pointer[index] = filling
      }
    }
    // Nulls before the first value have 0 under them, which the range then includes.
    let nulls = validity.map { rows.count - $0.population } ?? 0
    return narrowestForm(of: wide.pointer, count: rows.count, type: column.type, nullCount: nulls)
  }

  private func spell(
    _ rows: UnsafeBufferPointer<RowPlace>, _ places: [TextPlaces]
  ) -> TextSlice {
    let texts = Store<TextReference>(undefined: max(1, rows.count))
    texts.setCount(rows.count)
    places.withUnsafeBufferPointer { places in
      for index in 0..<rows.count {
        let place = rows[index]
        var text = TextReference.empty
        if place.packed >= 0 {
          let found = places[place.segment].text(place.row)
          if let start = found.baseAddress {
            text = TextReference(bytes: start, count: found.count)
          }
        }
        texts.pointer[index] = text
      }
    }
    return TextSlice(copying: texts)
  }
}

extension TextSlice {
  /// Texts that lie anywhere, one after the other.
  init(copying texts: Store<TextReference>) {
    let offsets = BufferSlice<UInt32>(capacity: texts.count + 1)
    var total = 0
    offsets.pointer[0] = 0
    for index in 0..<texts.count {
      total &+= texts.pointer[index].count
      offsets.pointer[index &+ 1] = UInt32(truncatingIfNeeded: total)
    }
    precondition(total <= UInt32.max, "text of one segment exceeds 4 GiB")
    let bytes = BufferSlice<UInt8>(capacity: total)
    copyTexts(texts, offsets.pointer, into: bytes.pointer)
    self.init(offsets: offsets, bytes: bytes)
  }
}

/// The rows of a column in this order, cut into segments of `segmentRows` rows.
func gather(
  _ column: Column, _ rows: UnsafeBufferPointer<RowPlace>, segmentRows: Int = 1 << 16
) -> [Segment] {
  let gather = ColumnGather(column)
  return stride(from: 0, to: rows.count, by: segmentRows).map { start in
    gather.segment(
      UnsafeBufferPointer(rebasing: rows[start..<min(start + segmentRows, rows.count)]))
  }
}
