import Columns

/// Memory that only grows, for texts and chunks that live as long as an operation.
///
/// Used by one worker; everything is given back together.
final class Arena: @unchecked Sendable {
  // @unchecked: one worker allocates; others read after its loop has ended.
  private var regions: [Buffer] = []
  private var small: [UnsafeMutableRawPointer] = []
  private var next: UnsafeMutableRawPointer?
  private var rest = 0

  private static let smallBytes = 64 << 10

  init() {}

  deinit {
    for block in small { block.deallocate() }
  }

  /// `byteCount` bytes at a multiple of `alignment`, a power of two up to 64 KiB.
  func allocate(_ byteCount: Int, alignment: Int = 8) -> UnsafeMutableRawPointer {
    if let next {
      let lead = Int((0 &- UInt(bitPattern: next)) & UInt(alignment - 1))
      if lead + byteCount <= rest {
        self.next = next + lead + byteCount
        rest -= lead + byteCount
        return next + lead
      }
    }
    grow(byteCount + alignment)
    return allocate(byteCount, alignment: alignment)
  }

  /// A copy of some bytes, with 64 readable ones behind it.
  func copy(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<UInt8> {
    let copy = allocate(count, alignment: 1).assumingMemoryBound(to: UInt8.self)
    copy.update(from: bytes, count: count)
    return UnsafePointer(copy)
  }

  /// Small blocks first, so that small operations touch little.
  private func grow(_ byteCount: Int) {
    if small.count < 4, byteCount <= Arena.smallBytes {
      let block = UnsafeMutableRawPointer.allocate(
        byteCount: Arena.smallBytes + Buffer.padding, alignment: 64)
      small.append(block)
      (next, rest) = (block, Arena.smallBytes)
    } else {
      let region = Buffer(scratch: byteCount)
      regions.append(region)
      (next, rest) = (region.base, region.byteCount)
    }
  }
}
