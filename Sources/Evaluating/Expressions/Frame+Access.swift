import Columns
import Kernels

// The values of vectors in the one form that a kernel wants; where they are in it already, nothing
// is copied. Memory is temporary (until the end of the step) unless it is the vector's own.
extension Frame {
  /// Doubles; the vector is not null for all rows.
  func doubles(_ vector: Vector) -> Operand<Double> {
    switch vector.storage {
    case .float64(let values): return .block(values)
    case .constant(let value):
      return .constant(value.number ?? value.integer.map(Double.init) ?? 0)
    default:
      let out = temporary(Double.self)
      vector.asDoubles(into: out)
      return .block(out)
    }
  }

  func doubleBlock(_ vector: Vector) -> UnsafePointer<Double> {
    if case .float64(let values) = vector.storage { return values }
    let out = temporary(Double.self)
    vector.asDoubles(into: out)
    return UnsafePointer(out)
  }

  /// Integers with the scale multiplied in.
  func integerBlock(_ vector: Vector) -> UnsafePointer<Int64> {
    if case .int64(let values) = vector.storage, vector.scale == 1 { return values }
    let out = temporary(Int64.self)
    vector.widenToInt64(into: out)
    return UnsafePointer(out)
  }

  /// The values of a bool vector; those under nulls are anything.
  func boolBits(_ vector: Vector) -> UnsafePointer<UInt64> {
    if case .bits(let bits) = vector.storage { return bits }
    let out = bits()
    vector.boolBits(into: out)
    return UnsafePointer(out)
  }

  /// The rows that are true: neither false nor null.
  func trueBits(_ vector: Vector) -> UnsafePointer<UInt64> {
    let values = boolBits(vector)
    guard let validity = vector.validity else { return values }
    let out = bits()
    for word in 0..<wordCount { out[word] = values[word] & validity[word] }
    return UnsafePointer(out)
  }

  func texts(_ vector: Vector, holding constants: inout [ConstantText]) -> TextRows {
    let constant = vector.constantText
    if let constant { constants.append(constant) }
    let numbers = temporary(UInt32.self)
    return vector.textRows(starts: numbers, ends: numbers + capacity, constant: constant)
  }
}

// Validity and faults of results.
extension Frame {
  /// The rows where all are present; nil when none can be null.
  func validity(_ vectors: [Vector]) -> UnsafePointer<UInt64>? {
    var result: UnsafePointer<UInt64>?
    for vector in vectors { result = intersect(result, vector.validity) }
    return result
  }

  /// The rows where both are present; nil when none can be null.
  func validity(_ left: Vector, _ right: Vector) -> UnsafePointer<UInt64>? {
    intersect(left.validity, right.validity)
  }

  /// The rows where one has a fault; nil when none has.
  func faults(_ left: Vector, _ right: Vector) -> UnsafePointer<UInt64>? {
    unite(left.faults, right.faults)
  }

  /// Both bits; nil counts as all.
  func intersect(
    _ left: UnsafePointer<UInt64>?, _ right: UnsafePointer<UInt64>?
  ) -> UnsafePointer<UInt64>? {
    guard let left else { return right }
    guard let right, right != left else { return left }
    let out = bits()
    for word in 0..<wordCount { out[word] = left[word] & right[word] }
    return UnsafePointer(out)
  }

  /// Either bit; nil counts as none.
  func unite(
    _ left: UnsafePointer<UInt64>?, _ right: UnsafePointer<UInt64>?
  ) -> UnsafePointer<UInt64>? {
    guard let left else { return right }
    guard let right, right != left else { return left }
    let out = bits()
    for word in 0..<wordCount { out[word] = left[word] | right[word] }
    return UnsafePointer(out)
  }

  /// The rows where one has a fault; nil when none has.
  func faults(_ vectors: [Vector]) -> UnsafePointer<UInt64>? {
    var result: UnsafePointer<UInt64>?
    for vector in vectors { result = unite(result, vector.faults) }
    return result
  }

  /// The validity cut down to the rows of `defined`; nil when that is all.
  func restrict(
    _ validity: UnsafePointer<UInt64>?, to defined: UnsafePointer<UInt64>
  ) -> UnsafePointer<UInt64>? {
    isAllSet(defined) ? validity : intersect(validity, defined)
  }

  /// Whether the bits of all rows are set.
  func isAllSet(_ bits: UnsafePointer<UInt64>) -> Bool {
    for word in 0..<count / 64 where bits[word] != ~0 { return false }
    let rest = UInt64(count & 63)
    return rest == 0 || ~bits[count / 64] & ((1 << rest) - 1) == 0
  }

  /// The bits of rows that are present, or nil when there are none: the own faults of a step.
  func faultsOfPresent(
    _ bits: UnsafeMutablePointer<UInt64>, _ validity: UnsafePointer<UInt64>?
  ) -> UnsafePointer<UInt64>? {
    var any: UInt64 = 0
    for word in 0..<wordCount {
      let left = count &- word &* 64
      let mask: UInt64 = left < 64 ? (1 &<< UInt64(left)) &- 1 : ~0
      bits[word] &= (validity?[word] ?? ~0) & mask
      any |= bits[word]
    }
    return any == 0 ? nil : UnsafePointer(bits)
  }

  /// Counts values that were there and could not be converted.
  func countLost(
    _ before: UnsafePointer<UInt64>?, _ after: UnsafePointer<UInt64>?, label: String
  ) {
    guard let after else { return }
    var lost = 0
    for word in 0..<wordCount {
      let left = count &- word &* 64
      let mask: UInt64 = left < 64 ? (1 &<< UInt64(left)) &- 1 : ~0
      let was = (before?[word] ?? ~0) & (selection?[word] ?? ~0) & mask
      lost += (was & ~after[word]).nonzeroBitCount
    }
    context.conversions.add(lost, label: label)
  }

  /// Null for all rows.
  func null(_ type: DataType) -> Vector {
    Vector(count: count, type: type, storage: .constant(.null))
  }
}
