import Columns
import Kernels

/// Collects bools, a byte each.
final class BoolCollector: ValueCollector {
  private let bytes = GrowingMemory()
  private let scratch = GrowingMemory(capacity: 64)

  func append(_ source: VectorRows, isAllNullSoFar: Bool, rowCount: Int) {
    scratch.removeAll()
    let all = scratch.extend(by: source.vector.count + 64).assumingMemoryBound(to: UInt8.self)
    source.vector.boolBytes(into: all)
    source.copy(all, width: 1, into: bytes.extend(by: source.count))
  }

  func appendBlanks(_ count: Int) {
    bytes.extend(by: count).initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  func finish(rowCount: Int, present: UnsafePointer<UInt8>?, nullCount: Int) -> CollectedValues {
    let flags = UnsafeBufferPointer(start: bytes.elements(UInt8.self), count: rowCount)
    defer { bytes.removeAll() }
    return CollectedValues(
      values: .bits(Bitmap(bytes: flags)), statistics: SegmentStatistics(nullCount: nullCount))
  }
}

/// Collects doubles.
final class FloatCollector: ValueCollector {
  private let doubles = GrowingMemory()
  private let scratch = GrowingMemory(capacity: 64)

  func append(_ source: VectorRows, isAllNullSoFar: Bool, rowCount: Int) {
    let out = doubles.extend(by: source.count * 8)
    if case .float64(let values) = source.vector.storage {
      return source.copy(values, width: 8, into: out)
    }
    scratch.removeAll()
    let all = scratch.extend(by: source.vector.count * 8).assumingMemoryBound(to: Double.self)
    source.vector.asDoubles(into: all)
    source.copy(all, width: 8, into: out)
  }

  func appendBlanks(_ count: Int) {
    doubles.extend(by: count * 8).initializeMemory(as: Double.self, repeating: 0, count: count)
  }

  func finish(rowCount: Int, present: UnsafePointer<UInt8>?, nullCount: Int) -> CollectedValues {
    let slice = BufferSlice<Double>(capacity: rowCount)
    slice.pointer.update(from: doubles.elements(Double.self), count: rowCount)
    doubles.removeAll()
    return CollectedValues(
      values: .float64(slice), statistics: SegmentStatistics(nullCount: nullCount))
  }
}

/// Collects integers in the widest width so far, and narrows them at the end.
final class IntegerCollector: ValueCollector {
  private let type: DataType
  private let stored = GrowingMemory()
  private let scratch = GrowingMemory(capacity: 64)
  /// Bytes of a stored value.
  private var width = 1
  private var scale: Int64 = 1

  init(_ type: DataType) { self.type = type }

  func append(_ source: VectorRows, isAllNullSoFar: Bool, rowCount: Int) {
    let vector = source.vector
    let storedWidth = vector.storedIntegers.map { $0.width / 8 }
    // Scales other than these are products of arithmetic, not of storage.
    let isPlain = vector.scale == 1 || vector.scale == 1_000_000
    if let storedWidth, isPlain, isAllNullSoFar {
      reset(to: storedWidth, vector.scale, rowCount)
    } else if storedWidth == nil || !isPlain || vector.scale != scale {
      widen(to: 8, rowCount)
    } else if let storedWidth, storedWidth > width {
      widen(to: storedWidth, rowCount)
    }
    let out = stored.extend(by: source.count * width)
    if let storedWidth, storedWidth == width, vector.scale == scale {
      copyStored(source, width, into: out)
    } else {
      copyWidened(source, into: out)
    }
  }

  private func copyStored(_ source: VectorRows, _ width: Int, into out: UnsafeMutableRawPointer) {
    switch source.vector.storage {
    case .int8(let values): source.copy(values, width: 1, into: out)
    case .int16(let values): source.copy(values, width: 2, into: out)
    case .int32(let values): source.copy(values, width: 4, into: out)
    case .int64(let values): source.copy(values, width: 8, into: out)
    default: break
    }
  }

  /// Copies a vector that is narrower than the values so far, or of another scale.
  private func copyWidened(_ source: VectorRows, into out: UnsafeMutableRawPointer) {
    let vector = source.vector
    scratch.removeAll()
    let all = scratch.extend(by: vector.count * 16).assumingMemoryBound(to: Int64.self)
    if vector.scale == scale {
      vector.storedIntegers?.widen(scale: 1, count: vector.count, into: all)
      if case .constant = vector.storage { vector.widenToInt64(into: all) }
    } else {
      vector.widenToInt64(into: all)
    }
    let narrowed = UnsafeMutableRawPointer(all + vector.count)
    switch width {
    case 1:
      narrow(
        all, divisor: 1, count: vector.count, into: narrowed.assumingMemoryBound(to: Int8.self))
    case 2:
      narrow(
        all, divisor: 1, count: vector.count, into: narrowed.assumingMemoryBound(to: Int16.self))
    case 4:
      narrow(
        all, divisor: 1, count: vector.count, into: narrowed.assumingMemoryBound(to: Int32.self))
    default: return source.copy(all, width: 8, into: out)
    }
    source.copy(narrowed, width: width, into: out)
  }

  func appendBlanks(_ count: Int) {
    stored.extend(by: count * width)
      .initializeMemory(as: UInt8.self, repeating: 0, count: count * width)
  }

  /// Blanks of another width.
  private func reset(to width: Int, _ scale: Int64, _ rowCount: Int) {
    stored.removeAll()
    self.width = width
    self.scale = scale
    appendBlanks(rowCount)
  }

  /// Rewrites the values so far; width 8 takes the scale out.
  private func widen(to newWidth: Int, _ rowCount: Int) {
    let newScale = newWidth == 8 ? 1 : scale
    if newWidth == width && newScale == scale { return }
    let wide = widened(rowCount, scale: newWidth == 8 ? scale : 1)
    stored.removeAll()
    let out = stored.extend(by: rowCount * newWidth)
    switch newWidth {
    case 2:
      narrow(wide, divisor: 1, count: rowCount, into: out.assumingMemoryBound(to: Int16.self))
    case 4:
      narrow(wide, divisor: 1, count: rowCount, into: out.assumingMemoryBound(to: Int32.self))
    default: out.copyMemory(from: wide, byteCount: rowCount * 8)
    }
    width = newWidth
    scale = newScale
  }

  private func widened(_ rowCount: Int, scale: Int64) -> UnsafeMutablePointer<Int64> {
    scratch.removeAll()
    let out = scratch.extend(by: rowCount * 8 + 8).assumingMemoryBound(to: Int64.self)
    let integers: StoredIntegers =
      switch width {
      case 1: .int8(stored.elements(Int8.self))
      case 2: .int16(stored.elements(Int16.self))
      case 4: .int32(stored.elements(Int32.self))
      default: .int64(stored.elements(Int64.self))
      }
    integers.widen(scale: scale, count: rowCount, into: out)
    return out
  }

  func finish(rowCount: Int, present: UnsafePointer<UInt8>?, nullCount: Int) -> CollectedValues {
    defer {
      stored.removeAll()
      width = 1
      scale = 1
    }
    if let kept = keptForm(rowCount, present, nullCount) { return kept }
    let values = widened(rowCount, scale: scale)
    if let present { fillNulls(values, present, rowCount) }
    return narrowestForm(
      of: values, count: rowCount, type: type, nullCount: nullCount, knownScale: scale)
  }

  /// The values as they were collected; nil where they may fit a narrower form.
  private func keptForm(
    _ rowCount: Int, _ present: UnsafePointer<UInt8>?, _ nullCount: Int
  ) -> CollectedValues? {
    let mayBeSeconds = type == .time || type == .duration
    if rowCount == 0 || mayBeSeconds && scale == 1 { return nil }
    switch width {
    case 1: return kept(Int8.self, rowCount, present, nullCount)
    case 2: return kept(Int16.self, rowCount, present, nullCount)
    case 4: return kept(Int32.self, rowCount, present, nullCount)
    default: return kept(Int64.self, rowCount, present, nullCount)
    }
  }

  private func kept<Stored: StoredInteger>(
    _ width: Stored.Type, _ rowCount: Int, _ present: UnsafePointer<UInt8>?, _ nullCount: Int
  ) -> CollectedValues? {
    let slice = BufferSlice<Stored>(capacity: rowCount)
    slice.pointer.update(from: stored.elements(Stored.self), count: rowCount)
    if let present { fillNulls(slice.pointer, present, rowCount) }
    let values = Stored.values(slice)
    let known = SegmentStatistics(of: values, scale: scale, rowCount: rowCount, validity: nil)
    guard let range = known.integerRange else { return nil }
    let limit = Int64(1) << (Stored.bitWidth / 2 - 1)
    let fitsHalf = range.lowerBound / scale >= -limit && range.upperBound / scale < limit
    if fitsHalf && Stored.bitWidth > 8 { return nil }
    let statistics = SegmentStatistics(
      nullCount: nullCount, integerRange: nullCount == rowCount ? nil : range,
      isAscending: nullCount == 0 && known.isAscending)
    return CollectedValues(values: values, scale: scale, statistics: statistics)
  }

  /// Puts a value that is there under the nulls, so that they widen nothing.
  private func fillNulls<Stored: FixedWidthInteger>(
    _ values: UnsafeMutablePointer<Stored>, _ present: UnsafePointer<UInt8>, _ rowCount: Int
  ) {
    var filling: Stored = 0
    for row in 0..<rowCount where present[row] != 0 {
      filling = values[row]
      break
    }
    for row in 0..<rowCount { values[row] = present[row] != 0 ? values[row] : filling }
  }
}

/// Integers in the narrowest width, times and durations in whole seconds where all are.
///
/// Under nulls stands some value that is also elsewhere.
func narrowestForm(
  of values: UnsafePointer<Int64>, count: Int, type: DataType, nullCount: Int,
  knownScale: Int64 = 1
) -> CollectedValues {
  if count == 0 {
    return CollectedValues(
      values: .int8(BufferSlice(capacity: 0)), statistics: SegmentStatistics(nullCount: 0))
  }
  let extent = IntegerExtent(values, count: count)
  let mayBeSeconds = type == .time || type == .duration
  let isSeconds =
    mayBeSeconds && (knownScale == 1_000_000 || areWholeSeconds(values, count: count))
  let scale: Int64 = isSeconds ? 1_000_000 : 1
  let low = extent.low / scale
  let high = extent.high / scale
  let stored: Segment.Values
  if low >= Int64(Int8.min) && high <= Int64(Int8.max) {
    let slice = BufferSlice<Int8>(capacity: count)
    narrow(values, divisor: scale, count: count, into: slice.pointer)
    stored = .int8(slice)
  } else if low >= Int64(Int16.min) && high <= Int64(Int16.max) {
    let slice = BufferSlice<Int16>(capacity: count)
    narrow(values, divisor: scale, count: count, into: slice.pointer)
    stored = .int16(slice)
  } else if low >= Int64(Int32.min) && high <= Int64(Int32.max) {
    let slice = BufferSlice<Int32>(capacity: count)
    narrow(values, divisor: scale, count: count, into: slice.pointer)
    stored = .int32(slice)
  } else {
    let slice = BufferSlice<Int64>(capacity: count)
    for row in 0..<count { slice.pointer[row] = values[row] / scale }
    stored = .int64(slice)
  }
  let statistics = SegmentStatistics(
    nullCount: nullCount, integerRange: nullCount == count ? nil : extent.low...extent.high,
    isAscending: nullCount == 0 && extent.isAscending)
  return CollectedValues(values: stored, scale: scale, statistics: statistics)
}
