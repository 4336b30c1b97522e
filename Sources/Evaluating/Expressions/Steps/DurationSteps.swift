import Columns
import Kernels
import Plans

/// A duration times or divided by a float, rounded to microseconds; a fault where it does not fit.
final class DurationScalingStep: Step {
  let isDivision: Bool

  init(_ arguments: [Int], isDivision: Bool, _ expression: ScalarExpression) {
    self.isDivision = isDivision
    super.init(arguments, .duration, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    hasFaulted = false
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(.duration) }
    let factors = frame.doubleBlock(right)
    let products = frame.temporary(Double.self)
    let operation: FloatOperation = isDivision ? .divide : .multiply
    operation.compute(
      .block(frame.doubleBlock(left)), .block(factors), count: frame.count, into: products)
    FloatFunction.round.compute(products, count: frame.count, into: products)
    let out = frame.output(Int64.self)
    let inRange = frame.bits()
    truncate(products, count: frame.count, into: out, inRange: inRange)
    var validity = frame.validity(left, right)
    if isDivision {
      let defined = frame.bits()
      compare(factors, .notEqual, .constant(0), count: frame.count, into: defined)
      validity = frame.restrict(validity, to: defined)
    }
    for word in 0..<frame.wordCount { inRange[word] = ~inRange[word] }
    let faults = frame.faultsOfPresent(inRange, validity)
    hasFaulted = faults != nil
    return Vector(
      count: frame.count, type: .duration, storage: .int64(out), validity: validity,
      faults: frame.unite(faults, frame.faults(left, right)))
  }
}

/// The same stored values read as another type or unit: nothing is computed.
final class ReinterpretStep: Step {
  private let factor: Int64

  /// The new scale is `factor` times the old one.
  init(_ argument: Int, _ type: DataType, factor: Int64 = 1) {
    self.factor = factor
    super.init([argument], type)
  }

  override var borrows: [Int] { [0] }

  override func run(_ frame: Frame) -> Vector {
    var vector = frame[arguments[0]]
    vector.type = type
    if case .constant(let value) = vector.storage {
      if let integer = value.integer {
        vector.storage = .constant(.make(integer &* factor, of: type))
      }
    } else {
      vector.scale &*= factor
    }
    vector.range = vector.range?.multiplying(factor...factor)
    return vector
  }
}
