import Columns
import Kernels

/// `and` and `or` of Kleene's logic, word by word.
///
/// A fault vanishes where the other side decides alone.
final class LogicStep: Step {
  let isAnd: Bool

  init(_ arguments: [Int], isAnd: Bool) {
    self.isAnd = isAnd
    super.init(arguments, .bool)
  }

  override func run(_ frame: Frame) -> Vector {
    let left = Sides(frame, frame[arguments[0]])
    let right = Sides(frame, frame[arguments[1]])
    let values = frame.bits()
    guard left.validity != nil || right.validity != nil else {
      let (a, b) = (left.values, right.values)
      if isAnd {
        for word in 0..<frame.wordCount { values[word] = a[word] & b[word] }
      } else {
        for word in 0..<frame.wordCount { values[word] = a[word] | b[word] }
      }
      return Vector(
        count: frame.count, type: .bool, storage: .bits(values), faults: faults(frame, left, right))
    }
    let validity = frame.bits()
    // `a and b` is `not (not a or not b)`: what decides alone are then the ones.
    let flip: UInt64 = isAnd ? ~0 : 0
    for word in 0..<frame.wordCount {
      let aValid = left.validity?[word] ?? ~0
      let bValid = right.validity?[word] ?? ~0
      let decided = (left.values[word] ^ flip) & aValid | (right.values[word] ^ flip) & bValid
      validity[word] = decided | aValid & bValid
      values[word] = decided ^ flip
    }
    return Vector(
      count: frame.count, type: .bool, storage: .bits(values), validity: UnsafePointer(validity),
      faults: faults(frame, left, right))
  }

  private func faults(_ frame: Frame, _ left: Sides, _ right: Sides) -> UnsafePointer<UInt64>? {
    if left.faults == nil && right.faults == nil { return nil }
    let out = frame.bits()
    for word in 0..<frame.wordCount {
      let leftFaults = left.faults?[word] ?? 0
      let rightFaults = right.faults?[word] ?? 0
      let leftDecides =
        (isAnd ? ~left.values[word] : left.values[word]) & (left.validity?[word] ?? ~0)
        & ~leftFaults
      let rightDecides =
        (isAnd ? ~right.values[word] : right.values[word]) & (right.validity?[word] ?? ~0)
        & ~rightFaults
      out[word] = (leftFaults | rightFaults) & ~leftDecides & ~rightDecides
    }
    return UnsafePointer(out)
  }

  /// One side as bits.
  private struct Sides {
    let values: UnsafePointer<UInt64>
    let validity: UnsafePointer<UInt64>?
    let faults: UnsafePointer<UInt64>?

    init(_ frame: Frame, _ vector: Vector) {
      values = frame.boolBits(vector)
      faults = vector.faults
      if vector.isNullConstant {
        let none = frame.bits()
        none.update(repeating: 0, count: frame.wordCount)
        validity = UnsafePointer(none)
      } else {
        validity = vector.validity
      }
    }
  }
}

final class NotStep: Step {
  init(_ argument: Int) { super.init([argument], .bool) }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return vector }
    let values = frame.boolBits(vector)
    let out = frame.bits()
    for word in 0..<frame.wordCount { out[word] = ~values[word] }
    return Vector(
      count: frame.count, type: .bool, storage: .bits(out), validity: vector.validity,
      faults: vector.faults)
  }
}

/// Whether values are null, or are not; reads the validity alone.
final class NullTestStep: Step {
  let isNull: Bool

  init(_ argument: Int, isNull: Bool) {
    self.isNull = isNull
    super.init([argument], .bool)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if !vector.isNullConstant, !isNull, let validity = vector.validity {
      return Vector(
        count: frame.count, type: .bool, storage: .bits(validity), faults: vector.faults)
    }
    guard !vector.isNullConstant, let validity = vector.validity else {
      return Vector(
        count: frame.count, type: .bool, storage: .constant(.bool(vector.isNullConstant == isNull)),
        faults: vector.faults)
    }
    let out = frame.bits()
    for word in 0..<frame.wordCount { out[word] = ~validity[word] }
    return Vector(
      count: frame.count, type: .bool, storage: .bits(out), faults: vector.faults)
  }
}
