import Columns
import Kernels

/// The multiple of a width at or below a float; null where the width is not positive.
final class FloatBinStep: Step {
  init(_ arguments: [Int]) { super.init(arguments, .float) }

  override func run(_ frame: Frame) -> Vector {
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(.float) }
    let width = frame.doubles(right)
    let out = frame.output(Double.self)
    FloatOperation.divide.compute(
      .block(frame.doubleBlock(left)), width, count: frame.count, into: out)
    FloatFunction.floor.compute(out, count: frame.count, into: out)
    FloatOperation.multiply.compute(.block(out), width, count: frame.count, into: out)
    let defined = frame.bits()
    compare(frame.doubleBlock(right), .greater, .constant(0), count: frame.count, into: defined)
    return Vector(
      count: frame.count, type: .float, storage: .float64(out),
      validity: frame.restrict(frame.validity(left, right), to: defined),
      faults: frame.faults(left, right))
  }
}
