import Columns

/// Checksums of the buffers of a snapshot, by which damage is noticed that leaves a file well formed.
///
/// Against accidents, not against forgery.
struct SnapshotChecksum {
  /// In the footer: those of the dictionaries in the order of the file, then for each batch those of
  /// each column, as numbers of 16 hexadecimal digits.
  static let key = "decoy.checksums"

  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let prime: UInt64 = 0x9FB2_1C65_1E98_DF25

  /// Adds the bytes of a buffer; some 10 GB/s.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // Four chains, so that the multiplications need not wait for each other.
    var (a, b, c, d) = (value, ~value, value &+ Self.prime, value ^ Self.prime)
    let blocks = bytes.count / 32
    for block in 0..<blocks {
      func word(_ index: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: 32 &* block &+ 8 &* index, as: UInt64.self)
      }
      a = (a ^ word(0)) &* Self.prime
      b = (b ^ word(1)) &* Self.prime
      c = (c ^ word(2)) &* Self.prime
      d = (d ^ word(3)) &* Self.prime
      a ^= a >> 32
      b ^= b >> 32
      c ^= c >> 32
      d ^= d >> 32
    }
    for byte in bytes[(32 * blocks)...] { a = ((a ^ UInt64(byte)) &* Self.prime).byteSwapped }
    for chain in [b, c, d, UInt64(bytes.count)] { a = ((a ^ chain) &* Self.prime).byteSwapped }
    value = a
  }

  /// The numbers of a text; nil where it is none of these.
  static func read(_ text: String) -> [UInt64]? {
    let digits = Array(text.utf8)
    guard digits.count % 16 == 0 else { return nil }
    var values: [UInt64] = []
    for start in stride(from: 0, to: digits.count, by: 16) {
      let number = String(decoding: digits[start..<start + 16], as: UTF8.self)
      guard let value = UInt64(number, radix: 16) else { return nil }
      values.append(value)
    }
    return values
  }

  static func text(_ values: [UInt64]) -> String {
    values.map { value in
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension SnapshotChecksum {
  /// That of the buffers of a column in a batch.
  static func of(_ buffers: [BufferSlice<UInt8>]) -> UInt64 {
    var checksum = SnapshotChecksum()
    for buffer in buffers {
      withExtendedLifetime(buffer) { checksum.add(UnsafeRawBufferPointer(buffer.elements)) }
    }
    return checksum.value
  }

  /// That of the same buffers in a file.
  static func of(_ part: ArrowPart, in file: MappedFile) -> UInt64 {
    of(
      part.buffers.map {
        file.slice(at: $0.lowerBound, count: $0.count) ?? BufferSlice(capacity: 0)
      })
  }
}
