import CKernels
import Columns
import Formats

/// The values of one column's rows until a segment is full; reused from segment to segment.
///
/// Integers are kept in 32 bits until one needs more, and times as seconds until one has a fraction;
/// the finished segment is as narrow as its range.
final class ColumnStore {
  let capacity: Int
  let present: BufferSlice<UInt8>
  private(set) var rowCount = 0
  private(set) var nullCount = 0

  private(set) lazy var flags = BufferSlice<UInt8>(capacity: capacity)
  private(set) lazy var floats = BufferSlice<Double>(capacity: capacity)
  private(set) lazy var codes = BufferSlice<UInt16>(capacity: capacity)
  private(set) lazy var texts = TextStore(rowCapacity: capacity)
  private lazy var narrow = BufferSlice<Int32>(capacity: capacity)
  private lazy var wide = BufferSlice<Int64>(capacity: capacity)
  private var isWide = false
  private var scale: Int64 = 1
  private var low = Int64.max
  private var high = Int64.min

  init(capacity: Int) {
    self.capacity = capacity
    present = BufferSlice(capacity: capacity)
  }

  /// Forgets the rows.
  func removeAll() {
    rowCount = 0
    nullCount = 0
    isWide = false
    scale = 1
    low = .max
    high = .min
    texts.removeAll()
  }

  /// The places where the next rows' values go.
  var nextPresent: UnsafeMutablePointer<UInt8> { present.pointer + rowCount }
  var nextFlags: UnsafeMutablePointer<UInt8> { flags.pointer + rowCount }
  var nextFloats: UnsafeMutablePointer<Double> { floats.pointer + rowCount }
  var nextCodes: UnsafeMutablePointer<UInt16> { codes.pointer + rowCount }

  /// Takes `count` rows whose values were written to the places above.
  func advance(by count: Int, nulls: Int) {
    rowCount += count
    nullCount += nulls
  }

  /// Takes integers, or times in microseconds of which `isTime` says that they may be whole seconds.
  func appendIntegers(
    _ values: UnsafeMutablePointer<Int64>, count: Int, nulls: Int, wholeSeconds: Bool
  ) {
    setScale(wholeSeconds ? 1_000_000 : 1)
    if scale != 1 { for row in 0..<count { values[row] /= 1_000_000 } }
    let range = nulls == 0 ? wholeRange(values, count) : presentRange(values, nextPresent, count)
    low = min(low, range.low)
    high = max(high, range.high)
    if !isWide, low < Int64(Int32.min) || high > Int64(Int32.max), low <= high { widen() }
    if isWide {
      (wide.pointer + rowCount).update(from: values, count: count)
    } else {
      let out = narrow.pointer + rowCount
      for row in 0..<count { out[row] = Int32(truncatingIfNeeded: values[row]) }
    }
    advance(by: count, nulls: nulls)
  }

  /// Seconds before become microseconds when a fraction comes.
  private func setScale(_ wanted: Int64) {
    if rowCount == 0 || nullCount == rowCount { scale = wanted }
    if scale == wanted || scale == 1 { return }
    widen()
    for row in 0..<rowCount { wide.pointer[row] &*= scale }
    if low <= high { (low, high) = (low &* scale, high &* scale) }
    scale = 1
  }

  private func widen() {
    if isWide { return }
    for row in 0..<rowCount { wide.pointer[row] = Int64(narrow.pointer[row]) }
    isWide = true
  }
}

extension ColumnStore {
  /// The segment of the rows as integers of the narrowest width.
  func packIntegers(into arena: Arena) -> Segment {
    let hasValues = low <= high
    let range = hasValues ? (low &* scale)...(high &* scale) : nil
    var isAscending = false
    func width<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
      _ type: Stored.Type
    ) -> BufferSlice<Stored> {
      let out = arena.slice(of: type, count: rowCount)
      isAscending =
        isWide
        ? copy(wide.pointer, rowCount, to: out.pointer)
        : copy(narrow.pointer, rowCount, to: out.pointer)
      return out
    }
    let values: Segment.Values
    if !hasValues || low >= Int64(Int8.min) && high <= Int64(Int8.max) {
      values = .int8(width(Int8.self))
    } else if low >= Int64(Int16.min) && high <= Int64(Int16.max) {
      values = .int16(width(Int16.self))
    } else if low >= Int64(Int32.min) && high <= Int64(Int32.max) {
      values = .int32(width(Int32.self))
    } else {
      values = .int64(width(Int64.self))
    }
    return Segment(
      rowCount: rowCount, values: values, scale: scale, validity: validity(in: arena),
      statistics: SegmentStatistics(
        nullCount: nullCount, integerRange: range,
        isAscending: hasValues && nullCount == 0 && isAscending))
  }

  func packFlags(into arena: Arena) -> Segment {
    finish(.bits(bits(flags.pointer, in: arena)), arena)
  }

  func packFloats(into arena: Arena) -> Segment {
    let out = arena.slice(of: Double.self, count: rowCount)
    out.pointer.update(from: floats.pointer, count: rowCount)
    return finish(.float64(out), arena)
  }

  func packTexts(into arena: Arena) -> Segment {
    let offsets = arena.slice(of: UInt32.self, count: rowCount + 1)
    offsets.pointer.update(from: texts.offsets.pointer, count: rowCount + 1)
    let bytes = arena.slice(of: UInt8.self, count: texts.byteCount)
    bytes.pointer.update(from: texts.bytes.pointer, count: texts.byteCount)
    return finish(.text(TextSlice(offsets: offsets, bytes: bytes)), arena)
  }

  func packCodes(of texts: TextCodes, into arena: Arena) -> PackedCodes {
    let out = arena.slice(of: UInt16.self, count: rowCount)
    out.pointer.update(from: codes.pointer, count: rowCount)
    return PackedCodes(
      codes: out, texts: texts, rowCount: rowCount, nullCount: nullCount,
      validity: validity(in: arena))
  }

  private func finish(_ values: Segment.Values, _ arena: Arena) -> Segment {
    Segment(
      rowCount: rowCount, values: values, validity: validity(in: arena),
      statistics: SegmentStatistics(nullCount: nullCount))
  }

  private func validity(in arena: Arena) -> Bitmap? {
    nullCount == 0 ? nil : bits(present.pointer, in: arena)
  }

  private func bits(_ bytes: UnsafeMutablePointer<UInt8>, in arena: Arena) -> Bitmap {
    let words = arena.slice(of: UInt64.self, count: (rowCount + 63) / 64)
    decoy_pack_bits(bytes, rowCount, words.pointer)
    return Bitmap(words: words, count: rowCount)
  }
}

private func wholeRange(
  _ values: UnsafeMutablePointer<Int64>, _ count: Int
) -> (low: Int64, high: Int64) {
  var low = Int64.max
  var high = Int64.min
  for row in 0..<count {
    low = values[row] < low ? values[row] : low
    high = values[row] > high ? values[row] : high
  }
  return (low, high)
}

private func presentRange(
  _ values: UnsafeMutablePointer<Int64>, _ present: UnsafeMutablePointer<UInt8>, _ count: Int
) -> (low: Int64, high: Int64) {
  var low = Int64.max
  var high = Int64.min
  for row in 0..<count {
    let isPresent = present[row] != 0
    // What stands under a null must fit the width too.
    values[row] = isPresent ? values[row] : 0
    low = isPresent && values[row] < low ? values[row] : low
    high = isPresent && values[row] > high ? values[row] : high
  }
  return (low, high)
}

/// Copies to another width that holds all values; gives whether they never fall.
private func copy<From: FixedWidthInteger, To: FixedWidthInteger>(
  _ values: UnsafeMutablePointer<From>, _ count: Int, to out: UnsafeMutablePointer<To>
) -> Bool {
  for row in 0..<count { out[row] = To(truncatingIfNeeded: values[row]) }
  // Most columns fall within a few rows.
  for start in stride(from: 1, to: count, by: 1024) {
    var falls: From = 0
    for row in start..<min(start + 1024, count) {
      falls |= values[row] < values[row - 1] ? 1 : 0
    }
    if falls != 0 { return false }
  }
  return true
}
