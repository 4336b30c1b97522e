import CKernels

/// Values whose distances from a base are codes of groups.
package protocol GroupCode: FixedWidthInteger {
  /// Adds the codes of values, times `stride`, to the numbers of their rows' groups, which begin at 1
  /// with the first key; false where a code is not below `count`: then the numbers mean nothing.
  ///
  /// About 0.1 ns a row.
  static func addCodes(
    _ values: UnsafePointer<Self>, from base: Self, count: Int, stride: UInt32, isFirst: Bool,
    rows: Int, to groups: UnsafeMutablePointer<UInt32>
  ) -> Bool
}

extension UInt8: GroupCode {
  package static func addCodes(
    _ values: UnsafePointer<UInt8>, from base: UInt8, count: Int, stride: UInt32, isFirst: Bool,
    rows: Int, to groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    ck_group_codes_u8(values, base, UInt64(count), stride, isFirst ? 1 : 0, groups, rows) != 0
  }
}

extension UInt16: GroupCode {
  package static func addCodes(
    _ values: UnsafePointer<UInt16>, from base: UInt16, count: Int, stride: UInt32, isFirst: Bool,
    rows: Int, to groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    ck_group_codes_u16(values, base, UInt64(count), stride, isFirst ? 1 : 0, groups, rows) != 0
  }
}

extension Int32: GroupCode {
  package static func addCodes(
    _ values: UnsafePointer<Int32>, from base: Int32, count: Int, stride: UInt32, isFirst: Bool,
    rows: Int, to groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    ck_group_codes_i32(values, base, UInt64(count), stride, isFirst ? 1 : 0, groups, rows) != 0
  }
}

extension Int64: GroupCode {
  package static func addCodes(
    _ values: UnsafePointer<Int64>, from base: Int64, count: Int, stride: UInt32, isFirst: Bool,
    rows: Int, to groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    ck_group_codes_i64(values, base, UInt64(count), stride, isFirst ? 1 : 0, groups, rows) != 0
  }
}
