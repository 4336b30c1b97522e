import CCompression

/// How the bytes of a file are compressed, told by its first bytes.
package enum Compression: String, Sendable, Hashable, CaseIterable {
  case gzip, zstd

  /// By the mark that a first member begins with; nil where there is none.
  package init?(head: [UInt8]) {
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      || head.count >= 4 && Compression.isSkippable(head[0])
        && head[1...3].elementsEqual([0x2A, 0x4D, 0x18])
    {
      self = .zstd
    } else {
      return nil
    }
  }

  /// Whether another member may begin with a byte.
  func mayBegin(with byte: UInt8) -> Bool {
    switch self {
    case .gzip: byte == 0x1F
    case .zstd: byte == 0x28 || Compression.isSkippable(byte)
    }
  }

  /// What the C face calls it.
  var code: decoy_compression { self == .gzip ? DECOY_GZIP : DECOY_ZSTD }

  /// Whether a byte begins a frame of data that zstd's readers skip.
  private static func isSkippable(_ byte: UInt8) -> Bool { byte & 0xF0 == 0x50 }
}
