import Columns

/// Many rows of an array at once, for arrays without codes.
extension ArrowArray {
  /// Writes the stored integers; anything under nulls.
  func writeIntegers(_ rows: Range<Int>, to out: UnsafeMutablePointer<Int64>) {
    func widen<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) {
      let source = UnsafeRawPointer(values.pointer) + rows.lowerBound * MemoryLayout<Value>.size
      for row in 0..<rows.count {
        out[row] = Int64(
          truncatingIfNeeded: source.loadUnaligned(
            fromByteOffset: row &* MemoryLayout<Value>.size, as: type))
      }
    }
    switch type {
    case .integer(8, let isSigned): isSigned ? widen(Int8.self) : widen(UInt8.self)
    case .integer(16, let isSigned): isSigned ? widen(Int16.self) : widen(UInt16.self)
    case .integer(32, let isSigned): isSigned ? widen(Int32.self) : widen(UInt32.self)
    case .days: widen(Int32.self)
    default: widen(Int64.self)
    }
  }

  /// Writes the floats; anything under nulls.
  func writeFloats(_ rows: Range<Int>, to out: UnsafeMutablePointer<Double>) {
    switch type {
    case .float(64):
      let source = UnsafeRawPointer(values.pointer) + 8 * rows.lowerBound
      UnsafeMutableRawPointer(out).copyMemory(from: source, byteCount: 8 * rows.count)
    default: for (place, row) in rows.enumerated() { out[place] = float(row) }
    }
  }

  /// Writes 0 for each null and leaves the others; gives the number of nulls.
  func writeNulls(_ rows: Range<Int>, to out: UnsafeMutablePointer<UInt8>) -> Int {
    if type == .null {
      out.update(repeating: 0, count: rows.count)
      return rows.count
    }
    guard let bits = validity?.pointer else { return 0 }
    var nulls = 0
    for row in rows where bits[row &>> 3] &>> UInt8(truncatingIfNeeded: row & 7) & 1 == 0 {
      out[row &- rows.lowerBound] = 0
      nulls &+= 1
    }
    return nulls
  }
}
