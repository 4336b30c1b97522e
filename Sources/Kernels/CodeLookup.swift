import CKernels

/// Looks up one-byte codes in a table of 256 bytes: the bit of a row is whether its byte is not 0.
///
/// Where one code alone of the `knownCodes` is wanted, or all but one, codes are compared instead,
/// which is several times faster. Codes that are not known get any bit.
package func lookUpBits(
  _ codes: UnsafePointer<UInt8>, in table: [UInt8], knownCodes: Int, count: Int,
  into bits: UnsafeMutablePointer<UInt64>
) {
  let known = table.prefix(knownCodes)
  let wanted = known.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
  if wanted == 1, let code = known.firstIndex(where: { $0 != 0 }) {
    compare(codes, .equal, .constant(UInt8(code)), count: count, into: bits)
  } else if wanted == known.count - 1, let code = known.firstIndex(of: 0) {
    compare(codes, .notEqual, .constant(UInt8(code)), count: count, into: bits)
  } else if wanted == 0 || wanted == known.count {
    bits.update(repeating: wanted == 0 ? 0 : ~0, count: (count + 63) / 64)
    if count & 63 != 0 { bits[count / 64] &= (1 << UInt64(count & 63)) - 1 }
  } else {
    table.withUnsafeBufferPointer { table in
      guard let start = table.baseAddress, table.count >= 256 else { return }
      ck_lookup_bits_u8(codes, start, count, bits)
    }
  }
}

/// Looks up two-byte codes in a table of 65,536 bytes.
package func lookUpBits(
  _ codes: UnsafePointer<UInt16>, in table: [UInt8], count: Int,
  into bits: UnsafeMutablePointer<UInt64>
) {
  precondition(table.count >= 1 << 16, "a table that is too short for its codes")
  table.withUnsafeBufferPointer { table in
    guard let start = table.baseAddress else { return }
    ck_lookup_bits_u16(codes, start, count, bits)
  }
}
