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
    case .bits(let bits): for row in rows { out[row - rows.lowerBound] = bits[row] ? 1 : 0 }
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

  /// Puts a value in the place of the nulls among some rows.
  func patchNulls<Value>(
    _ rows: Range<Int>, in out: UnsafeMutablePointer<Value>, with null: Value
  ) {
    guard let validity else { return }
    let words = validity.words.pointer
    for row in rows where words[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 0 {
      out[row &- rows.lowerBound] = null
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

  private func convert<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, _ rows: Range<Int>, to out: UnsafeMutablePointer<Double>
  ) {
    let (source, scale) = (slice.pointer + rows.lowerBound, Double(scale))
    for row in 0..<rows.count { out[row] = Double(source[row]) * scale }
  }
}
