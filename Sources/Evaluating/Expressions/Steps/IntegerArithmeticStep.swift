import Columns
import Kernels
import Plans

/// Sum, difference or product of integers, times and durations.
///
/// Computed in 32 bits where the ranges of the inputs show that the result fits, in 64 without
/// checks where it fits there, and else with a fault for each row that overflows.
final class IntegerArithmeticStep: Step {
  let operation: IntegerOperation

  init(
    _ arguments: [Int], _ operation: IntegerOperation, _ type: DataType,
    _ expression: ScalarExpression
  ) {
    self.operation = operation
    super.init(arguments, type, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    hasFaulted = false
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(type) }
    var result = compute(frame, IntegerInput(left), IntegerInput(right))
    result.validity = frame.validity(left, right)
    if let own = result.faults {
      let overflows = frame.bits()
      overflows.update(from: own, count: frame.wordCount)
      result.faults = frame.faultsOfPresent(overflows, result.validity)
      hasFaulted = result.faults != nil
    }
    result.faults = frame.unite(result.faults, frame.faults(left, right))
    return result
  }

  private func compute(_ frame: Frame, _ left: IntegerInput, _ right: IntegerInput) -> Vector {
    if let (a, b, scale) = alike(left, right), let range = resultRange(a.range, b.range),
      let values = range.multiplying(scale...scale)
    {
      return unchecked(frame, a, b, scale: scale, range: range, values: values)
    }
    return checked(frame, left, right)
  }

  /// Both sides in one unit, and the unit of the result.
  private func alike(
    _ left: IntegerInput, _ right: IntegerInput
  ) -> (IntegerInput, IntegerInput, Int64)? {
    if operation == .multiply {
      let (scale, overflow) = left.scale.multipliedReportingOverflow(by: right.scale)
      return overflow ? nil : (left, right, scale)
    }
    if left.scale == right.scale { return (left, right, left.scale) }
    if let constant = right.constant(inUnitsOf: left.scale) { return (left, constant, left.scale) }
    if let constant = left.constant(inUnitsOf: right.scale) {
      return (constant, right, right.scale)
    }
    return nil
  }

  private func resultRange(_ left: IntegerRange, _ right: IntegerRange) -> IntegerRange? {
    switch operation {
    case .add: left.adding(right)
    case .subtract: left.subtracting(right)
    case .multiply: left.multiplying(right)
    case .least, .greatest: left.union(right)
    }
  }

  private func unchecked(
    _ frame: Frame, _ left: IntegerInput, _ right: IntegerInput, scale: Int64,
    range: IntegerRange, values: IntegerRange
  ) -> Vector {
    let storage: Vector.Storage
    if range.fits32 && left.isNarrow && right.isNarrow {
      let out = frame.output(Int32.self)
      operation.compute(
        left.operand32(frame), right.operand32(frame), count: frame.count, into: out)
      storage = .int32(out)
    } else {
      let out = frame.output(Int64.self)
      operation.compute(
        left.operand64(frame), right.operand64(frame), count: frame.count, into: out)
      storage = .int64(out)
    }
    return Vector(count: frame.count, type: type, storage: storage, scale: scale, range: values)
  }

  /// `faults` are the overflows of all rows, also of those that are null.
  private func checked(_ frame: Frame, _ left: IntegerInput, _ right: IntegerInput) -> Vector {
    let out = frame.output(Int64.self)
    let overflows = frame.bits()
    let any = operation.computeChecked(
      left.block64(frame), right.block64(frame), count: frame.count, into: out,
      overflows: overflows)
    return Vector(
      count: frame.count, type: type, storage: .int64(out),
      faults: any ? UnsafePointer(overflows) : nil)
  }
}

/// The absolute value of an integer or duration; a fault for the least integer.
final class IntegerAbsoluteStep: Step {
  init(_ argument: Int, _ type: DataType, _ expression: ScalarExpression) {
    super.init([argument], type, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    hasFaulted = false
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return vector }
    let input = IntegerInput(vector)
    if let range = input.range.magnitudes, let values = range.multiplying(input.scale...input.scale)
    {
      var result = unchecked(frame, input, range, values)
      (result.validity, result.faults) = (vector.validity, vector.faults)
      return result
    }
    let values = frame.integerBlock(vector)
    let out = frame.output(Int64.self)
    let overflows = frame.bits()
    overflows.update(repeating: 0, count: frame.wordCount)
    for row in 0..<frame.count {
      let value = values[row]
      out[row] = value < 0 ? 0 &- value : value
      overflows[row &>> 6] |= (value == Int64.min ? 1 : 0) &<< UInt64(row & 63)
    }
    let faults = frame.faultsOfPresent(overflows, vector.validity)
    hasFaulted = faults != nil
    return Vector(
      count: frame.count, type: type, storage: .int64(out), validity: vector.validity,
      faults: frame.unite(faults, vector.faults))
  }

  /// Of values of which none is the least integer; what stands under a null may be.
  private func unchecked(
    _ frame: Frame, _ input: IntegerInput, _ range: IntegerRange, _ values: IntegerRange
  ) -> Vector {
    let storage: Vector.Storage
    if range.fits32 && input.isNarrow {
      storage = .int32(magnitudes(input.operand32(frame), frame.output(Int32.self), frame.count))
    } else {
      storage = .int64(magnitudes(input.operand64(frame), frame.output(Int64.self), frame.count))
    }
    return Vector(
      count: frame.count, type: type, storage: storage, scale: input.scale, range: values)
  }

  private func magnitudes<Value: FixedWidthInteger & SignedInteger>(
    _ values: Operand<Value>, _ out: UnsafeMutablePointer<Value>, _ count: Int
  ) -> UnsafeMutablePointer<Value> {
    switch values {
    case .constant(let value): out.update(repeating: value < 0 ? 0 &- value : value, count: count)
    case .block(let values):
      for row in 0..<count { out[row] = values[row] < 0 ? 0 &- values[row] : values[row] }
    }
    return out
  }
}

/// Floor division and remainder of integers and durations; by 0 null.
final class IntegerDivisionStep: Step {
  /// What is given of x and y.
  enum Part {
    case quotient, remainder
    /// The multiple of y at or below x; null also where y is negative.
    case multiple
  }

  let part: Part

  init(_ arguments: [Int], _ part: Part, _ type: DataType, _ expression: ScalarExpression) {
    self.part = part
    super.init(arguments, type, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    hasFaulted = false
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(type) }
    if areMultiples(left, of: right) { return left }
    let a = frame.integerBlock(left)
    let b = frame.integerBlock(right)
    let out = frame.output(Int64.self)
    let undefined = frame.bits()
    let overflows = frame.bits()
    floorDivide(
      a, b, count: frame.count, remainder: part != .quotient, into: out, undefined: undefined,
      overflows: overflows)
    if part == .multiple { turnIntoMultiples(frame, a, b, out, undefined, overflows) }
    for word in 0..<frame.wordCount { undefined[word] = ~undefined[word] }
    let validity = frame.restrict(frame.validity(left, right), to: undefined)
    let faults = frame.faultsOfPresent(overflows, validity)
    hasFaulted = faults != nil
    return Vector(
      count: frame.count, type: type, storage: .int64(out), validity: validity,
      faults: frame.unite(faults, frame.faults(left, right)), range: range(left, right))
  }

  /// What comes of a constant above 0.
  private func range(_ left: Vector, _ right: Vector) -> IntegerRange? {
    guard case .constant(let value) = right.storage, let divisor = value.integer, divisor > 0 else {
      return nil
    }
    if part == .remainder { return 0...divisor - 1 }
    let quotients = IntegerInput(left).valueRange?.floorDivided(by: divisor)
    return part == .quotient ? quotients : quotients?.multiplying(divisor...divisor)
  }

  override var borrows: [Int] { part == .multiple ? [0] : [] }

  /// Whether stored values count multiples of a constant, as those of seconds do.
  private func areMultiples(_ left: Vector, of right: Vector) -> Bool {
    guard part == .multiple, case .constant(let value) = right.storage,
      let width = value.integer, width > 0, left.type == type
    else { return false }
    return left.scale % width == 0
  }

  private func turnIntoMultiples(
    _ frame: Frame, _ a: UnsafePointer<Int64>, _ b: UnsafePointer<Int64>,
    _ out: UnsafeMutablePointer<Int64>, _ undefined: UnsafeMutablePointer<UInt64>,
    _ overflows: UnsafeMutablePointer<UInt64>
  ) {
    let isNegative = frame.count > 0 && (0..<frame.count).contains { b[$0] < 0 }
    // Rests of positive divisors make nothing greater: where a number below 0 does not stay there, it
    // has overflowed.
    var turned: Int64 = 0
    for row in 0..<frame.count { turned |= a[row] & ~(a[row] &- out[row]) }
    if !isNegative && turned >= 0 {
      for row in 0..<frame.count { out[row] = a[row] &- out[row] }
      return
    }
    for row in 0..<frame.count {
      let (multiple, overflow) = a[row].subtractingReportingOverflow(out[row])
      out[row] = multiple
      undefined[row &>> 6] |= (b[row] < 0 ? 1 : 0) &<< UInt64(row & 63)
      overflows[row &>> 6] |= (overflow ? 1 : 0) &<< UInt64(row & 63)
    }
  }
}
