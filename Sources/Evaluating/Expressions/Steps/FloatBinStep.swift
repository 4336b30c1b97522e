import Columns
import Kernels

/// The multiple of a width at or below a float; null where the width is not positive.
final class FloatBinStep: Step {
  init(_ arguments: [Int]) { super.init(arguments, .float) }

  override func run(_ frame: Frame) -> Vector {
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(.float) }
    let (values, widths) = (frame.doubleBlock(left), frame.doubleBlock(right))
    let out = frame.output(Double.self)
    FloatOperation.divide.compute(.block(values), .block(widths), count: frame.count, into: out)
    FloatFunction.floor.compute(out, count: frame.count, into: out)
    for row in 0..<frame.count {
      out[row] = lowerEdge(of: values[row], width: widths[row], near: out[row])
    }
    let defined = frame.bits()
    compare(widths, .greater, .constant(0), count: frame.count, into: defined)
    return Vector(
      count: frame.count, type: .float, storage: .float64(out),
      validity: frame.restrict(frame.validity(left, right), to: defined),
      faults: frame.faults(left, right))
  }

  /// The greatest multiple of `width` that is not above `value`, where the rounded quotient gives
  /// `number` or a neighbour.
  ///
  /// Of widths such as 0.1 a multiple is divided by ten: 7.3, where 73 * 0.1 is 7.300000000000001.
  @inline(__always)
  private func lowerEdge(of value: Double, width: Double, near number: Double) -> Double {
    let parts = (1 / width).rounded(.toNearestOrEven)
    let isPart = parts > 1 && 1 / parts == width
    func edge(_ number: Double) -> Double { isPart ? number / parts : number * width }
    let own = edge(number)
    if own > value { return edge(number - 1) }
    let next = edge(number + 1)
    return next <= value ? next : own
  }
}
