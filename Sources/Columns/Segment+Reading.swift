import CKernels

/// Rows of a segment as flat memory.
extension Segment {
  /// Writes the values of all rows; see `Column.integers`.
  package func writeIntegers(to out: UnsafeMutablePointer<Int64>, null: Int64) {
    writeIntegers(0..<rowCount, to: out, null: null)
  }

  /// Writes the values of some rows.
  package func writeIntegers(
    _ rows: Range<Int>, to out: UnsafeMutablePointer<Int64>, null: Int64
  ) {
    switch values {
    case .bits(let bits): for row in rows { out[row - rows.lowerBound] = bits[row] ? 1 : 0 }
    case .int8(let slice): widen(slice, rows, to: out)
    case .int16(let slice): widen(slice, rows, to: out)
    case .int32(let slice): widen(slice, rows, to: out)
    case .int64(let slice): widen(slice, rows, to: out)
    case .float64, .text, .codes8, .codes16: preconditionFailure("no integers in this segment")
    }
    patchNulls(rows, in: out, with: null)
  }

  /// Writes the values of all rows, those beyond 32 bits as the nearest.
  package func writeSmallIntegers(to out: UnsafeMutablePointer<Int32>, null: Int32) {
    switch values {
    case .int8(let slice) where scale == 1: widen(slice, to: out)
    case .int16(let slice) where scale == 1: widen(slice, to: out)
    case .int32(let slice) where scale == 1: widen(slice, to: out)
    default: return writeClamped(to: out, null: null)
    }
    patchNulls(0..<rowCount, in: out, with: null)
  }

  private func writeClamped(to out: UnsafeMutablePointer<Int32>, null: Int32) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1 << 10) { wide in
      guard let base = wide.baseAddress else { return }
      for start in stride(from: 0, to: rowCount, by: wide.count) {
        let rows = start..<min(rowCount, start + wide.count)
        writeIntegers(rows, to: base, null: Int64(null))
        for row in rows { out[row] = Int32(clamping: base[row - start]) }
      }
    }
  }

  /// Writes the values of all rows; see `Column.doubles`.
  package func writeDoubles(to out: UnsafeMutablePointer<Double>, null: Double) {
    writeDoubles(0..<rowCount, to: out, null: null)
  }

  /// Writes the values of some rows.
  package func writeDoubles(
    _ rows: Range<Int>, to out: UnsafeMutablePointer<Double>, null: Double
  ) {
    switch values {
    case .bits(let bits): convert(bits, rows, to: out)
    case .int8(let slice): convert(slice, rows, to: out)
    case .int16(let slice): convert(slice, rows, to: out)
    case .int32(let slice): convert(slice, rows, to: out)
    case .int64(let slice): convert(slice, rows, to: out)
    case .float64(let slice): out.update(from: slice.pointer + rows.lowerBound, count: rows.count)
    case .text, .codes8, .codes16: preconditionFailure("no numbers in this segment")
    }
    patchNulls(rows, in: out, with: null)
  }

  /// Writes 1 for each true row of a bool segment, 0 for the others and for nulls.
  package func writeFlags(to out: UnsafeMutablePointer<UInt8>) {
    guard case .bits(let bits) = values else { preconditionFailure("no flags in this segment") }
    ck_bytes_of_bits(bits.words.pointer, out, rowCount)
    patchNulls(0..<rowCount, in: out, with: 0)
  }

  /// Writes the days since 1970, in UTC, of some rows of times, `Int32.min` under a null.
  package func writeUTCDays(_ rows: Range<Int>, to out: UnsafeMutablePointer<Int32>) {
    if case .int32(let slice) = values, scale == 1_000_000 {
      ck_days_of_seconds(slice.pointer + rows.lowerBound, out, rows.count)
    } else {
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1 << 10) { micros in
        guard let base = micros.baseAddress else { return }
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: micros.count) {
          let some = start..<min(rows.upperBound, start + micros.count)
          writeIntegers(some, to: base, null: 0)
          ck_days_of_micros(base, out + (start - rows.lowerBound), some.count)
        }
      }
    }
    patchNulls(rows, in: out, with: .min)
  }

  /// Puts a value in the place of the nulls among some rows, by words of those that have any.
  func patchNulls<Value>(
    _ rows: Range<Int>, in out: UnsafeMutablePointer<Value>, with null: Value
  ) {
    guard let validity else { return }
    let words = validity.words.pointer
    var first = rows.lowerBound
    while first < rows.upperBound {
      let end = min(rows.upperBound, (first | 63) + 1)
      let beyond = UInt64(truncatingIfNeeded: 63 &- (end &- 1) & 63)
      var missing = (~words[first &>> 6] &<< beyond) &>> beyond
      missing &= ~0 &<< UInt64(truncatingIfNeeded: first & 63)
      while missing != 0 {
        out[(first & ~63) &+ missing.trailingZeroBitCount &- rows.lowerBound] = null
        missing &= missing &- 1
      }
      first = end
    }
  }

  private func widen<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, _ rows: Range<Int>, to out: UnsafeMutablePointer<Int64>
  ) {
    let (source, scale) = (slice.pointer + rows.lowerBound, scale)
    for row in 0..<rows.count { out[row] = Int64(truncatingIfNeeded: source[row]) &* scale }
  }

  private func widen<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, to out: UnsafeMutablePointer<Int32>
  ) {
    let source = slice.pointer
    for row in 0..<rowCount { out[row] = Int32(truncatingIfNeeded: source[row]) }
  }

  /// Bits as 1 and 0, in bytes before they are floats.
  private func convert(
    _ bits: Bitmap, _ rows: Range<Int>, to out: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 12) { bytes in
      guard let base = bytes.baseAddress else { return }
      // Whole words are read: of the first too.
      for start in stride(from: rows.lowerBound & ~63, to: rows.upperBound, by: bytes.count) {
        let end = min(rows.upperBound, start + bytes.count)
        ck_bytes_of_bits(bits.words.pointer + start / 64, base, end - start)
        for row in max(start, rows.lowerBound)..<end {
          out[row &- rows.lowerBound] = Double(Int32(base[row &- start]))
        }
      }
    }
  }

  private func convert<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, _ rows: Range<Int>, to out: UnsafeMutablePointer<Double>
  ) {
    let (source, scale) = (slice.pointer + rows.lowerBound, Double(scale))
    for row in 0..<rows.count { out[row] = Double(source[row]) * scale }
  }
}
