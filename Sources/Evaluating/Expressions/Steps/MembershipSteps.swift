import Columns
import Kernels

/// Whether a number, time or bool is in a set.
final class MembershipStep: Step {
  private let set: IntegerKeySet

  init(_ argument: Int, _ set: IntegerKeySet) {
    self.set = set
    super.init([argument], .bool)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.bool) }
    let bits = frame.bits()
    if !lookUpStored(frame, vector, bits) {
      set.lookUp(keys(frame, vector), count: frame.count, into: bits)
    }
    return Vector(
      count: frame.count, type: .bool, storage: .bits(bits), validity: vector.validity,
      faults: vector.faults)
  }

  /// Looks up integers as they are stored, where the set can.
  private func lookUpStored(
    _ frame: Frame, _ vector: Vector, _ bits: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    guard vector.scale == 1, let stored = vector.storedIntegers else { return false }
    return set.lookUp(stored: stored, count: frame.count, into: bits)
  }

  private func keys(_ frame: Frame, _ vector: Vector) -> UnsafePointer<Int64> {
    guard vector.type == .float else { return frame.integerBlock(vector) }
    let keys = frame.temporary(Int64.self)
    writeKeyBits(of: frame.doubleBlock(vector), count: frame.count, into: keys)
    return UnsafePointer(keys)
  }
}

/// Whether an integer-stored value is one of a few constants: a comparison for each.
final class FewConstantsStep: Step {
  private let constants: [Int64]

  init(_ argument: Int, _ constants: [Int64]) {
    self.constants = constants
    super.init([argument], .bool)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.bool) }
    let found = frame.bits()
    found.update(repeating: 0, count: frame.wordCount)
    let bits = frame.bits()
    for constant in constants {
      frame.compareStored(vector, .equal, constant, into: bits)
      for word in 0..<frame.wordCount { found[word] |= bits[word] }
    }
    return Vector(
      count: frame.count, type: .bool, storage: .bits(found), validity: vector.validity,
      faults: vector.faults)
  }
}
