import Columns

/// Single rows of an array.
extension ArrowArray {
  func isNull(_ row: Int) -> Bool {
    if type == .null && codes == nil { return true }
    guard let validity else { return false }
    return validity.pointer[row >> 3] >> UInt8(row & 7) & 1 == 0
  }

  /// The value of an integer, time or duration, or the code; those of 64 bits without sign as bits.
  func integer(_ row: Int) -> Int64 {
    func stored<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Int64 {
      Int64(truncatingIfNeeded: load(row, type))
    }
    switch codes?.type ?? type {
    case .bool: return Int64(values.pointer[row >> 3] >> UInt8(row & 7) & 1)
    case .integer(8, let isSigned): return isSigned ? stored(Int8.self) : stored(UInt8.self)
    case .integer(16, let isSigned): return isSigned ? stored(Int16.self) : stored(UInt16.self)
    case .integer(32, let isSigned): return isSigned ? stored(Int32.self) : stored(UInt32.self)
    case .days, .timeOfDay(_, 32): return stored(Int32.self)
    default: return stored(Int64.self)
    }
  }

  func load<Value: BitwiseCopyable>(_ row: Int, _ type: Value.Type) -> Value {
    UnsafeRawPointer(values.pointer).loadUnaligned(
      fromByteOffset: row * MemoryLayout<Value>.size, as: type)
  }

  func float(_ row: Int) -> Double {
    switch type {
    case .float(16): Double(Float16(bitPattern: load(row, UInt16.self)))
    case .float(32): Double(load(row, Float.self))
    default: load(row, Double.self)
    }
  }

  /// The bytes of a text or of binary data; valid while the array is.
  func bytes(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    if let views {
      let view = views.pointer[row]
      return UnsafeBufferPointer(
        start: viewBuffers[Int(view.buffer)].pointer + view.offset, count: Int(view.count))
    }
    if case .fixedBinary(let width) = type {
      return UnsafeBufferPointer(start: values.pointer + row * width, count: width)
    }
    guard let offsets else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = Int(offsets.pointer[row])
    return UnsafeBufferPointer(
      start: values.pointer + start, count: Int(offsets.pointer[row + 1]) - start)
  }

  /// The array and row where the value of a row is: in the dictionary where there is one; nil for null.
  func place(_ row: Int) throws(ArrowProblem) -> (array: ArrowArray, row: Int)? {
    if isNull(row) { return nil }
    guard let codes else { return (self, row) }
    let code = integer(row)
    guard code >= 0 else { throw .damaged("a code is not in its dictionary") }
    var rest = code
    for part in codes.dictionary {
      if rest < Int64(part.rowCount) { return try part.place(Int(rest)) }
      rest -= Int64(part.rowCount)
    }
    throw .damaged("a code is not in its dictionary")
  }

  /// The elements of a list or map.
  func elements(_ row: Int) -> Range<Int> {
    if case .fixedList(let count) = type { return row * count..<(row + 1) * count }
    guard let offsets else { return 0..<0 }
    return Int(offsets.pointer[row])..<Int(offsets.pointer[row + 1])
  }
}
