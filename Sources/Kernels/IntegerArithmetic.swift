import CKernels

/// An operation on two integers.
package enum IntegerOperation: Sendable, CaseIterable {
  case add, subtract, multiply, least, greatest
}

private typealias Forms32 = (
  vv:
    @convention(c) (
      UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafeMutablePointer<Int32>, Int
    ) -> Void,
  vc: @convention(c) (UnsafePointer<Int32>, Int32, UnsafeMutablePointer<Int32>, Int) -> Void,
  cv: @convention(c) (Int32, UnsafePointer<Int32>, UnsafeMutablePointer<Int32>, Int) -> Void
)
private typealias Forms64 = (
  vv:
    @convention(c) (
      UnsafePointer<Int64>, UnsafePointer<Int64>, UnsafeMutablePointer<Int64>, Int
    ) -> Void,
  vc: @convention(c) (UnsafePointer<Int64>, Int64, UnsafeMutablePointer<Int64>, Int) -> Void,
  cv: @convention(c) (Int64, UnsafePointer<Int64>, UnsafeMutablePointer<Int64>, Int) -> Void
)

extension IntegerOperation {
  private var forms32: Forms32 {
    switch self {
    case .add: (ck_add_i32_vv, ck_add_i32_vc, ck_add_i32_cv)
    case .subtract: (ck_subtract_i32_vv, ck_subtract_i32_vc, ck_subtract_i32_cv)
    case .multiply: (ck_multiply_i32_vv, ck_multiply_i32_vc, ck_multiply_i32_cv)
    case .least: (ck_least_i32_vv, ck_least_i32_vc, ck_least_i32_cv)
    case .greatest: (ck_greatest_i32_vv, ck_greatest_i32_vc, ck_greatest_i32_cv)
    }
  }

  private var forms64: Forms64 {
    switch self {
    case .add: (ck_add_i64_vv, ck_add_i64_vc, ck_add_i64_cv)
    case .subtract: (ck_subtract_i64_vv, ck_subtract_i64_vc, ck_subtract_i64_cv)
    case .multiply: (ck_multiply_i64_vv, ck_multiply_i64_vc, ck_multiply_i64_cv)
    case .least: (ck_least_i64_vv, ck_least_i64_vc, ck_least_i64_cv)
    case .greatest: (ck_greatest_i64_vv, ck_greatest_i64_vc, ck_greatest_i64_cv)
    }
  }

  /// Computes `count` rows and wraps: the caller knows that no used row overflows.
  package func compute(
    _ left: Operand<Int32>, _ right: Operand<Int32>, count: Int,
    into out: UnsafeMutablePointer<Int32>
  ) {
    switch (left, right) {
    case (.block(let left), .block(let right)): forms32.vv(left, right, out, count)
    case (.block(let left), .constant(let right)): forms32.vc(left, right, out, count)
    case (.constant(let left), .block(let right)): forms32.cv(left, right, out, count)
    case (.constant(let left), .constant(let right)):
      out.update(repeating: left, count: count)
      forms32.vc(out, right, out, count)
    }
  }

  /// Computes `count` rows and wraps: the caller knows that no used row overflows.
  package func compute(
    _ left: Operand<Int64>, _ right: Operand<Int64>, count: Int,
    into out: UnsafeMutablePointer<Int64>
  ) {
    switch (left, right) {
    case (.block(let left), .block(let right)): forms64.vv(left, right, out, count)
    case (.block(let left), .constant(let right)): forms64.vc(left, right, out, count)
    case (.constant(let left), .block(let right)): forms64.cv(left, right, out, count)
    case (.constant(let left), .constant(let right)):
      out.update(repeating: left, count: count)
      forms64.vc(out, right, out, count)
    }
  }

  /// Computes `count` rows and sets the bits of those that overflow; gives whether any did.
  package func computeChecked(
    _ left: UnsafePointer<Int64>, _ right: UnsafePointer<Int64>, count: Int,
    into out: UnsafeMutablePointer<Int64>, overflows: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    switch self {
    case .add: return ck_checked_add(left, right, out, overflows, count) != 0
    case .subtract: return ck_checked_subtract(left, right, out, overflows, count) != 0
    case .multiply: return ck_checked_multiply(left, right, out, overflows, count) != 0
    case .least, .greatest:
      compute(.block(left), .block(right), count: count, into: out)
      overflows.update(repeating: 0, count: (count + 63) / 64)
      return false
    }
  }
}
