import Columns
import Synchronization

/// Keeps large regions for the next use: the first touch of fresh memory is dear.
///
/// Regions are buffers of a power of two bytes, at least 2 MiB, in huge pages. At most
/// `retainedBytes` stay with the pool; the rest goes back to the system.
final class RegionPool: Sendable {
  static let shared = RegionPool()
  static let regionBytes = 2 << 20
  private static let retainedBytes = 512 << 20

  private struct Kept {
    var bySize: [Int: [Buffer]] = [:]
    var bytes = 0
  }

  private let kept = Mutex(Kept())

  /// A region of at least this size; contents are undefined.
  func take(_ byteCount: Int) -> Buffer {
    let size = RegionPool.sizeClass(byteCount)
    let reused = kept.withLock { kept -> Buffer? in
      guard let buffer = kept.bySize[size]?.popLast() else { return nil }
      kept.bytes -= size
      return buffer
    }
    return reused ?? Buffer(byteCount: size - Buffer.padding)
  }

  /// Takes a region back; nobody may use it any more.
  func giveBack(_ buffer: Buffer) {
    let size = buffer.byteCount + Buffer.padding
    kept.withLock { kept in
      if kept.bytes + size > RegionPool.retainedBytes { return }
      kept.bySize[size, default: []].append(buffer)
      kept.bytes += size
    }
  }

  private static func sizeClass(_ byteCount: Int) -> Int {
    var size = regionBytes
    while size - Buffer.padding < byteCount { size <<= 1 }
    return size
  }
}
