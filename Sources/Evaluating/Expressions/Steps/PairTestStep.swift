import Columns

/// A step that tests two values of each row: null where one of them is.
class PairTestStep: Step {
  init(_ arguments: [Int]) { super.init(arguments, .bool) }

  final override func run(_ frame: Frame) -> Vector {
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(.bool) }
    let bits = frame.bits()
    test(frame, left, right, into: bits)
    return Vector(
      count: frame.count, type: .bool, storage: .bits(bits),
      validity: frame.validity(left, right), faults: frame.faults(left, right))
  }

  /// Writes the bit of each row; what stands under a null does not matter.
  func test(
    _ frame: Frame, _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) {
    preconditionFailure("a test of nothing")
  }
}
