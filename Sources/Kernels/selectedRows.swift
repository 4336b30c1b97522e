import CKernels

/// Writes the numbers of the set bits, ascending, and returns how many there are.
///
/// `rows` has room for `count` numbers and 64 bytes; bits behind `count` are not looked at.
package func selectedRows(
  _ bits: UnsafePointer<UInt64>, count: Int, into rows: UnsafeMutablePointer<UInt32>
) -> Int {
  ck_selected_rows(bits, count, rows)
}
