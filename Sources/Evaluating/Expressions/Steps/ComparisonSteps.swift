import Columns
import Kernels

/// Compares integers of any widths and scales, in the width in which they are stored.
final class IntegerComparisonStep: PairTestStep {
  let comparison: Comparison

  init(_ arguments: [Int], _ comparison: Comparison) {
    self.comparison = comparison
    super.init(arguments)
  }

  override func test(
    _ frame: Frame, _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) {
    if case .constant(let value) = right.storage, left.storedIntegers != nil {
      frame.compareStored(left, comparison, value.integer ?? 0, into: bits)
    } else if case .constant(let value) = left.storage, right.storedIntegers != nil {
      frame.compareStored(right, comparison.mirrored, value.integer ?? 0, into: bits)
    } else {
      compareBlocks(frame, left, right, bits)
    }
  }

  private func compareBlocks(
    _ frame: Frame, _ left: Vector, _ right: Vector, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    if left.scale == right.scale, case .int32(let first) = left.storage,
      case .int32(let second) = right.storage
    {
      compare(first, comparison, .block(second), count: frame.count, into: bits)
    } else if left.scale == right.scale, case .int64(let first) = left.storage,
      case .int64(let second) = right.storage
    {
      compare(first, comparison, .block(second), count: frame.count, into: bits)
    } else {
      compare(
        frame.integerBlock(left), comparison, .block(frame.integerBlock(right)),
        count: frame.count, into: bits)
    }
  }
}

extension Frame {
  /// Compares stored integers (or a constant) with a constant, in the width that they have.
  func compareStored(
    _ vector: Vector, _ comparison: Comparison, _ constant: Int64,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    let threshold = StoredThreshold(comparison, constant, scale: vector.scale)
    guard case .compare(let comparison, let stored) = threshold else {
      return fill(bits, with: threshold == .always)
    }
    func run<Stored: FixedWidthInteger & ComparableInBlocks>(_ values: UnsafePointer<Stored>) {
      if let narrow = Stored(exactly: stored) {
        compare(values, comparison, .constant(narrow), count: count, into: bits)
      } else {
        // The constant is beyond the width: all values are on one side of it.
        fill(bits, with: comparison.holds(stored > 0 ? -1 : 1))
      }
    }
    switch vector.storage {
    case .int8(let values): run(values)
    case .int16(let values): run(values)
    case .int32(let values): run(values)
    case .int64(let values): run(values)
    case .constant(let value):
      let own = value.integer ?? 0
      fill(bits, with: comparison.holds(own < stored ? -1 : own > stored ? 1 : 0))
    default: preconditionFailure("no integers in \(vector.type)")
    }
  }

  /// One value for all rows, spare bits 0.
  func fill(_ bits: UnsafeMutablePointer<UInt64>, with value: Bool) {
    bits.update(repeating: value ? ~0 : 0, count: wordCount)
    if count & 63 != 0 { bits[wordCount &- 1] &= (1 &<< UInt64(count & 63)) &- 1 }
  }
}

/// A comparison with a constant, told in the units in which values are stored.
enum StoredThreshold: Equatable {
  case always, never
  case compare(Comparison, Int64)

  /// scale × stored compared with a constant; `scale` is positive.
  init(_ comparison: Comparison, _ constant: Int64, scale: Int64) {
    if scale == 1 {
      self = .compare(comparison, constant)
      return
    }
    let (quotient, rest) = constant.quotientAndRemainder(dividingBy: scale)
    let floor = rest < 0 ? quotient - 1 : quotient
    switch comparison {
    // Between two stored values: stored < c / s is stored <= floor(c / s).
    case .less where rest != 0: self = .compare(.lessOrEqual, floor)
    case .greaterOrEqual where rest != 0: self = .compare(.greater, floor)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: self = .compare(comparison, floor)
    case .equal: self = rest == 0 ? .compare(.equal, floor) : .never
    case .notEqual: self = rest == 0 ? .compare(.notEqual, floor) : .always
    }
  }
}

/// Compares floats in the total order: NaN equals NaN and is greater than every number.
final class FloatComparisonStep: PairTestStep {
  let comparison: Comparison

  init(_ arguments: [Int], _ comparison: Comparison) {
    self.comparison = comparison
    super.init(arguments)
  }

  override func test(
    _ frame: Frame, _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) {
    if case .constant = left.storage {
      compare(
        frame.doubleBlock(right), comparison.mirrored, frame.doubles(left), count: frame.count,
        into: bits)
    } else {
      compare(
        frame.doubleBlock(left), comparison, frame.doubles(right), count: frame.count, into: bits)
    }
  }
}

/// Compares bools: false is less than true.
final class BoolComparisonStep: PairTestStep {
  let comparison: Comparison

  init(_ arguments: [Int], _ comparison: Comparison) {
    self.comparison = comparison
    super.init(arguments)
  }

  override func test(
    _ frame: Frame, _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) {
    let a = frame.boolBits(left)
    let b = frame.boolBits(right)
    for word in 0..<frame.wordCount {
      bits[word] =
        switch comparison {
        case .less: ~a[word] & b[word]
        case .lessOrEqual: ~a[word] | b[word]
        case .equal: ~(a[word] ^ b[word])
        case .notEqual: a[word] ^ b[word]
        case .greater: a[word] & ~b[word]
        case .greaterOrEqual: a[word] | ~b[word]
        }
    }
  }
}

/// Compares two columns of texts, by bytes.
final class TextComparisonStep: PairTestStep {
  let comparison: Comparison
  private var pairs: CodePairs?

  init(_ arguments: [Int], _ comparison: Comparison) {
    self.comparison = comparison
    super.init(arguments)
  }

  override func test(
    _ frame: Frame, _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) {
    if compareCodes(left, right, into: bits) { return }
    var constants: [ConstantText] = []
    let a = frame.texts(left, holding: &constants)
    let b = frame.texts(right, holding: &constants)
    withExtendedLifetime(constants) {
      a.compare(comparison, b, count: frame.count, into: bits)
    }
  }

  /// Compares codes of small dictionaries by a table of their pairs; false for other texts.
  private func compareCodes(
    _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    guard case .codes8(let a, let first) = left.storage,
      case .codes8(let b, let second) = right.storage,
      first.count * second.count <= CodePairs.limit
    else { return false }
    if pairs?.left !== first || pairs?.right !== second {
      pairs = CodePairs(first, second, comparison)
    }
    pairs?.compare(a, b, count: left.count, into: bits)
    return true
  }
}
