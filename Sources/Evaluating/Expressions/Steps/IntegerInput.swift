import Columns
import Kernels

/// One side of an integer operation: a block of stored values or a constant, in units of `scale`.
struct IntegerInput {
  enum Values {
    case stored(StoredIntegers)
    case constant(Int64)
  }

  var values: Values
  var scale: Int64
  /// What the stored values can be, in their units.
  var range: IntegerRange
  let vector: Vector

  init(_ vector: Vector) {
    self.vector = vector
    scale = vector.scale
    if let stored = vector.storedIntegers {
      values = .stored(stored)
      let known = vector.range.map { $0.lowerBound / vector.scale...$0.upperBound / vector.scale }
      range = known ?? stored.bounds
    } else if case .constant(let value) = vector.storage {
      let constant = value.integer ?? 0
      values = .constant(constant)
      scale = 1
      range = constant...constant
    } else {
      preconditionFailure("no integers in \(vector.type)")
    }
  }

  /// What the values can be; nil where that is beyond 64 bits.
  var valueRange: IntegerRange? { range.multiplying(scale...scale) }

  /// Whether the stored values are at most 32 bits wide.
  var isNarrow: Bool {
    switch values {
    case .stored(let stored): stored.width <= 32
    case .constant(let value): Int32(exactly: value) != nil
    }
  }

  /// The constant in units of `scale`; nil when there is none or it is no whole number of them.
  func constant(inUnitsOf scale: Int64) -> IntegerInput? {
    guard case .constant(let value) = values, value % scale == 0 else { return nil }
    var input = self
    input.values = .constant(value / scale)
    input.range = value / scale...value / scale
    input.scale = scale
    return input
  }

  func operand32(_ frame: Frame) -> Operand<Int32> {
    switch values {
    case .constant(let value): return .constant(Int32(truncatingIfNeeded: value))
    case .stored(.int32(let values)): return .block(values)
    case .stored(let stored):
      let out = frame.temporary(Int32.self)
      stored.widen(count: frame.count, into: out)
      return .block(out)
    }
  }

  /// In units of the scale.
  func operand64(_ frame: Frame) -> Operand<Int64> {
    switch values {
    case .constant(let value): return .constant(value)
    case .stored(.int64(let values)): return .block(values)
    case .stored(let stored):
      let out = frame.temporary(Int64.self)
      stored.widen(scale: 1, count: frame.count, into: out)
      return .block(out)
    }
  }

  /// With the scale multiplied in.
  func block64(_ frame: Frame) -> UnsafePointer<Int64> { frame.integerBlock(vector) }
}

extension StoredIntegers {
  /// What fits in the width.
  var bounds: IntegerRange {
    switch self {
    case .int8: Int64(Int8.min)...Int64(Int8.max)
    case .int16: Int64(Int16.min)...Int64(Int16.max)
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .int64: Int64.min...Int64.max
    }
  }
}
