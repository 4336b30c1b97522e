import Glibc
import Synchronization

/// Large regions that buffers gave back, kept for the next: the first touch of fresh memory is dear.
///
/// At most `keptBytes` stay. What is asked for and not found here pushes out as much, so that keeping
/// regions adds nothing to the peak of a program's memory.
final class KeptRegions: Sendable {
  static let shared = KeptRegions()

  /// Memory of whole huge pages.
  struct Region: @unchecked Sendable {
    // @unchecked: nobody but its holder knows the address.
    let base: UnsafeMutableRawPointer
    let byteCount: Int
  }

  private static let keptBytes = 512 << 20

  /// Longest kept first.
  private let kept = Mutex<[Region]>([])

  /// A region of at least this size and little more, contents undefined; nil where none is kept.
  func take(_ byteCount: Int) -> Region? {
    let most = byteCount + byteCount / 4
    let (found, pushedOut) = kept.withLock { kept -> (Region?, [Region]) in
      var best: Int?
      for (place, region) in kept.enumerated()
      where region.byteCount >= byteCount && region.byteCount <= most {
        if best.map({ region.byteCount < kept[$0].byteCount }) ?? true { best = place }
      }
      if let best { return (kept.remove(at: best), []) }
      return (nil, KeptRegions.oldest(of: &kept, byteCount))
    }
    for region in pushedOut { munmap(region.base, region.byteCount) }
    return found
  }

  /// Keeps a region that nobody uses any more, in the place of older ones.
  func give(_ region: Region) {
    if region.byteCount > KeptRegions.keptBytes {
      munmap(region.base, region.byteCount)
      return
    }
    let pushedOut = kept.withLock { kept -> [Region] in
      kept.append(region)
      let total = kept.reduce(0) { $0 + $1.byteCount }
      return KeptRegions.oldest(of: &kept, total - KeptRegions.keptBytes)
    }
    for region in pushedOut { munmap(region.base, region.byteCount) }
  }

  /// Removes the oldest regions, so many bytes together if there are as many.
  private static func oldest(of kept: inout [Region], _ byteCount: Int) -> [Region] {
    var (count, bytes) = (0, 0)
    while count < kept.count, bytes < byteCount {
      bytes += kept[count].byteCount
      count += 1
    }
    let removed = Array(kept.prefix(count))
    kept.removeFirst(count)
    return removed
  }
}
