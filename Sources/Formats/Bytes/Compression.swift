import CZlib
import CZstd

/// How the bytes of a file are compressed, told by its first bytes.
package enum Compression: String, Sendable, Hashable, CaseIterable {
  case gzip, zstd

  /// By the mark that a first member begins with; nil where there is none.
  package init?(head: [UInt8]) {
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if head.count >= 4, Compression.isSkippable(head[0]),
      head[1...3].elementsEqual([0x2A, 0x4D, 0x18])
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

  /// What expands it; nil when there is no memory.
  func expander() -> (any Expander)? {
    switch self {
    case .gzip: GzipExpander()
    case .zstd: ZstdExpander()
    }
  }

  /// zstd's frames of data that readers skip.
  private static func isSkippable(_ byte: UInt8) -> Bool { byte & 0xF0 == 0x50 }
}

/// How far an expander came.
enum ExpandResult {
  /// The input is used up, or the output full.
  case more
  /// A member ended, and its check sum, where it has one, is right.
  case end
  case damaged
}

/// Expands compressed members one after the other.
protocol Expander: AnyObject {
  /// Makes ready for the next member, or for the first again.
  func reset()
  /// Takes from `input` and gives to `output`; both counts become what was used.
  func expand(
    _ input: UnsafePointer<UInt8>, _ taken: inout Int, to output: UnsafeMutablePointer<UInt8>,
    _ given: inout Int
  ) -> ExpandResult
}

/// zlib's, for gzip members.
private final class GzipExpander: Expander {
  private let inflater: OpaquePointer

  init?() {
    guard let inflater = decoy_inflater_new() else { return nil }
    self.inflater = inflater
  }

  deinit { decoy_inflater_free(inflater) }

  func reset() { decoy_inflater_reset(inflater) }

  func expand(
    _ input: UnsafePointer<UInt8>, _ taken: inout Int, to output: UnsafeMutablePointer<UInt8>,
    _ given: inout Int
  ) -> ExpandResult {
    switch decoy_inflate(inflater, input, &taken, output, &given) {
    case DECOY_INFLATE_END: .end
    case DECOY_INFLATE_DAMAGED: .damaged
    default: .more
    }
  }
}

/// zstd's, for its frames.
private final class ZstdExpander: Expander {
  private let expander: OpaquePointer

  init?() {
    guard let expander = decoy_expander_new() else { return nil }
    self.expander = expander
  }

  deinit { decoy_expander_free(expander) }

  func reset() { decoy_expander_reset(expander) }

  func expand(
    _ input: UnsafePointer<UInt8>, _ taken: inout Int, to output: UnsafeMutablePointer<UInt8>,
    _ given: inout Int
  ) -> ExpandResult {
    switch decoy_expand(expander, input, &taken, output, &given) {
    case DECOY_EXPAND_END: .end
    case DECOY_EXPAND_DAMAGED: .damaged
    default: .more
    }
  }
}
