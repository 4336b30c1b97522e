import CKernels

/// The bytes that `writeFloat` may touch.
package var floatTextCapacity: Int { Int(CK_FLOAT_TEXT_CAPACITY) }

/// Writes a finite float as Swift does, by the fewest digits that read back, and returns how many bytes they
/// are.
package func writeFloat(_ value: Double, to start: UnsafeMutablePointer<UInt8>) -> Int {
  ck_write_float(value, start)
}
