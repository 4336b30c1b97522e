import Glibc

/// A region of memory that columns share parts of; freed when the last part is gone.
///
/// Aligned to 64 bytes, with 64 readable bytes behind the end, so that kernels may load whole
/// vectors. Large regions are asked for as huge pages: the first touch of a 4 KiB page is dear
/// (notes: 0.35 to 1.9 GB/s against 10 to 12).
package final class Buffer: @unchecked Sendable {
  // @unchecked: written by its builder alone; read-only once it is shared in a segment.
  package let base: UnsafeMutableRawPointer
  package let byteCount: Int
  private let mappedByteCount: Int
  /// Whether it began as zeros.
  let isZero: Bool
  /// Who keeps the memory, where that is not the buffer.
  private let owner: (any AnyObject & Sendable)?

  private static let mapThreshold = 4 << 20
  private static let hugePage = 2 << 20
  package static let padding = 64

  /// Reserves `byteCount` bytes; from 4 MiB on, untouched pages cost no memory.
  ///
  /// Contents are undefined below that size, zero from there on; undefined where memory that was in use
  /// before may be taken (`mayBeUsed`), which spares the system's clearing of it.
  package convenience init(byteCount: Int, mayBeUsed: Bool = false) {
    self.init(byteCount: byteCount, mayBeUsed: mayBeUsed, mapsFrom: Buffer.mapThreshold)
  }

  /// Whole huge pages for what an operation works on, a power of two of them, contents undefined.
  ///
  /// Its size is a power of two less the padding, so that what one operation gives back fits the next;
  /// what is not touched costs no memory.
  package convenience init(scratch byteCount: Int) {
    var size = Buffer.hugePage
    while size - Buffer.padding < byteCount { size <<= 1 }
    self.init(byteCount: size - Buffer.padding, mayBeUsed: true, mapsFrom: 0)
  }

  private init(byteCount: Int, mayBeUsed: Bool, mapsFrom threshold: Int) {
    self.byteCount = byteCount
    owner = nil
    let wanted = byteCount + Buffer.padding
    let isLarge = wanted >= threshold
    if isLarge, mayBeUsed, let kept = KeptRegions.shared.take(Buffer.wholePages(wanted)) {
      base = kept.base
      mappedByteCount = kept.byteCount
      isZero = false
    } else if isLarge, let mapped = Buffer.map(wanted) {
      base = mapped.base
      mappedByteCount = mapped.byteCount
      isZero = true
    } else {
      isZero = false
      base = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 64)
      mappedByteCount = 0
      (base + byteCount).initializeMemory(as: UInt8.self, repeating: 0, count: Buffer.padding)
    }
  }

  /// A read-only region that another object keeps, with 64 readable bytes behind its end.
  package init(
    borrowing base: UnsafeMutableRawPointer, byteCount: Int, from owner: any AnyObject & Sendable
  ) {
    self.base = base
    self.byteCount = byteCount
    self.owner = owner
    mappedByteCount = 0
    isZero = false
  }

  private static func wholePages(_ byteCount: Int) -> Int {
    (byteCount + hugePage - 1) & ~(hugePage - 1)
  }

  private static func map(_ wanted: Int) -> KeptRegions.Region? {
    let byteCount = wholePages(wanted)
    KeptRegions.shared.makeRoom(byteCount)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    // One huge page more, so that an aligned part of the right size is inside.
    guard let raw = mmap(nil, byteCount + hugePage, PROT_READ | PROT_WRITE, flags, -1, 0),
      raw != MAP_FAILED
    else {
      KeptRegions.shared.forget(byteCount)
      return nil
    }
    let address = UInt(bitPattern: raw)
    let lead = Int((0 &- address) & UInt(hugePage - 1))
    if lead > 0 { munmap(raw, lead) }
    let base = raw + lead
    if hugePage - lead > 0 { munmap(base + byteCount, hugePage - lead) }
    madvise(base, byteCount, Int32(MADV_HUGEPAGE))
    return KeptRegions.Region(base: base, byteCount: byteCount)
  }

  deinit {
    if owner != nil { return }
    if mappedByteCount > 0 {
      KeptRegions.shared.give(KeptRegions.Region(base: base, byteCount: mappedByteCount))
    } else {
      base.deallocate()
    }
  }
}
