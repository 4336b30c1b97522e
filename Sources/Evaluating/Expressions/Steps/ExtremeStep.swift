import Columns
import Kernels

/// The least or greatest of two values, skipping nulls.
final class ExtremeStep: Step {
  let isLeast: Bool
  /// Whether a null makes the result null (for `clamp`).
  let isStrict: Bool

  init(_ arguments: [Int], _ type: DataType, isLeast: Bool, isStrict: Bool = false) {
    self.isLeast = isLeast
    self.isStrict = isStrict
    super.init(arguments, type)
  }

  override var borrows: [Int] { [0, 1] }

  override func run(_ frame: Frame) -> Vector {
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant { return isStrict ? frame.null(type) : right }
    if right.isNullConstant { return isStrict ? frame.null(type) : left }
    let takesLeft = compared(frame, left, right)
    var result = extreme(frame, left, right, takesLeft)
    result.type = type
    result.faults = frame.faults(left, right)
    result.validity =
      isStrict
      ? frame.validity(left, right)
      : left.validity == nil || right.validity == nil
        ? nil : frame.unite(left.validity, right.validity)
    return result
  }

  /// The rows where the left one is the result; nil where no null has to be skipped.
  private func compared(
    _ frame: Frame, _ left: Vector, _ right: Vector
  ) -> UnsafeMutablePointer<UInt64>? {
    let hasNulls = left.validity != nil || right.validity != nil
    if (!hasNulls || isStrict) && type != .string { return nil }
    let bits = frame.bits()
    let comparison: Comparison = isLeast ? .lessOrEqual : .greaterOrEqual
    switch type {
    case .float:
      compare(
        frame.doubleBlock(left), comparison, frame.doubles(right), count: frame.count, into: bits)
    case .string:
      var constants: [ConstantText] = []
      let a = frame.texts(left, holding: &constants)
      let b = frame.texts(right, holding: &constants)
      withExtendedLifetime(constants) {
        a.compare(comparison, b, count: frame.count, into: bits)
      }
    default:
      compare(
        frame.integerBlock(left), comparison, .block(frame.integerBlock(right)),
        count: frame.count, into: bits)
    }
    for word in 0..<frame.wordCount {
      let leftValid = left.validity?[word] ?? ~0
      let rightValid = right.validity?[word] ?? ~0
      bits[word] = leftValid & (bits[word] | ~rightValid)
    }
    return bits
  }

  private func extreme(
    _ frame: Frame, _ left: Vector, _ right: Vector, _ takesLeft: UnsafeMutablePointer<UInt64>?
  ) -> Vector {
    switch type {
    case .string:
      return frame.chooseTexts(takesLeft ?? frame.bits(), left, right, memory)
    case .float:
      let out = frame.output(Double.self)
      if let takesLeft {
        select(takesLeft, frame.doubles(left), frame.doubles(right), count: frame.count, into: out)
      } else {
        let operation: FloatOperation = isLeast ? .least : .greatest
        operation.compute(
          frame.doubles(left), frame.doubles(right), count: frame.count, into: out)
      }
      return Vector(count: frame.count, type: type, storage: .float64(out))
    default:
      let out = frame.output(Int64.self)
      let a = Operand.block(frame.integerBlock(left))
      let b = Operand.block(frame.integerBlock(right))
      if let takesLeft {
        select(takesLeft, a, b, count: frame.count, into: out)
      } else {
        let operation: IntegerOperation = isLeast ? .least : .greatest
        operation.compute(a, b, count: frame.count, into: out)
      }
      return Vector(
        count: frame.count, type: type, storage: .int64(out),
        range: range(left, right, mayTakeEither: takesLeft != nil))
    }
  }

  /// The range of integers, of which a null leaves the other side's.
  private func range(_ left: Vector, _ right: Vector, mayTakeEither: Bool) -> IntegerRange? {
    guard let a = IntegerInput(left).valueRange, let b = IntegerInput(right).valueRange else {
      return nil
    }
    return mayTakeEither ? a.union(b) : a.extremes(b, isLeast: isLeast)
  }

  private lazy var memory = TextMemory()
}
