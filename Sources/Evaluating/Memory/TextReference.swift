import Glibc

/// UTF-8 bytes that live in a column, a dictionary or an arena, which the holder keeps alive.
struct TextReference: BitwiseCopyable, @unchecked Sendable {
  // @unchecked: the bytes are never written after the reference is made.
  let bytes: UnsafePointer<UInt8>
  let count: Int

  /// The empty text.
  static let empty = TextReference(bytes: emptyBytes, count: 0)

  private nonisolated(unsafe) static let emptyBytes: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
    byte.initialize(repeating: 0, count: 64)
    return UnsafePointer(byte)
  }()

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }
  var string: String { String(decoding: buffer, as: UTF8.self) }
}

extension TextReference {
  /// Whether the bytes are the same.
  func equals(_ other: TextReference) -> Bool {
    count == other.count && memcmp(bytes, other.bytes, count) == 0
  }

  /// Below 0, 0 or above 0 as the bytes sort before, equal or after the other's.
  func compare(_ other: TextReference) -> Int {
    let order = Int(memcmp(bytes, other.bytes, min(count, other.count)))
    return order != 0 ? order : count - other.count
  }

  /// 64 well-mixed bits of the bytes; the same in every run.
  var hash: UInt64 {
    var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var rest = count
    var next = UnsafeRawPointer(bytes)
    while rest >= 8 {
      state = mix(state ^ next.loadUnaligned(as: UInt64.self))
      next += 8
      rest &-= 8
    }
    if rest > 0 {
      var last: UInt64 = 0
      memcpy(&last, next, rest)
      state = mix(state ^ last)
    }
    return state ^ state &>> 32
  }

  /// The first eight bytes as a number that sorts as they do; missing ones are 0.
  var prefixWord: UInt64 {
    var word: UInt64 = 0
    memcpy(&word, bytes, min(count, 8))
    return UInt64(bigEndian: word)
  }
}

/// The two halves of a 128-bit product, folded: each bit in moves about half of those out.
@inline(__always) func mix(_ word: UInt64) -> UInt64 {
  let product = (word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
  return product.high ^ product.low
}
