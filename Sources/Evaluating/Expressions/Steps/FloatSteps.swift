import Columns
import Kernels

/// An operation on two floats.
final class FloatArithmeticStep: Step {
  let operation: FloatOperation

  init(_ arguments: [Int], _ operation: FloatOperation, _ type: DataType = .float) {
    self.operation = operation
    super.init(arguments, type)
  }

  override func run(_ frame: Frame) -> Vector {
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(.float) }
    let a = frame.doubles(left)
    let b = frame.doubles(right)
    let out = frame.output(Double.self)
    operation.compute(a, b, count: frame.count, into: out)
    var validity = frame.validity(left, right)
    switch operation {
    case .divide, .floorDivide, .remainder: validity = restrictToNonZero(frame, validity, b)
    case .power: validity = restrictToNumbers(frame, validity, out)
    case .add, .subtract, .multiply, .least, .greatest: break
    }
    return Vector(
      count: frame.count, type: .float, storage: .float64(out), validity: validity,
      faults: frame.faults(left, right))
  }

  /// What is divided by 0 is null.
  private func restrictToNonZero(
    _ frame: Frame, _ validity: UnsafePointer<UInt64>?, _ divisor: Operand<Double>
  ) -> UnsafePointer<UInt64>? {
    switch divisor {
    case .constant(let value) where value != 0: return validity
    case .constant:
      let none = frame.bits()
      none.update(repeating: 0, count: frame.wordCount)
      return UnsafePointer(none)
    case .block(let values):
      let defined = frame.bits()
      compare(values, .notEqual, .constant(0), count: frame.count, into: defined)
      return frame.restrict(validity, to: defined)
    }
  }

  private func restrictToNumbers(
    _ frame: Frame, _ validity: UnsafePointer<UInt64>?, _ values: UnsafePointer<Double>
  ) -> UnsafePointer<UInt64>? {
    let defined = frame.bits()
    compare(values, .notEqual, .constant(.nan), count: frame.count, into: defined)
    return frame.restrict(validity, to: defined)
  }
}

/// A function of one float; roots and logarithms of what has none are null.
final class FloatFunctionStep: Step {
  let function: FloatFunction

  init(_ argument: Int, _ function: FloatFunction) {
    self.function = function
    super.init([argument], .float)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.float) }
    let values = frame.doubleBlock(vector)
    let out = frame.output(Double.self)
    function.compute(values, count: frame.count, into: out)
    var validity = vector.validity
    if let comparison = domain {
      let defined = frame.bits()
      compare(values, comparison, .constant(0), count: frame.count, into: defined)
      validity = frame.restrict(validity, to: defined)
    }
    return Vector(
      count: frame.count, type: .float, storage: .float64(out), validity: validity,
      faults: vector.faults)
  }

  /// How arguments compare with 0; NaN counts as greater and stays NaN.
  private var domain: Comparison? {
    switch function {
    case .squareRoot: .greaterOrEqual
    case .ln, .log10: .greater
    case .negate, .absolute, .floor, .ceil, .round, .exp: nil
    }
  }
}

/// Rounds floats to so many digits behind the point (before it, when negative), half away from 0.
final class RoundStep: Step {
  init(_ arguments: [Int]) { super.init(arguments, .float) }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    let digits = frame[arguments[1]]
    if vector.isNullConstant || digits.isNullConstant { return frame.null(.float) }
    let values = frame.doubleBlock(vector)
    let out = frame.output(Double.self)
    if case .constant(let value) = digits.storage {
      round(values, digits: value.integer ?? 0, count: frame.count, into: out)
    } else {
      let each = frame.integerBlock(digits)
      for row in 0..<frame.count {
        round(values + row, digits: each[row], count: 1, into: out + row)
      }
    }
    return Vector(
      count: frame.count, type: .float, storage: .float64(out),
      validity: frame.validity(vector, digits), faults: frame.faults(vector, digits))
  }
}
