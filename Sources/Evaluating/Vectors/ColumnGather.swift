import Columns

/// Takes rows of a column in any order into new segments (sort, top, join).
///
/// Prepared once a column; `segment` may be called by several workers at once. Cost of a row: one
/// read of memory in any order.
final class ColumnGather: @unchecked Sendable {
  // @unchecked: the pointers lead into the column's segments, which `column` keeps alive and
  // nobody writes.
  private let column: Column
  private let validity: [UnsafePointer<UInt64>?]
  private let hasNulls: Bool
  /// The widest stored integer in bytes.
  private let width: Int
  /// The scale of all segments, or 1 where they differ: values are then 64 bits wide.
  private let scale: Int64
  private let dictionary: TextDictionary?

  /// Prepares the addresses of the column's segments.
  init(_ column: Column) {
    self.column = column
    validity = column.segments.map { segment in
      segment.validity.map { UnsafePointer($0.words.pointer) }
    }
    hasNulls = column.segments.contains { $0.validity != nil }
    let scales = Set(column.segments.map(\.scale))
    scale = scales.count == 1 ? scales.first ?? 1 : 1
    let widest = column.segments.map(\.values.byteWidth).max() ?? 1
    width = scales.count > 1 ? 8 : widest
    dictionary = column.sharedDictionary
  }

  /// A segment of these rows; `RowPlace.none` gives null.
  func segment(_ rows: UnsafeBufferPointer<RowPlace>) -> Segment {
    var hasNone = false
    for place in rows { hasNone = hasNone || place.packed < 0 }
    let bits = hasNulls || hasNone ? gatherValidity(rows) : nil
    let values: Segment.Values
    var statistics: SegmentStatistics?
    var scale = self.scale
    switch column.type {
    case .bool:
      values = .bits(gatherBits(rows))
    case .float:
      values = .float64(gatherDoubles(rows))
    case .string:
      values = gatherTexts(rows)
    case .int, .date, .time, .duration:
      let integers = gatherIntegers(rows, bits)
      values = integers.values
      statistics = integers.statistics
      scale = integers.scale
    }
    return Segment(
      rowCount: rows.count, values: values, scale: scale, validity: bits, statistics: statistics)
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
          validity[place.segment].map { $0[row &>> 6] &>> UInt64(row & 63) & 1 } ?? 1
        bits |= bit &<< UInt64(index & 63)
      }
      nulls &+= end &- start &- bits.nonzeroBitCount
      words.pointer[word] = bits
    }
    return nulls == 0 ? nil : Bitmap(words: words, count: rows.count)
  }

  private func gatherBits(_ rows: UnsafeBufferPointer<RowPlace>) -> Bitmap {
    let sources = column.segments.map { segment -> UnsafePointer<UInt64>? in
      guard case .bits(let bits) = segment.values else { return nil }
      return UnsafePointer(bits.words.pointer)
    }
    let words = BufferSlice<UInt64>(capacity: (rows.count + 63) / 64)
    words.pointer.update(repeating: 0, count: words.count)
    for index in 0..<rows.count {
      let place = rows[index]
      if place.packed < 0 { continue }
      guard let source = sources[place.segment] else { continue }
      let bit = source[place.row &>> 6] &>> UInt64(place.row & 63) & 1
      words.pointer[index &>> 6] |= bit &<< UInt64(index & 63)
    }
    return Bitmap(words: words, count: rows.count)
  }

  private func gatherDoubles(_ rows: UnsafeBufferPointer<RowPlace>) -> BufferSlice<Double> {
    let sources = column.segments.map { segment -> UnsafePointer<Double>? in
      guard case .float64(let slice) = segment.values else { return nil }
      return UnsafePointer(slice.pointer)
    }
    return take(rows, sources)
  }

  /// The same loop for all widths; rows of no segment give zero.
  private func take<Element: BitwiseCopyable & Sendable>(
    _ rows: UnsafeBufferPointer<RowPlace>, _ sources: [UnsafePointer<Element>?]
  ) -> BufferSlice<Element> where Element: ExpressibleByIntegerLiteral {
    let out = BufferSlice<Element>(capacity: rows.count)
    let target = out.pointer
    let bases = sources.compactMap { $0 }
    precondition(bases.count == sources.count, "segments of several forms")
    bases.withUnsafeBufferPointer { bases in
      for index in 0..<rows.count {
        let place = rows[index]
        target[index] = place.packed < 0 ? 0 : bases[place.segment][place.row]
      }
    }
    return out
  }

  private func gatherIntegers(
    _ rows: UnsafeBufferPointer<RowPlace>, _ validity: Bitmap?
  ) -> (values: Segment.Values, scale: Int64, statistics: SegmentStatistics?) {
    let isUniform = column.segments.allSatisfy { $0.values.byteWidth == width }
    if isUniform {
      switch width {
      case 1: return (.int8(take(rows, column.segments.map(\.values.int8))), scale, nil)
      case 2: return (.int16(take(rows, column.segments.map(\.values.int16))), scale, nil)
      case 4: return (.int32(take(rows, column.segments.map(\.values.int32))), scale, nil)
      default:
        if column.segments.allSatisfy({ $0.scale == scale }) {
          return (.int64(take(rows, column.segments.map(\.values.int64))), scale, nil)
        }
      }
    }
    let wide = BufferSlice<Int64>(capacity: rows.count)
    let places = column.segments.map { IntegerPlaces($0) }
    var filling: Int64 = 0
    places.withUnsafeBufferPointer { places in
      for index in 0..<rows.count {
        let place = rows[index]
        let isPresent = place.packed >= 0 && validity?[index] ?? true
        filling = isPresent ? places[place.segment].integer(place.row) : filling
        wide.pointer[index] = filling
      }
    }
    // Nulls before the first value have 0 under them, which the range then includes.
    let nulls = validity.map { rows.count - $0.population } ?? 0
    let form = narrowestForm(
      of: wide.pointer, count: rows.count, type: column.type, nullCount: nulls)
    return (form.values, form.scale, form.statistics)
  }

  private func gatherTexts(_ rows: UnsafeBufferPointer<RowPlace>) -> Segment.Values {
    if let dictionary {
      if column.segments.allSatisfy({ $0.values.codes8 != nil }) {
        return .codes8(take(rows, column.segments.map(\.values.codes8)), dictionary)
      }
      if column.segments.allSatisfy({ $0.values.codes16 != nil }) {
        return .codes16(take(rows, column.segments.map(\.values.codes16)), dictionary)
      }
    }
    return .text(spell(rows))
  }

  private func spell(_ rows: UnsafeBufferPointer<RowPlace>) -> TextSlice {
    let places = column.segments.map { TextPlaces($0.values) }
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

/// The integers of a segment of any width, by an address.
private struct IntegerPlaces {
  private let base: UnsafeRawPointer
  private let width: Int
  private let scale: Int64

  init(_ segment: Segment) {
    scale = segment.scale
    width = segment.values.byteWidth
    switch segment.values {
    case .int8(let slice): base = UnsafeRawPointer(slice.pointer)
    case .int16(let slice): base = UnsafeRawPointer(slice.pointer)
    case .int32(let slice): base = UnsafeRawPointer(slice.pointer)
    case .int64(let slice): base = UnsafeRawPointer(slice.pointer)
    default: preconditionFailure("a segment of no integers")
    }
  }

  @inline(__always) func integer(_ row: Int) -> Int64 {
    let stored: Int64 =
      switch width {
      case 1: Int64(base.load(fromByteOffset: row, as: Int8.self))
      case 2: Int64(base.load(fromByteOffset: row &* 2, as: Int16.self))
      case 4: Int64(base.load(fromByteOffset: row &* 4, as: Int32.self))
      default: base.load(fromByteOffset: row &* 8, as: Int64.self)
      }
    return stored &* scale
  }
}

/// Copies texts that lie anywhere behind each other; both have 16 bytes more than the texts.
func copyTexts(
  _ texts: Store<TextReference>, _ offsets: UnsafePointer<UInt32>,
  into bytes: UnsafeMutablePointer<UInt8>
) {
  let readAhead = 64
  let from = texts.pointer
  var next = UnsafeMutableRawPointer(bytes)
  for start in stride(from: 0, to: texts.count, by: readAhead) {
    let chosen = start..<min(texts.count, start + readAhead)
    // A loop of its own, so that the memory accesses of many texts overlap.
    for index in chosen where from[index].count > 0 {
      bytes[Int(offsets[index])] = from[index].bytes[0]
    }
    for index in chosen {
      copyText(from[index], to: next)
      next += from[index].count
    }
  }
}

/// Copies a text, and perhaps up to 15 bytes more, which are there on both sides.
@inline(__always) func copyText(_ text: TextReference, to target: UnsafeMutableRawPointer) {
  let source = UnsafeRawPointer(text.bytes)
  if text.count > 64 {
    target.copyMemory(from: source, byteCount: text.count)
    return
  }
  for place in stride(from: 0, to: text.count, by: 16) {
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self),
      toByteOffset: place, as: SIMD16<UInt8>.self)
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
